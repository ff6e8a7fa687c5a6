"""A change of some articles leads to the same tables as resolving all of them at once, the plain way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.benches.invented_press import print_press
from tests.transforms.corrections.conftest import correction
from tests.transforms.entities.identity.plain_resolution import resolve_plainly
from tests.transforms.entities.identity.press import (
    CREDITS,
    MENTIONS,
    Press,
    Said,
    campaign,
    organisation,
    person,
    place,
    project,
)
from transforms.corrections.records import Action
from transforms.entities.identity import near_people
from transforms.entities.identity.decisions import Decided
from transforms.entities.identity.looks import Looks
from transforms.entities.identity.tables import Held, Tables
from transforms.entities.resolve import NameChanges, Resolution, resolve_changes

KEYS = {
    "entities": ("entity_id",),
    "entity_links": ("link_id",),
    "mentions": ("mention_id",),
    "contributors": ("article_id", "contributor_no"),
}
Rows = tuple[list[dict[str, Any]], list[dict[str, Any]]]
"""The mentions and the credits of an article."""


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Resolve each name alone that nothing joins: a press as small as these would be one part."""
    monkeypatch.setattr(near_people, "READ_AT_ONCE", 1)
    monkeypatch.setattr(near_people, "NAMINGS_AT_ONCE", 1)


@dataclass
class Lake:
    """What a lake would hold that takes in one change after the other."""

    looks: Looks
    articles: dict[str, Rows] = field(default_factory=dict)
    layers: list[Held] = field(default_factory=list)
    rows: dict[str, dict[tuple, tuple]] = field(default_factory=lambda: {name: {} for name in KEYS})

    def change(self, gone: Sequence[str], added: Mapping[str, Rows], decisions: Sequence[Decided] = ()) -> None:
        """Take articles out, and put others in."""
        tables = Tables(before=self.layers)
        for article_id in gone:
            self.drop(article_id)
        for article_id in added:
            self.drop(article_id)
        changes = NameChanges(gone, *frames(added))
        for found in resolve_changes(tables, changes, looks=self.looks, decisions=decisions):
            held = self.rows[found.table]
            for key in found.gone:
                del held[key,]
            for row in found.rows.rows(named=True):
                held[tuple(row[name] for name in KEYS[found.table])] = tuple(row.values())
        tables.flush()
        self.layers += tables.fresh
        self.articles |= added

    def drop(self, article_id: str) -> None:
        """Drop an article's own rows, as the lake does."""
        for mention in self.articles.get(article_id, ([], []))[0]:
            del self.rows["mentions"][mention["mention_id"],]
        for credit in self.articles.pop(article_id, ([], []))[1]:
            del self.rows["contributors"][article_id, credit["contributor_no"]]

    def is_built_alike(self, decisions: Sequence[Decided] = ()) -> None:
        """Hold it against resolving all that it holds at once."""
        whole = resolve_plainly(*frames(self.articles), looks=self.looks, decisions=decisions)
        for name, frame in tables_of(whole).items():
            built = {tuple(row[key] for key in KEYS[name]): tuple(row.values()) for row in frame.rows(named=True)}
            assert self.rows[name] == built, name


def tables_of(resolution: Resolution) -> dict[str, pl.DataFrame]:
    return {
        "entities": resolution.entities,
        "entity_links": resolution.entity_links,
        "mentions": resolution.mention_entities,
        "contributors": resolution.contributor_entities,
    }


def frames(articles: Mapping[str, Rows]) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    mentions = [row for named, _ in articles.values() for row in named]
    credited = [row for _, signed in articles.values() for row in signed]
    return pl.DataFrame(mentions, schema=MENTIONS).lazy(), pl.DataFrame(credited, schema=CREDITS).lazy()


def split(mentions: Sequence[dict[str, Any]], credited: Sequence[dict[str, Any]]) -> dict[str, Rows]:
    articles: dict[str, Rows] = {}
    for sort, rows in enumerate((mentions, credited)):
        for row in rows:
            articles.setdefault(row["article_id"], ([], []))[sort].append(row)
    return articles


