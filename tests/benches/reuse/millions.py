"""What docs/reuse.md says of corpora of several millions: kept by hand, each took a quarter of an hour."""

MILLIONS = """## Many millions

Kept by hand: on the machine of the table before, which other work kept busy with some eight processes all the while
(that adds to CPU seconds; only the order of size is to be trusted), with the memory of 4 GB that is allowed by
default and the sparse settings. 3,000,000 are three made shards (`--size 3m`); 10,000,000 are these and seven more
that are theirs in other characters (`--size 10m`, see `shards.py`): so phrases of a shard are no more frequent than
in 3,000,000, but for colophons, which 50,000 articles share. *own*: memory that is no mapped file. *in all*: with
pages of mapped files, which the system takes back where it needs them. *disk*: what waits there at most, beside the
articles.

| articles | CPU s | seconds | own peak MiB | in all MiB | disk GB | near F1 | reuse F1 |
|---:|---:|---:|---:|---:|---:|---:|---:|
| 1,000,000 | 24.7 | 40 | 2,144 | 2,571 | | 0.995 | 0.996 |
| 3,000,000, earlier code | 103 | 133 | 2,189 | 6,946 | 7 | 0.996 | 0.997 |
| 3,000,000 | 111 | 135 | 2,215 | 4,193 | | | |
| 3,000,000, later rules | 108 | | | 4,113 | | 0.999 | 0.998 |
| 10,000,000, earlier code | 602 | 789 | 3,594 | 5,566 | 28 | 0.996 | 0.988 |
| 10,000,000, before `family.py` | 692 | 711 | | 5,130 | | 0.998 | 0.997 |

Of 3,000,000, and of 1,000,000, half of the memory is texts, which more articles leave to the disk. Time grows faster
than the articles: 25 microseconds each among a million, 37 among three, 69 among ten. Texts that do not lie in memory
are looked at one by one where pairs are compared, and these articles lie in no order: each look maps 64 kB. Of the
10,000,000 every kind of copy is found to .983 and more (round-ups; the others to .994 and more), and of look-alikes
.005 are taken for copies at most. The reuse F1 of the earlier line was .988 because digits were left as they were when
that corpus was made: an article shared its lists of numbers with its disguises. Of the 108 s that 3,000,000 take, 41
are the system's, which reads and writes what waits on disk, and maps texts; of a million's 21, 5.

An index takes some 750 bytes of memory for each article while it is built, a search without one 377. What would take
more than `--memory` is refused before it begins, with the size that is needed."""
