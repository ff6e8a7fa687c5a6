"""Two names that a person points at by the words around them: which mentions of the lake they are."""

from dataclasses import dataclass

import polars as pl

from flows.subjects import LakeFile, read_rows
from transforms.corrections.entities import decide_entities, find_raw_places, group_namings
from transforms.corrections.records import Correction
from transforms.ids import file_id
from warehouse.reader import LakeReader

_ARTICLES = "(SELECT DISTINCT article_id FROM spans WHERE list_contains($1, page_id))"
_MENTIONS = f"""
    SELECT mention_id, article_id, surface, start_char, end_char, entity_id FROM mentions
    WHERE article_id IN {_ARTICLES}"""  # noqa: S608 -- of two constants
_SPANS = f"""
    SELECT article_id, part, page_id, rule_id, raw_start, raw_end, start_char, end_char FROM spans
    WHERE part = 'body' AND article_id IN {_ARTICLES}"""  # noqa: S608
MENTIONS = pl.Schema(
    {
        **dict.fromkeys(("mention_id", "article_id", "surface"), pl.String()),
        **dict.fromkeys(("start_char", "end_char"), pl.Int32()),
        "entity_id": pl.String(),
    }
)
SPANS = pl.Schema(
    {
        **dict.fromkeys(("article_id", "part", "page_id", "rule_id"), pl.String()),
        **dict.fromkeys(("raw_start", "raw_end", "start_char", "end_char"), pl.Int32()),
    }
)
PAGES = pl.Schema({"page_id": pl.String(), "file_id": pl.String(), "page_index": pl.Int32()})


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A name in a file, by words that are printed there once and hold it and no other."""

    file: LakeFile
    words: str


@dataclass(frozen=True, slots=True)
class FoundName:
    """The mention that a name is: as printed, and what the lake takes it for."""

    surface: str
    entity_id: str


def find_names(
    reader: LakeReader, correction: Correction, names: tuple[PrintedName, PrintedName]
) -> tuple[FoundName, FoundName]:
    """Return the two mentions that a correction decides of. Raises StaleCorrection where its words hold no one name."""
    files = {name.file.file_id: name.file for name in names}
    page_ids = [page_id for file in files.values() for page_id in file.page_ids]
    mentions = pl.DataFrame(read_rows(reader, _MENTIONS, page_ids), schema=MENTIONS)
    spans = pl.DataFrame(read_rows(reader, _SPANS, page_ids), schema=SPANS)
    pages = pl.DataFrame(
        [
            (page_id, file.file_id, page.page_index)
            for file in files.values()
            for page_id, page in zip(file.page_ids, file.pages, strict=True)
        ],
        schema=PAGES,
        orient="row",
    )
    places = find_raw_places(mentions.lazy(), spans.lazy()).join(pages.lazy(), on="page_id").collect()
    raw = {name: [page.text for page in file.pages] for name, file in files.items()}
    (decided,) = decide_entities({file_id(correction.sha256): (correction,)}, raw, group_namings(places))
    known = {row["mention_id"]: FoundName(row["surface"], row["entity_id"]) for row in mentions.iter_rows(named=True)}
    return known[decided.first], known[decided.second]
