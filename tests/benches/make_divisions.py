"""Writes the table of China's divisions, province to street, from the location table of jionlp (Apache-2.0).

  pip download jionlp==1.5.31 --no-deps && unzip -o jionlp-1.5.31-*.whl && unzip -o jionlp/dictionary/china_location.zip
usage: python -m tests.benches.make_divisions china_location.txt seeds/reference/divisions.parquet

The source has a tab for each level, then name, code and short name. Codes (GB/T 2260) end at the county; a street has
the code of its county as `parent_code`. Villages are left out: their names repeat thousandfold and nothing needs them.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from pypinyin import lazy_pinyin

STREET = 3  # tabs before a name: 0 province, 1 city, 2 county, 3 street, 4 village
LEVELS = ("province", "city", "county", "street")
Row = tuple[str, str, str, str, str | None, str]


def read_rows(source: Path) -> Iterator[Row]:
    """Yield level, name, short name, code, parent's code and the short name's pinyin."""
    parents: dict[int, str | None] = {}
    for line in filter(str.strip, source.read_text(encoding="utf8").splitlines()):
        depth = len(line) - len(line.lstrip("\t"))
        if depth > STREET:
            continue
        name, *rest = line.strip().split("\t")
        code, short = rest if len(rest) == 2 else (None, name)
        parent = parents.get(depth - 1)
        if depth == STREET:
            if parent is not None:
                yield LEVELS[depth], name, name, "", parent, ""
            continue
        repeats_parent = depth > 0 and code == parent  # a municipality is its own city
        in_no_city = name.endswith("行政区划")
        parents[depth] = parent if repeats_parent or in_no_city else code
        if code is not None and not repeats_parent and not in_no_city:
            yield LEVELS[depth], name, short, code, parent, "".join(lazy_pinyin(short))


def main() -> None:
    schema = ["level", "name", "short_name", "code", "parent_code", "pinyin"]
    table = pl.DataFrame(sorted(set(read_rows(Path(sys.argv[1]))), key=str), schema=schema, orient="row")
    table = table.filter((pl.col("code") == "") | pl.col("code").is_unique())  # zones share invented ones
    table.write_parquet(sys.argv[2], compression="zstd", compression_level=19)
    print(f"{table.height} divisions, {Path(sys.argv[2]).stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
