"""DuckDB and SQL alone: rare sampled shingles joined with themselves, an estimated Jaccard, labels spread to rest."""

import duckdb
from texts import read_arguments

SHINGLES = """
create table shingles as
select distinct id, hash(piece) as shingle
from (
    select id, unnest(regexp_extract_all(substr(text, first), $pieces)) as piece
    from read_parquet($texts), range(1, $chars + 1) as firsts(first)
)
where hash(piece) % 16 = 0
"""
PAIRS = """
create table pairs as
with spread as (
    select shingle, count(*) as spread from shingles group by shingle having spread <= 32
), kept as (
    select id, shingle, spread from shingles join spread using (shingle)
), shared as (
    select a.id as a, b.id as b, count(*) as common
    from kept a join kept b on a.shingle = b.shingle and a.id < b.id
    where a.spread > 1 and b.spread > 1
    group by all having count(*) >= 2
), sizes as (
    select id, count(*) as size from kept group by id
)
select a, b from shared join sizes x on x.id = a join sizes y on y.id = b
where common >= $threshold * (x.size + y.size - common)
"""
SPREAD = """
create or replace table labels as
select id, min(label) as label from (
    select id, label from labels
    union all select pairs.a, labels.label from pairs join labels on labels.id = pairs.b
    union all select pairs.b, labels.label from pairs join labels on labels.id = pairs.a
) group by id
"""

options = read_arguments()
database = duckdb.connect(config={"threads": 2})
pieces = f"(?s).{{{options.chars}}}"  # side by side; begun at each of the first characters they are all shingles
database.execute(SHINGLES, {"texts": options.texts, "chars": options.chars, "pieces": pieces})
database.execute(PAIRS, {"threshold": options.threshold})
database.execute("create table labels as select id, id as label from read_parquet($texts)", {"texts": options.texts})
total = -1
while True:
    database.execute(SPREAD)
    now = database.execute("select sum(label)::double from labels").fetchall()[0][0]
    if now == total:
        break
    total = now
database.execute(f"copy (select id, label as cluster from labels) to '{options.clusters}'")  # noqa: S608 -- our path
