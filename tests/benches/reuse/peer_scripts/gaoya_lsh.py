"""gaoya: MinHashStringIndex over character shingles, its own parallel loading and querying (Rust)."""

from gaoya.minhash import MinHashStringIndex
from texts import find, read_arguments, read_batches, union, write_clusters

options = read_arguments()
index = MinHashStringIndex(
    hash_size=32,
    jaccard_threshold=options.threshold,
    num_bands=None,
    band_size=None,
    num_hashes=options.permutations,
    analyzer="char",
    ngram_range=(options.chars, options.chars),
)
ids: list[int] = []
found: list[list[int]] = []
for batch, texts in read_batches(options.texts):
    numbers = list(range(len(ids), len(ids) + len(batch)))
    ids += batch
    index.par_bulk_insert_docs(numbers, texts)
for _, texts in read_batches(options.texts):
    found += index.par_bulk_query(texts)
root = list(range(len(ids)))
for article, others in enumerate(found):
    for other in others:
        union(root, article, other)
write_clusters(options.clusters, ids, [find(root, article) for article in range(len(root))])
