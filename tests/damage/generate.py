"""Makes damaged pages of clean articles, with exact truth: each kind of damage alone, and mixtures as real pages have.

Seeded and pure. A page is `{file, style, raw, articles}`; apart from `raw` that is the format of the truth files that
lie beside the project's real pages, so that one scorer serves for both.
"""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from types import MappingProxyType
from typing import Any

from tests.damage import letters, structure
from tests.damage.layout import Page, Record, lay_out, seeded
from tests.damage.structure import Damage

ARTICLES_A_PAGE = 4

ALONE: Mapping[str, tuple[Damage, ...]] = MappingProxyType(
    {
        "clean": (),
        "wraps as spaces": (letters.wrap_with_spaces,),
        "wraps as lines, set in": (letters.wrap_with_newlines,),
        "wraps as lines, flush": (letters.wrap_flush,),
        "wraps as lines, several widths": (letters.set_narrow,),
        "half-width marks": (letters.narrow_marks,),
        "straight quotes": (letters.straighten_quotes,),
        "traditional": (letters.traditional,),
        "pinyin notes": (letters.annotate,),
        "damaged notes": (letters.annotate_badly,),
        "markdown": (letters.mark_headings,),
        "banners": (structure.put_banners,),
        "captions": (structure.put_captions,),
        "column breaks": (structure.cut_columns,),
        "break at a headline": (structure.cut_under_headline,),
        "woven columns": (structure.weave_columns,),
        "stray lines": (structure.stray_lines, letters.wrap_with_spaces),
        "lines out of order": (letters.swap_lines,),
        "loops": (structure.repeat_spans,),
        "no headline": (structure.drop_headlines,),
        "no end": (structure.drop_ends,),
        "colophon": (structure.put_colophon,),
        "page marks": (structure.put_page_marks,),
        "contents list": (structure.put_contents,),
        "adverts": (structure.put_adverts,),
    }
)
MIXED: Mapping[str, tuple[Damage, ...]] = MappingProxyType(
    {
        "a scan": (
            structure.cut_columns,
            structure.put_captions,
            structure.put_colophon,
            letters.narrow_marks,
            letters.straighten_quotes,
            letters.wrap_with_spaces,
        ),
        "a web copy": (structure.repeat_spans, structure.drop_ends, letters.annotate_badly, letters.narrow_marks),
        "a converted page": (
            structure.put_banners,
            structure.put_captions,
            structure.cut_columns,
            letters.mark_headings,
        ),
        "a narrow column": (
            structure.drop_headlines,
            structure.put_page_marks,
            letters.narrow_marks,
            letters.straighten_quotes,
            letters.wrap_flush,
        ),
        "a page at its worst": (
            structure.put_contents,
            structure.put_adverts,
            structure.cut_under_headline,
            structure.repeat_spans,
            structure.put_banners,
            letters.narrow_marks,
            letters.straighten_quotes,
            letters.wrap_with_spaces,
        ),
    }
)
KINDS: Mapping[str, tuple[Damage, ...]] = MappingProxyType({**ALONE, **MIXED})


def make_pages(articles: Sequence[Record], style: str, *, count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Yield damaged pages of one kind of damage, each of a few of the articles.

    Page 1 of every kind holds the same articles set in the same way, so that a row less good than `clean` is the
    damage's doing.
    """
    for number in range(count):
        layout = seeded(seed, number)
        page = lay_out(layout.sample(list(articles), ARTICLES_A_PAGE), layout)
        yield _damaged(page, style, number, seeded(seed, style, number))


def _damaged(page: Page, style: str, number: int, random: Random) -> dict[str, Any]:
    for damage in KINDS[style]:
        page = damage(page, random)
    return {
        "file": f"{style.replace(' ', '-').replace(',', '')}-{number:03d}.txt",
        "style": style,
        "raw": page.text(),
        "articles": list(page.articles),
    }
