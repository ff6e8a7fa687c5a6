"""rensa by its fastest way to clusters: flat shingle hashes into RMinHash digests, bands joined in numpy."""

import numpy as np
from rensa import RMinHash
from texts import hash_shingles, join_bands, read_arguments, read_batches, write_clusters

options = read_arguments()
ids: list[int] = []
signatures = []
for batch, texts in read_batches(options.texts):
    ids += batch
    hashes, offsets = hash_shingles(texts, options.chars)
    digests = RMinHash.digest_matrix_from_flat_token_hashes(hashes, offsets, options.permutations, 42)
    signatures.append(np.array(digests.to_rows(), dtype=np.uint32))
write_clusters(options.clusters, ids, join_bands(np.concatenate(signatures), options.threshold))
