"""Corrections of what is one thing: from the words that a page prints to the namings that stand in them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from transforms.corrections.locate import locate
from transforms.corrections.records import ENTITY_ACTIONS, Correction, Corrections, StaleCorrection
from transforms.entities.identity.decisions import Decided
from transforms.ids import file_id

RawPages = Mapping[str, Sequence[str]]  # the raw pages of each file, by file_id


@dataclass(frozen=True, slots=True, kw_only=True)
class RawNaming:
    """One mention and where it stands: raw [start, end) of a page of a file."""

    mention_id: str
    surface: str
    page_index: int
    start: int
    end: int


def find_raw_places(mentions: pl.LazyFrame, spans: pl.LazyFrame) -> pl.LazyFrame:
    """Return where mentions stand on their pages: `mention_id`, `surface`, `page_id`, `raw_start`, `raw_end`.

    mentions, spans: as the tables of these names. Each mention has one row, all of whose pieces lie on one page; of a
    piece that a repair changed, the whole of it counts.
    """
    pieces = spans.filter(part="body").select(
        "article_id", "page_id", "rule_id", "raw_start", "raw_end", piece_start="start_char", piece_end="end_char"
    )
    is_verbatim = pl.col("rule_id").is_null()
    first = pl.max_horizontal("start_char", "piece_start") - pl.col("piece_start") + pl.col("raw_start")
    last = pl.min_horizontal("end_char", "piece_end") - pl.col("piece_start") + pl.col("raw_start")
    return (
        mentions.select("mention_id", "article_id", "surface", "start_char", "end_char")
        .join(pieces, on="article_id")
        .filter((pl.col("piece_start") < pl.col("end_char")) & (pl.col("start_char") < pl.col("piece_end")))
        .with_columns(
            raw_start=pl.when(is_verbatim).then(first).otherwise("raw_start"),
            raw_end=pl.when(is_verbatim).then(last).otherwise("raw_end"),
        )
        .group_by("mention_id", "surface", "page_id")
        .agg(pl.col("raw_start").min(), pl.col("raw_end").max())
        .sort("mention_id", "page_id")
        .unique("mention_id", keep="first", maintain_order=True)
    )


def corrected_files(corrections: Corrections) -> frozenset[str]:
    """Return the files, by file_id, whose pages and namings the corrections of entities ask for."""
    mine = (correction for corrections_of in corrections.values() for correction in corrections_of)
    chosen = [correction for correction in mine if correction.action in ENTITY_ACTIONS]
    return frozenset(file_id(sha256) for c in chosen for sha256 in (c.sha256, c.other_sha256 or c.sha256))


def decide_entities(
    corrections: Corrections, raw_pages: RawPages, namings: Mapping[str, Sequence[RawNaming]]
) -> list[Decided]:
    """Return what a person decided of two namings; a correction whose other file is not in the source is left alone.

    raw_pages, namings: of the `corrected_files`, by file_id. Raises StaleCorrection where the words are not printed
    once, or hold no naming or more than one.
    """
    return [
        Decided(correction, first=_find(correction, raw_pages, namings), second=_find(second, raw_pages, namings))
        for correction, second in _pairs(corrections)
        if file_id(second.sha256) in raw_pages
    ]


def _pairs(corrections: Corrections) -> Iterator[tuple[Correction, Correction]]:
    """Yield each correction with itself as it would be written of the second naming."""
    for _, mine in sorted(corrections.items()):
        for correction in mine:
            if correction.action in ENTITY_ACTIONS:
                yield (
                    correction,
                    replace(
                        correction,
                        sha256=correction.other_sha256 or correction.sha256,
                        file_name=correction.other_name or correction.file_name,
                        at=correction.other_at,
                    ),
                )


def _find(correction: Correction, raw_pages: RawPages, namings: Mapping[str, Sequence[RawNaming]]) -> str:
    of_file = file_id(correction.sha256)
    (place,) = locate([correction], raw_pages[of_file])
    found = [
        naming
        for naming in namings.get(of_file, ())
        if naming.page_index == place.page_index and place.start <= naming.start and naming.end <= place.end
    ]
    if len(found) == 1:
        return found[0].mention_id
    held = f"{len(found)} ({', '.join(naming.surface for naming in found)})" if found else "none"
    raise StaleCorrection(
        f"{correction.written_in}: correction {correction.id} of {correction.file_name} expects one naming in "
        f"the words {correction.at!r}, found {held}; take words that hold one name and no other"
    )


def group_namings(places: pl.DataFrame) -> dict[str, list[RawNaming]]:
    """Return namings by file: of rows with `file_id`, `page_index` and the columns of `find_raw_places`."""
    by_file: dict[str, list[RawNaming]] = defaultdict(list)
    for row in places.iter_rows(named=True):
        naming = RawNaming(
            mention_id=row["mention_id"],
            surface=row["surface"],
            page_index=row["page_index"],
            start=row["raw_start"],
            end=row["raw_end"],
        )
        by_file[row["file_id"]].append(naming)
    return by_file
