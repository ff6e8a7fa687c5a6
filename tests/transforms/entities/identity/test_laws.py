"""What must hold of any namings: order, batching and unrelated articles change nothing."""

from collections.abc import Callable

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
from transforms.entities.resolve import Resolution, resolve_mentions
from warehouse.tables.entities import Entities
from warehouse.tables.entity_links import EntityLinks

NAMES = st.sampled_from(["郑启明", "林可清", "林可情", "何舟", "何周"])
TITLES = st.sampled_from(
    [
        None,
        "区委书记",
        "云岭区副区长",
        "云岭区委书记",
        "区水务局局长",
        "该局副局长",
        "青石街道办事处主任",
        "画家",
        "区委常委、副区长",
    ]
)
THINGS = st.sampled_from(
    [place("云岭区"), place("澄北区"), place("石桥村"), place("新河区", "410402"), place("新河区")]
    + [
        organisation(name)
        for name in ("区工商联", "云岭区工商联", "水务局", "青禾科技有限公司", "青禾科技", "市发改委")
    ]
    + [project("镜湖产业园"), project("云岭镜湖产业园项目"), campaign("三清一改"), campaign("“三清一改”")]
)
SAID: st.SearchStrategy[Said] = st.one_of(st.builds(person, NAMES, TITLES), THINGS)
ARTICLES = st.lists(
    st.tuples(
        st.sampled_from(["2022-05-01", "2022-05-02", "2023-06-01", None]),
        st.lists(SAID, min_size=1, max_size=5),
        st.sampled_from(["yunling_chenbao", "chengxi_ribao", "unknown"]),
        st.integers(1, 2),
        st.lists(st.tuples(st.sampled_from(["reporter", "author"]), NAMES), max_size=2),
    ),
    min_size=1,
    max_size=8,
)
laws = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def printed(press: Press, articles: list) -> Press:
    for number, (day, said, paper, page, credited) in enumerate(articles, start=1):
        press.print(day, *said, paper=paper, page=page, credited=credited, name=f"{number:03d}")
    return press


def resolved(press: Press, mentions: pl.LazyFrame, credited: pl.LazyFrame) -> Resolution:
    return resolve_mentions(mentions, credited, looks=press.looks)


@laws
@given(articles=ARTICLES, seed=st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(new_press: Callable[[], Press], articles: list, seed: int) -> None:
    press = printed(new_press(), articles)
    mentions = pl.DataFrame(press.mentions, schema=MENTIONS)
    credited = pl.DataFrame(press.credits, schema=CREDITS)
    one = resolved(press, mentions.lazy(), credited.lazy())
    shuffled = [frame.sample(fraction=1, shuffle=True, seed=seed) for frame in (mentions, credited)]
    halves = pl.concat([shuffled[0][: len(press.mentions) // 2].lazy(), shuffled[0][len(press.mentions) // 2 :].lazy()])
    other = resolved(press, halves, shuffled[1].lazy())
    for name in ("entities", "entity_links", "mention_entities", "contributor_entities"):
        assert getattr(one, name).equals(getattr(other, name)), name


@laws
@given(articles=ARTICLES)
def test_every_naming_has_one_entity_and_the_tables_keep_their_declarations(
    new_press: Callable[[], Press], articles: list
) -> None:
    press = printed(new_press(), articles)
    resolution = press.resolve().resolution
    assert set(resolution.mention_entities["mention_id"]) == {row["mention_id"] for row in press.mentions}
    assert resolution.contributor_entities.height == len(press.credits)
    named = {*resolution.mention_entities["entity_id"], *resolution.contributor_entities["entity_id"]}
    assert named == set(resolution.entities["entity_id"])
    Entities.validate(resolution.entities, cast=True)
    EntityLinks.validate(resolution.entity_links, cast=True)
    kinds = dict(resolution.entities.select("entity_id", "kind").iter_rows())
    of = dict(resolution.mention_entities.iter_rows())
    assert all(kinds[of[row["mention_id"]]] == row["kind"] for row in press.mentions)


@laws
@given(articles=ARTICLES)
def test_unrelated_articles_change_no_id(new_press: Callable[[], Press], articles: list) -> None:
    press = printed(new_press(), articles)
    before = dict(press.resolve().resolution.mention_entities.iter_rows())
    press.print(
        "2022-05-03", person("白如霜", "海东区区长"), place("海东区"), project("海东深港"), paper="haidong_ribao"
    )
    after = dict(press.resolve().resolution.mention_entities.iter_rows())
    assert before.items() <= after.items()


@laws
@given(articles=ARTICLES)
def test_later_articles_never_rename_what_is_known(new_press: Callable[[], Press], articles: list) -> None:
    """Entities may be joined by what a later article says, and then keep the id of the earlier one."""
    dated = [article for article in articles if article[0]]
    press = printed(new_press(), dated)
    before = set(press.resolve().resolution.entities["entity_id"])
    press.print("2030-01-01", person("郑启明", "云岭区委书记"), person("林可清", "青石街道办事处主任"), page=9)
    press.print("2030-01-01", organisation("青禾科技有限公司"), project("镜湖产业园"), page=8)
    after = press.resolve().resolution
    fresh = set(after.entities["entity_id"]) - before
    new = {e for m, e in after.mention_entities.iter_rows() if "2030-01-01" in m}
    assert fresh <= new


@laws
@given(articles=ARTICLES)
def test_no_entity_has_two_codes_or_two_full_time_offices_of_two_organisations_on_one_day(
    new_press: Callable[[], Press], articles: list
) -> None:
    press = printed(new_press(), articles)
    of = dict(press.resolve().resolution.mention_entities.iter_rows())
    codes: dict[str, set[str]] = {}
    seats: dict[tuple[str, str], set[str]] = {}
    chiefs = {"云岭区委书记": "云岭区", "区水务局局长": "水务局", "青石街道办事处主任": "青石街道"}
    for row in press.mentions:
        if row["code"]:
            codes.setdefault(of[row["mention_id"]], set()).add(row["code"])
        if row["title"] in chiefs and row["date_lower"]:
            day = (of[row["mention_id"]], str(row["date_lower"]))
            seats.setdefault(day, set()).add(chiefs[row["title"]])
    assert all(len(found) == 1 for found in codes.values())
    assert all(len(found) == 1 for found in seats.values())