TITLES = (
    "区委书记 云岭区副区长 区水务局局长 水务局副局长 该局局长 青石街道办事处主任 石桥村村民 本报记者 画家 "
    "区委常委、副区长 原云岭区民政局局长、区水务局局长"
)
PLACES = "云岭区 澄北区 石桥村 高新区 新河区 镜湖 澄溪市云岭区"
BODIES = (
    "区工商联 云岭区工商联 水务局 市水务局 澄溪市水务局 青禾科技有限公司 青禾科技 青和科技有限公司 青石办 "
    "云岭区青石街道办事处 云岭区人民政府 镜湖县住建局"
)
PROJECTS = "镜湖产业园 云岭镜湖产业园项目 竟湖产业园 镜湖逍窑妙境乡村度假区 道窈妙境乡村度假区"
TERMS = "三清一改 “三清一改” 三清一政 三请一改 二清一改"
PEOPLE = st.builds(
    person,
    st.sampled_from(["郑启明", "郑启名", "林可清", "林可情", "何舟", "何周"]),
    st.none() | st.sampled_from(TITLES.split()),
)
THINGS = st.sampled_from(
    [
        *(place(name) for name in PLACES.split()),
        *(place("新河区", "410402"), place("新河区", "410403"), place("云岭区", "320801")),
        *(organisation(name) for name in BODIES.split()),
        *(project(name) for name in PROJECTS.split()),
        *(campaign(name) for name in TERMS.split()),
    ]
)
SAID: st.SearchStrategy[Said] = st.one_of(PEOPLE, THINGS)
ARTICLE = st.fixed_dictionaries(
    {
        "day": st.sampled_from(["2022-05-01", "2022-05-02", "2029-06-01", None]),
        "said": st.lists(SAID, max_size=5),
        "paper": st.sampled_from(["yunling_chenbao", "chengxi_ribao", "unknown"]),
        "page": st.integers(1, 2),
        "cluster": st.sampled_from([None, None, "c-one", "c-two"]),
        "is_canonical": st.booleans(),
        "credited": st.lists(
            st.tuples(st.sampled_from(["reporter", "author"]), st.sampled_from(["郑启明", "林可清"])), max_size=2
        ),
        "headline": st.sampled_from([None, "云岭区工商联 有新招", "澄北区"]),
    }
)
STEP = st.dictionaries(st.integers(1, 8), st.none() | ARTICLE, min_size=1, max_size=6)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, min_size=1, max_size=4))
def test_any_changes_lead_to_what_one_build_gives(new_press: Callable[[], Press], steps: list) -> None:
    lake = Lake(new_press().looks)
    known: dict[int, str] = {}
    for step in steps:
        gone, added = [], {}
        for number, article in step.items():
            gone += [known.pop(number)] if number in known else []
            if article is not None:
                press = new_press()
                facts = {key: value for key, value in article.items() if key not in {"day", "said"}}
                press.print(article["day"], *article["said"], name=f"{number:03d}", **facts)
                fresh = split(press.mentions, press.credits)
                added |= fresh
                known |= dict.fromkeys([number] if fresh else [], next(iter(fresh), ""))
        lake.change(gone, added)
        lake.is_built_alike()


@pytest.mark.parametrize("seed", [1, 2])
def test_an_invented_press_that_grows_shrinks_and_is_mended_is_as_if_built_at_once(looks: Looks, seed: int) -> None:
    printed = print_press(looks, people=120, articles=500, seed=seed)
    articles = split(printed.mentions, printed.credits)
    chance = Random(seed)
    lake = Lake(looks)
    lake.change([], {name: articles[name] for name in list(articles)[:300]})
    lake.is_built_alike()
    for number in range(3):
        fresh = chance.sample(sorted(articles.keys() - lake.articles.keys()), 30)
        gone = chance.sample(sorted(lake.articles), 20)
        lake.change(gone, {name: articles[name] for name in fresh})
        mended = chance.sample(sorted(lake.articles), 5)
        lake.change([], {name: (articles[name][0][number:], []) for name in mended if articles[name][0][number:]})
    lake.is_built_alike()


@pytest.mark.parametrize("seed", range(4))
def test_a_change_of_one_of_many_names_that_are_alike_is_as_if_built_at_once(looks: Looks, seed: int) -> None:
    """Few texts make a name a misprint that is joined, more of them one that is open."""
    chance = Random(seed)
    lake = Lake(looks)
    for step in range(8):
        press = Press(looks)
        for number in range(12 if step == 0 else 1):
            title = chance.choice(["青石街道办事处副主任", "云岭区副区长", "区水务局局长"])
            said = person(f"林{chance.choice('可克')}{chance.choice('清情晴请')}", title)
            press.print(f"2022-05-0{1 + number % 3}", said, name=f"{step}{number:02d}")
        gone = chance.sample(sorted(lake.articles), min(len(lake.articles), step % 3))
        lake.change(gone, split(press.mentions, press.credits))
        lake.is_built_alike()


@pytest.mark.parametrize("seed", range(12))
def test_what_people_decide_comes_and_goes_as_if_it_had_always_been_so(looks: Looks, seed: int) -> None:
    chance = Random(seed)
    lake = Lake(looks)
    for step in range(4):
        press = Press(looks)
        for number in chance.sample(range(9), 4):
            said = [chance.choice(SPOKEN) for _ in range(chance.randrange(1, 5))]
            press.print(f"2022-05-0{number + 1}", *said, page=1 + number % 2, name=f"{number:03d}")
        added = split(press.mentions, press.credits)
        gone = chance.sample(sorted(lake.articles), min(len(lake.articles), 1))
        there = {name: rows for name, rows in lake.articles.items() if name not in gone} | added
        decisions = decide(there, looks, chance, step=step)
        lake.change(gone, added, decisions)
        lake.is_built_alike(decisions)


SPOKEN = [
    *(person(name, title) for name in ("郑启明", "郑启名", "林可清") for title in (None, *TITLES.split()[:4])),
    *(place(name) for name in PLACES.split()[:3]),
    *(organisation(name) for name in BODIES.split()[:8]),
    *(project(name) for name in PROJECTS.split()),
]


def decide(articles: Mapping[str, Rows], looks: Looks, chance: Random, *, step: int) -> list[Decided]:
    """Decide of two pairs of namings otherwise than the rules do."""
    rows = [row for named, _ in articles.values() for row in named]
    of = dict(resolve_plainly(*frames(articles), looks=looks).mention_entities.iter_rows())
    decisions = []
    for number in range(2):
        first = chance.choice(rows)
        second = chance.choice([row for row in rows if row["kind"] == first["kind"]])
        is_one = of[first["mention_id"]] == of[second["mention_id"]]
        if first is not second:
            action, expect = (Action.DIFFERENT_ENTITY, "one") if is_one else (Action.SAME_ENTITY, "two")
            mine = correction(id=f"mine-{step}-{number}", action=action, at="one", other_at="two", expect=expect)
            decisions.append(Decided(mine, first["mention_id"], second["mention_id"]))
    return decisions
