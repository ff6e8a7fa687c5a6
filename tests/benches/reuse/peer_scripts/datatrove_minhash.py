"""datatrove: its MinHash pipeline as documented (14 bands of 8), Chinese words by its own tokeniser, two workers."""

import tempfile
from pathlib import Path

import numpy as np
from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.dedup import MinhashDedupSignature
from datatrove.pipeline.dedup.minhash import (
    MinhashConfig,
    MinhashDedupBuckets,
    MinhashDedupCluster,
)
from datatrove.utils.typeshelper import Languages
from pyarrow import parquet
from texts import read_arguments, write_clusters

WORKERS = 2


class Read(PipelineStep):
    """Reads every second row group, as one of two workers."""

    def __init__(self, path: str) -> None:
        """Take the file."""
        super().__init__()
        self.path = path

    def run(self, data=None, rank: int = 0, world_size: int = 1):  # noqa: ARG002 -- its own signature
        """Yield the documents of this worker."""
        file = parquet.ParquetFile(self.path)
        for group in range(rank, file.num_row_groups, world_size):
            for row in file.read_row_group(group, columns=["id", "text"]).to_pylist():
                yield Document(text=row["text"], id=str(row["id"]))


def main() -> None:
    """Run the three stages that find clusters; its fourth only drops what they found."""
    options = read_arguments()
    config = MinhashConfig(n_grams=options.chars)
    with tempfile.TemporaryDirectory(dir=Path(options.clusters).parent) as folder:
        signatures, buckets, clusters = (f"{folder}/{name}" for name in ("signatures", "buckets", "clusters"))
        sign = MinhashDedupSignature(signatures, config, language=Languages.chinese)
        stages = (
            ([Read(options.texts), sign], WORKERS),
            ([MinhashDedupBuckets(signatures, buckets, config=config)], config.num_buckets),
            ([MinhashDedupCluster(buckets, clusters, config, save_cluster_id=True)], 1),
        )
        for number, (pipeline, tasks) in enumerate(stages):
            logs = f"{folder}/logs{number}"
            LocalPipelineExecutor(pipeline, tasks=tasks, workers=WORKERS, logging_dir=logs).run()
        gather(options.texts, clusters, options.clusters)


def gather(texts: str, clusters: str, target: str) -> None:
    """Name the cluster of each document; one that is in none is its own."""
    file = parquet.ParquetFile(texts)
    ids: list[int] = []
    labels: list[int] = []
    for rank in range(WORKERS):
        groups = range(rank, file.num_row_groups, WORKERS)
        mine = [name for group in groups for name in file.read_row_group(group, columns=["id"])["id"].to_pylist()]
        path = Path(clusters) / f"{rank:06}.clusters"  # a worker that has no copies writes none
        found = dict(np.fromfile(path, dtype="<u4").reshape(-1, 2).tolist()) if path.exists() else {}
        labels += [found.get(place, -1 - name) for place, name in enumerate(mine)]
        ids += mine
    write_clusters(target, ids, labels)


if __name__ == "__main__":
    main()
