"""datasketch: MinHash of character shingles and MinHashLSH, candidates checked by their signatures."""

from collections.abc import Iterator

import xxhash
from datasketch import MinHash, MinHashLSH
from texts import find, read_arguments, read_batches, union, write_clusters

options = read_arguments()
width = options.chars
ids: list[int] = []


def read_shingles() -> Iterator[list[bytes]]:
    """Yield the shingles of each article."""
    for batch, texts in read_batches(options.texts):
        ids.extend(batch)
        for text in texts:
            yield [text[at : at + width].encode() for at in range(max(1, len(text) - width + 1))]


lsh = MinHashLSH(threshold=options.threshold, num_perm=options.permutations)
signatures: list[MinHash] = []
root: list[int] = []
for signature in MinHash.generator(read_shingles(), num_perm=options.permutations, hashfunc=xxhash.xxh32_intdigest):
    article = len(root)
    root.append(article)
    for other in lsh.query(signature):
        if signature.jaccard(signatures[other]) >= options.threshold:
            union(root, article, other)
    lsh.insert(article, signature, check_duplication=False)
    signatures.append(signature)
write_clusters(options.clusters, ids, [find(root, article) for article in range(len(root))])
