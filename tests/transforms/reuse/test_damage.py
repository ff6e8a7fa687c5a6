"""Reprints of the sample issues' articles, one kind of damage at a time: what comes of each, and where it is found."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

import opencc
import polars as pl
import pytest
from pypinyin import lazy_pinyin

from transforms.read import PageRead
from transforms.reuse.find import find_reuse
from transforms.reuse.report import Reuse

ISSUES = Path(__file__).parents[3] / "seeds" / "issues"
LONG_ENOUGH = 250  # characters of a body: half of it is still more than a standing phrase
DAY = date(2024, 1, 8)
OTHERS = "仄乇亍兀凫劢卅叵叱囟夬孓宄屮弋忒攵旮旯杈氕汆爿犴甙"

Damage = Callable[[str, str], str]
"""An article's body, and that of another article, in; what is printed out."""


def misread(share: float) -> Damage:
    """Substitute, lose or double so many of the characters."""

    def damage(text: str, _: str) -> str:
        random = Random(len(text))
        changes = [lambda _: random.choice(OTHERS)] * 5 + [lambda _: "", lambda character: character * 2]
        return "".join(random.choice(changes)(c) if random.random() < share else c for c in text)

    return damage


def note_pinyin(text: str, _: str) -> str:
    return "".join(f"{c}({lazy_pinyin(c)[0]})" if n % 5 == 0 and c.isalpha() else c for n, c in enumerate(text))


def edit_lightly(text: str, _: str) -> str:
    sentences = text.split("。")
    kept = [sentence for number, sentence in enumerate(sentences) if number % 6 != 4]
    kept[1:3] = kept[2:0:-1]
    return "本报讯（记者邬青禾）" + "。".join(kept)


def cut_out(text: str, _: str) -> str:
    return text[len(text) // 4 : len(text) * 3 // 4]


def round_up(text: str, other: str) -> str:
    """One paragraph's worth of the article among other news."""
    return other[: len(other) // 2] + "\n" + text[60:150] + "\n" + other[len(other) // 2 :]


KINDS = {
    "exact": (lambda text, _: text, {"copy"}),
    "other marks and spaces": (lambda text, _: text.replace("，", " , ").replace("。", ".\n"), {"copy"}),
    "full-width digits": (lambda text, _: text.translate({48 + n: 0xFF10 + n for n in range(10)}), {"copy"}),
    "other script": (lambda text, _: opencc.OpenCC("s2t").convert(text), {"copy", "variant"}),
    "pinyin notes": (note_pinyin, {"copy"}),
    "OCR noise of 1 %": (misread(0.01), {"variant", "copy"}),
    "OCR noise of 3 %": (misread(0.03), {"variant"}),
    "OCR noise of 8 %": (misread(0.08), {"variant"}),
    "light edits and another date line": (edit_lightly, {"variant"}),
    "an excerpt": (cut_out, {"excerpt"}),
    "a damaged excerpt": (lambda text, other: misread(0.03)(cut_out(text, other), other), {"excerpt", "variant"}),
    "two articles on one page": (lambda text, other: other + "\n" + text, {None, "variant", "canonical"}),
    "a paragraph in a round-up": (round_up, {None}),
}
"""Each damage, and the role that the reprint may have in the article's cluster; None where it is another text."""


@pytest.fixture(scope="module")
def bodies(read: Callable[[str], PageRead]) -> list[str]:
    """The articles of the sample issues, one of each text."""
    pages = [read(path.read_text(encoding="utf8")) for path in sorted(ISSUES.rglob("*.txt")) if is_utf8(path)]
    found = {article.parts["body"].string for page in pages for article in page.articles if "body" in article.parts}
    whole = sorted(body for body in found if len(body) >= LONG_ENOUGH)
    reuse = find_reuse(shelve(whole))
    shared = set(reuse.reuse["article_id_a"]) | set(reuse.reuse["article_id_b"])
    return [body for number, body in enumerate(whole) if name(number) not in shared]


def is_utf8(path: Path) -> bool:
    try:
        path.read_text(encoding="utf8")
    except UnicodeDecodeError:
        return False
    return True


def name(number: int) -> str:
    return f"chengxi_ribao-2024-01-08-a-p0001-i{number + 1:03d}"


def shelve(first: list[str], later: Sequence[str] = ()) -> pl.DataFrame:
    """Articles of two days, in files of their own, all without headlines."""
    printed = [*first, *later]
    days = [DAY + timedelta(number >= len(first)) for number in range(len(printed))]
    uid = [f"{number:016x}" for number in range(len(printed))]
    return pl.DataFrame(
        {"article_id": [name(number) for number in range(len(printed))], "article_uid": uid, "file_id": uid}
        | {"body": printed, "published_on": days, "date_lower": days, "date_upper": days}
    ).with_columns(newspaper_id=pl.lit("chengxi_ribao"), kind=pl.lit("news"), headline=pl.lit(None, pl.String))


@pytest.mark.parametrize("kind", KINDS)
def test_a_reprint_of_every_sample_article_is_found(bodies: list[str], kind: str) -> None:
    damage, roles = KINDS[kind]
    others = [*bodies[1:], bodies[0]]
    printed = [damage(body, other) for body, other in zip(bodies, others, strict=True)]
    reuse = find_reuse(shelve(bodies, printed))
    assert len(bodies) > 20
    for number, body in enumerate(bodies):
        original, reprint = name(number), name(number + len(bodies))
        assert role_beside(reuse, original, reprint) in roles, body[:20]
        assert shared_chars(reuse, original, reprint) >= 0.8 * min(len(body), len(printed[number]), 90), body[:20]


def role_beside(reuse: Reuse, original: str, reprint: str) -> str | None:
    """The reprint's role in the cluster of the original, if it is in it."""
    clusters, roles = (
        dict(reuse.cluster_members.select("article_id", column).iter_rows()) for column in ("cluster_id", "role")
    )
    is_one = original in clusters and clusters[original] == clusters.get(reprint)
    return roles[reprint] if is_one else None


def shared_chars(reuse: Reuse, original: str, reprint: str) -> int:
    """Characters of the passages that the two share; none of them may be taken for a standing phrase."""
    passages = reuse.reuse.filter(article_id_a=original, article_id_b=reprint, is_boilerplate=False)
    return passages.select(pl.col("end_char_a") - pl.col("start_char_a")).sum().item()
