"""FastSketchLSH: its Fast Similarity Sketch of flat shingle hashes, bands joined in numpy."""

import numpy as np
from FastSketchLSH import FastSimilaritySketch
from texts import hash_shingles, join_bands, read_arguments, read_batches, write_clusters

options = read_arguments()
sketch = FastSimilaritySketch(size=options.permutations, seed=42)
ids: list[int] = []
signatures = []
for batch, texts in read_batches(options.texts):
    ids += batch
    hashes, offsets = hash_shingles(texts, options.chars)
    signatures.append(sketch.batch_csr(hashes, offsets, prehashed=True, num_threads=2))
write_clusters(options.clusters, ids, join_bands(np.concatenate(signatures), options.threshold))
