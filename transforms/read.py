"""One file read: bytes in, pages with their blocks and articles out. The record-level half of the lake in one call."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from transforms.articles.assemble import Article, assemble_articles
from transforms.articles.joins import count_open
from transforms.blocks.given import given_blocks
from transforms.blocks.lines import Line, split_lines
from transforms.blocks.segment import Block, segment_page
from transforms.blocks.unwrap import unwrap_lines
from transforms.corrections.blocks import correct_blocks
from transforms.corrections.dates import correct_datings
from transforms.corrections.expectations import require_expected
from transforms.corrections.locate import locate
from transforms.corrections.people import correct_people
from transforms.corrections.records import Correction, Placed
from transforms.corrections.texts import correct_text
from transforms.ids import file_id
from transforms.inputs.extract import extract_pages
from transforms.inputs.extracted import RECORD_FORMATS, Listed, Refused
from transforms.language.model import LanguageModel
from transforms.pages.damage import find_damage
from transforms.pages.date import date_page
from transforms.pages.dating import Dating
from transforms.pages.given import date_record
from transforms.pages.quality import quality_share
from transforms.pages.split import PageText
from transforms.text.repair import repair_page
from transforms.text.script import script_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRead:
    """One page, read. clean_text: its blocks as repaired, one a line. Other fields as in the table `pages`."""

    page_index: int
    page_no: int | None
    page_label: str | None
    raw_text: str
    clean_text: str
    script: str
    damage: tuple[str, ...]
    ocr_quality_share: float
    blocks: tuple[Block, ...]
    articles: tuple[Article, ...]
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """One file, read. datings: what each page says of its day, as a person set it.

    refused: parts that cannot be read. listed: what it says of other files. Others as in the table `files`.
    """

    file_id: str
    sha256: str
    file_name: str
    format: str
    format_basis: str
    encoding: str | None
    encoding_basis: str | None
    pages: tuple[PageRead, ...]
    datings: tuple[Dating, ...]
    refused: tuple[Refused, ...] = ()
    listed: tuple[Listed, ...] = ()


def read_file(
    data: bytes, *, file_name: str, sha256: str, language: LanguageModel, corrections: Sequence[Correction] = ()
) -> FileRead:
    """Read the (unpacked) bytes of one file. `sha256` is that of the file as received; `language` decides on joins.

    `corrections` are those of this file. Raises SourceFault where the bytes hold no readable Chinese page,
    StaleCorrection where a correction no longer fits.
    """
    extracted = extract_pages(data, file_name)
    pages = read_pages(extracted.pages, language, corrections)
    datings = date_pages(file_name, extracted.format, pages)
    return FileRead(
        file_id=file_id(sha256),
        sha256=sha256,
        file_name=file_name,
        format=extracted.format,
        format_basis=extracted.format_basis,
        encoding=extracted.encoding,
        encoding_basis=extracted.encoding_basis,
        pages=pages,
        datings=tuple(correct_datings(datings, corrections, [page.raw_text for page in pages])),
        refused=extracted.refused,
        listed=extracted.listed,
    )


def date_pages(file_name: str, file_format: str, pages: Iterable[PageRead]) -> list[Dating]:
    """Date each page of a file: a record of another system by what it says itself, a page by its print and its name."""
    if file_format in RECORD_FORMATS:
        return [date_record(file_name, page.clean_text, page.given) for page in pages]
    return [date_page(file_name, page.clean_text) for page in pages]


def read_pages(
    pages: Sequence[PageText], language: LanguageModel, corrections: Sequence[Correction] = ()
) -> tuple[PageRead, ...]:
    """Read all pages of one file, with the corrections of that file."""
    placed = locate(corrections, [page.text for page in pages])
    return tuple(
        read_page(page, language, [place for place in placed if place.page_index == page.page_index]) for page in pages
    )


def read_page(page: PageText, language: LanguageModel, corrections: Sequence[Placed] = ()) -> PageRead:
    """Repair, segment and assemble one page. What the corrections expect is what the page gives without them."""
    if corrections:
        plain = read_page(page, language)
        require_expected(plain.blocks, plain.articles, corrections)
    text = correct_text(repair_page(page.text), corrections)
    lines = _unwrap(split_lines(text), page.given, language)
    segmented = given_blocks(lines, page.given) if page.given else segment_page(lines, language)
    blocks = correct_blocks(segmented, corrections)
    articles = correct_people(assemble_articles(blocks, language), corrections)
    flags = _flags(articles)
    damage = find_damage(text, lines, open_count=count_open(blocks), flags=flags)
    return PageRead(
        page_index=page.page_index,
        page_no=page.page_no,
        page_label=page.page_label,
        raw_text=page.text,
        clean_text="\n".join(block.text.string for block in blocks),
        script=script_of(page.text),
        damage=tuple(damage),
        ocr_quality_share=quality_share(text.string, damage, language),
        blocks=tuple(_with_log_odds(blocks, articles)),
        articles=tuple(articles),
        given=page.given,
    )


def _unwrap(lines: Sequence[Line], given: Sequence[str], language: LanguageModel) -> list[Line]:
    """Put hard-wrapped lines together; those that the source names stay apart."""
    named = max(0, len(given) - 1)
    return [*lines[:named], *unwrap_lines(lines[named:], language)]


def _with_log_odds(blocks: Iterable[Block], articles: Iterable[Article]) -> Iterator[Block]:
    """Yield the blocks with the numbers of the decisions that put the bodies of their articles together."""
    made = {article.article_no: article for article in articles}
    for block in blocks:
        article = made.get(block.article_no or 0)
        if article is None:
            yield block
        else:
            joins, orders = article.joins.get(block.raw_start), article.orders.get(block.raw_start)
            yield replace(block, join_log_odds=joins, order_log_odds=orders)


def _flags(articles: Iterable[Article]) -> set[str]:
    return {flag for article in articles for flag in article.flags}
