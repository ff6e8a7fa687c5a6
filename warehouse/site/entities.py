"""Pages of people, organisations, places, projects and campaigns: what the papers said of each, and when."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from warehouse.site import entity_queries as queries
from warehouse.site.addresses import ENTITY, NAMES, PROJECTS, Address
from warehouse.site.charts import chart_series, chart_stretches
from warehouse.site.near import Near
from warehouse.site.rows import SHOWN, Row, read_of, read_rows
from warehouse.site.site import Site

CHARTS = 12  # of one page: each costs a tenth of a second and 20 kB


def make_entities(site: Site, ids: Sequence[str]) -> Iterator[tuple[Address, str]]:
    """Make the pages of some entities."""
    found = read_of(site.near(Near(hashed={"entities": ids})), queries.ENTITIES, ids, "entity_id")
    reader = site.near(Near(days=_days(found), hashed={"entities": ids}))
    series = read_of(reader, queries.SERIES, ids, "subject_entity_id")
    namings = read_of(reader, queries.NAMINGS, ids, "entity_id")
    conflicts = read_of(reader, queries.CONFLICTS, ids, "subject_entity_id")
    status = read_of(reader, queries.STATUS, _of_kind(ids, "project"), "project_entity_id")
    offices = read_of(reader, queries.OFFICES, _of_kind(ids, "person"), "person_entity_id")
    terms = read_of(reader, queries.TERMS, _of_kind(ids, "campaign"), "campaign_entity_id")
    quotes = read_of(reader, queries.QUOTES, ids, "speaker_entity_id")
    credited = read_of(reader, queries.CREDITS, _of_kind(ids, "person"), "entity_id")
    linked = read_of(site.reader, queries.LINKED, ids, "entity_id")
    for entity_id, (entity,) in found.items():
        address = Address(ENTITY, entity_id)
        yield (
            address,
            site.fill(
                "entity.html",
                address,
                entity["name"],
                entity=entity,
                series=_charted(site, address, series.get(entity_id, ()), conflicts.get(entity_id, ())),
                conflicts=conflicts.get(entity_id, ()),
                status=status.get(entity_id, ()),
                offices=offices.get(entity_id, ()),
                office_chart=_office_chart(entity, offices.get(entity_id, ())),
                terms=terms.get(entity_id, ()),
                namings=namings.get(entity_id, ()),
                quotes=quotes.get(entity_id, ()),
                credits=credited.get(entity_id, ()),
                linked=linked.get(entity_id, ()),
                shown=SHOWN,
            ),
        )


def make_names(site: Site) -> str:
    """Make the list of all that is named, by kind, the most named first."""
    named = read_rows(site.lists, queries.BY_KIND)
    kinds = [(kind, list(rows)) for kind, rows in groupby(named, key=lambda row: row["kind"])]
    counted = read_rows(site.lists, queries.KEPT_KIND_COUNTS if site.counted else queries.KIND_COUNTS)
    counts = {row["kind"]: row["entity_count"] for row in counted}
    return site.fill("names.html", Address(NAMES), "Names", kinds=kinds, counts=counts)


def make_projects(site: Site) -> str:
    """Make the list of figures followed over time, of projects, and of figures that contradict each other."""
    if site.command:
        return site.fill_elsewhere(Address(PROJECTS), "Figures over time")
    return site.fill(
        "projects.html",
        Address(PROJECTS),
        "Figures over time",
        followed=read_rows(site.reader, queries.FOLLOWED),
        projects=read_rows(site.reader, queries.PROJECTS),
        conflicts=read_rows(site.reader, queries.ALL_CONFLICTS),
    )


def _days(found: Mapping[str, Sequence[Row]]) -> tuple[date | None, date | None]:
    """Give the first and the last day on which any of them is named: what is said of them was printed between."""
    rows = [row for (row,) in found.values() if row["first_date"] is not None]
    return min((row["first_date"] for row in rows), default=None), max((row["last_date"] for row in rows), default=None)


def _of_kind(ids: Sequence[str], kind: str) -> list[str]:
    """Choose the ids of one kind: an entity_id begins with it."""
    return [each for each in ids if each.startswith(f"{kind}-")]


SERIES_KEY = ("measure_key", "group_noun", "group_count", "norm_unit", "span")


def _charted(site: Site, here: Address, points: Sequence[Row], conflicts: Sequence[Row]) -> list[Mapping[str, object]]:
    """Give each series with its chart, those that move most first."""
    links = site.links(here)
    series = [list(group) for _, group in groupby(points, key=lambda point: point["series_id"])]
    series.sort(key=lambda each: (-len({p["norm_value"] for p in each}), -len(each), each[0]["series_id"]))
    return [
        {
            "points": each,
            "single": len(each) == 1,
            "chart": chart_series(each, links, _differing(each, conflicts)) if number < CHARTS else "",
        }
        for number, each in enumerate(series[:SHOWN])
    ]


def _differing(points: Sequence[Row], conflicts: Sequence[Row]) -> list[Row]:
    """Give the values that other texts print for the periods of a series."""
    shown = {point["figure_id"] for point in points}
    return [
        {
            "as_of": conflict["period_end"],
            "norm_value": conflict[f"norm_value_{side}"],
            "printed": conflict[f"printed_{side}"],
            "article_id": conflict[f"article_id_{side}"],
            "start_char": conflict[f"start_char_{side}"],
        }
        for conflict in conflicts
        if all(conflict[key] == points[0][key] for key in SERIES_KEY)
        for side in ("a", "b")
        if conflict[f"figure_id_{side}"] not in shown
    ]


def _office_chart(entity: Row, offices: Sequence[Row]) -> object:
    rows = [{"label": each["title"], "first": each["first_date"], "last": each["last_date"]} for each in offices]
    return chart_stretches(rows, title=f"Offices of {entity['name']} over time")
