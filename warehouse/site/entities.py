"""Pages of people, organisations, places, projects and campaigns: what the papers said of each, and when."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from warehouse.site.addresses import ENTITY, NAMES, PROJECTS, Address
from warehouse.site.charts import chart_series, chart_stretches
from warehouse.site.rows import SHOWN, Row, read_of, read_rows
from warehouse.site.site import Site

CHARTS = 12  # of one page: each costs a tenth of a second and 20 kB
OF_A_KIND = 300  # names of one kind on the page of names

_ENTITIES = "SELECT * FROM entities WHERE entity_id IN (SELECT unnest($1)) AND entity_id BETWEEN $2 AND $3 ORDER BY entity_id"
_NAMINGS = f"""
    SELECT m.entity_id, m.article_id, m.mention_id, m.start_char, m.surface, m.title, a.published_on, a.newspaper_id,
        a.headline, substr(a.body, m.sentence_start + 1, m.sentence_end - m.sentence_start) AS sentence
    FROM mentions AS m JOIN articles AS a ON a.article_id = m.article_id
    WHERE m.entity_id IN (SELECT unnest($1)) AND m.entity_id BETWEEN $2 AND $3
    QUALIFY row_number() OVER (PARTITION BY m.entity_id ORDER BY a.published_on DESC NULLS LAST, m.article_id, m.start_char)
        <= {SHOWN}
    ORDER BY m.entity_id, a.published_on DESC NULLS LAST, m.article_id, m.start_char"""  # noqa: S608 -- a constant
# The series of an entity begin with its id; said so, the filter reaches the files below the view's windows.
_SERIES = """
    SELECT t.*, f.start_char, f.article_id AS printed_in FROM figure_timeline AS t JOIN figures AS f ON f.figure_id = t.figure_id
    WHERE split_part(t.series_id, ' ', 1) IN (SELECT unnest($1)) AND split_part(t.series_id, ' ', 1) BETWEEN $2 AND $3
    ORDER BY t.subject_entity_id, t.series_id, t.as_of NULLS LAST"""
_CONFLICTS = """
    SELECT c.*, a.article_id AS article_id_a, a.start_char AS start_char_a, b.article_id AS article_id_b,
        b.start_char AS start_char_b
    FROM figure_conflicts AS c JOIN figures AS a ON a.figure_id = c.figure_id_a
    JOIN figures AS b ON b.figure_id = c.figure_id_b
    WHERE c.subject_entity_id IN (SELECT unnest($1)) AND c.subject_entity_id BETWEEN $2 AND $3
    ORDER BY c.difference_share DESC, c.figure_id_a, c.figure_id_b"""
_STATUS = """
    SELECT * FROM project_status WHERE project_entity_id IN (SELECT unnest($1)) AND project_entity_id BETWEEN $2 AND $3
    ORDER BY published_on NULLS LAST, article_id"""
_OFFICES = """
    SELECT * FROM people_roles WHERE person_entity_id IN (SELECT unnest($1)) AND person_entity_id BETWEEN $2 AND $3
    ORDER BY first_date NULLS LAST, title"""
_QUOTES = f"""
    SELECT q.*, a.published_on, a.newspaper_id, a.headline FROM quotes AS q JOIN articles AS a ON a.article_id = q.article_id
    WHERE q.speaker_entity_id IN (SELECT unnest($1)) AND q.speaker_entity_id BETWEEN $2 AND $3 AND a.is_canonical
    QUALIFY row_number() OVER (PARTITION BY q.speaker_entity_id ORDER BY a.published_on DESC NULLS LAST, q.quote_id) <= {SHOWN}
    ORDER BY a.published_on DESC NULLS LAST, q.quote_id"""  # noqa: S608 -- a constant
_CREDITS = f"""
    SELECT c.entity_id, c.role, a.article_id, a.headline, a.published_on, a.newspaper_id
    FROM contributors AS c JOIN articles AS a ON a.article_id = c.article_id
    WHERE c.entity_id IN (SELECT unnest($1)) AND c.entity_id BETWEEN $2 AND $3
    QUALIFY row_number() OVER (PARTITION BY c.entity_id ORDER BY a.published_on DESC NULLS LAST, a.article_id) <= {SHOWN}
    ORDER BY a.published_on DESC NULLS LAST, a.article_id"""  # noqa: S608 -- a constant
_LINKED = f"""
    SELECT s.entity_id, s.other_id, e.name, s.decision, s.score, s.evidence, s.decided_by, s.surface_a, s.surface_b
    FROM (SELECT entity_id_a AS entity_id, entity_id_b AS other_id, * FROM entity_links
        UNION ALL SELECT entity_id_b, entity_id_a, * FROM entity_links WHERE entity_id_a <> entity_id_b) AS s
    JOIN entities AS e ON e.entity_id = s.other_id
    WHERE s.entity_id IN (SELECT unnest($1)) AND s.entity_id BETWEEN $2 AND $3
    QUALIFY row_number() OVER (PARTITION BY s.entity_id ORDER BY s.score DESC, s.link_id) <= {SHOWN}
    ORDER BY s.score DESC, s.link_id"""  # noqa: S608 -- a constant

_TERMS = """
    SELECT * FROM campaign_terms WHERE campaign_entity_id IN (SELECT unnest($1))
        AND campaign_entity_id BETWEEN $2 AND $3 ORDER BY month NULLS LAST, newspaper_id"""

_BY_KIND = f"""
    SELECT entity_id, kind, name, aliases, text_count, issue_count, first_date, last_date FROM entities
    QUALIFY row_number() OVER (PARTITION BY kind ORDER BY text_count DESC, mention_count DESC, entity_id) <= {OF_A_KIND}
    ORDER BY list_position(['person', 'organisation', 'place', 'project', 'campaign'], kind), text_count DESC, name, entity_id"""  # noqa: S608, E501 -- a constant
_KIND_COUNTS = "SELECT kind, count(*) AS entity_count FROM entities GROUP BY kind"
_FOLLOWED = f"""
    SELECT subject_entity_id, subject, measure_key, group_noun, group_count, norm_unit, count(*) AS point_count,
        min(as_of) AS first_date, max(as_of) AS last_date, any_value(issue_count) AS issue_count
    FROM figure_timeline GROUP BY ALL HAVING point_count > 1
    ORDER BY point_count DESC, issue_count DESC, subject, measure_key LIMIT {SHOWN}"""  # noqa: S608 -- a constant
_ALL_CONFLICTS = f"""
    SELECT c.*, a.article_id AS article_id_a, a.start_char AS start_char_a, b.article_id AS article_id_b,
        b.start_char AS start_char_b
    FROM figure_conflicts AS c JOIN figures AS a ON a.figure_id = c.figure_id_a
    JOIN figures AS b ON b.figure_id = c.figure_id_b
    ORDER BY c.difference_share DESC, c.figure_id_a, c.figure_id_b LIMIT {SHOWN}"""  # noqa: S608 -- a constant
_PROJECTS = f"""
    SELECT entity_id, name, aliases, text_count, issue_count, first_date, last_date FROM entities WHERE kind = 'project'
    ORDER BY text_count DESC, mention_count DESC, entity_id LIMIT {SHOWN}"""  # noqa: S608 -- a constant


def make_entities(site: Site, ids: Sequence[str]) -> Iterator[tuple[Address, str]]:
    """Make the pages of some entities."""
    reader = site.reader
    series = read_of(reader, _SERIES, ids, "subject_entity_id")
    namings = read_of(reader, _NAMINGS, ids, "entity_id")
    conflicts = read_of(reader, _CONFLICTS, ids, "subject_entity_id")
    status = read_of(reader, _STATUS, _of_kind(ids, "project"), "project_entity_id")
    offices = read_of(reader, _OFFICES, _of_kind(ids, "person"), "person_entity_id")
    terms = read_of(reader, _TERMS, _of_kind(ids, "campaign"), "campaign_entity_id")
    quotes = read_of(reader, _QUOTES, ids, "speaker_entity_id")
    credited = read_of(reader, _CREDITS, _of_kind(ids, "person"), "entity_id")
    linked = read_of(reader, _LINKED, ids, "entity_id")
    for entity_id, (entity,) in read_of(reader, _ENTITIES, ids, "entity_id").items():
        address = Address(ENTITY, entity_id)
        yield (
            address,
            site.fill(
                "entity.html",
                address,
                entity["name"],
                entity=entity,
                series=_charted(site, address, series.get(entity_id, ())),
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
    named = read_rows(site.reader, _BY_KIND)
    kinds = [(kind, list(rows)) for kind, rows in groupby(named, key=lambda row: row["kind"])]
    counts = {row["kind"]: row["entity_count"] for row in read_rows(site.reader, _KIND_COUNTS)}
    return site.fill("names.html", Address(NAMES), "Names", kinds=kinds, counts=counts)


def make_projects(site: Site) -> str:
    """Make the list of figures followed over time, of projects, and of figures that contradict each other."""
    return site.fill(
        "projects.html",
        Address(PROJECTS),
        "Figures over time",
        followed=read_rows(site.reader, _FOLLOWED),
        projects=read_rows(site.reader, _PROJECTS),
        conflicts=read_rows(site.reader, _ALL_CONFLICTS),
    )


def _of_kind(ids: Sequence[str], kind: str) -> list[str]:
    """Choose the ids of one kind: an entity_id begins with it."""
    return [each for each in ids if each.startswith(f"{kind}-")]


def _charted(site: Site, here: Address, points: Sequence[Row]) -> list[Mapping[str, object]]:
    """Give each series with its chart, those with most points first."""
    links = site.links(here)
    series = [list(group) for _, group in groupby(points, key=lambda point: point["series_id"])]
    series.sort(key=lambda each: (-len(each), each[0]["series_id"]))
    return [
        {"points": each, "chart": chart_series(each, links) if number < CHARTS else ""}
        for number, each in enumerate(series[:SHOWN])
    ]


def _office_chart(entity: Row, offices: Sequence[Row]) -> object:
    rows = [{"label": each["title"], "first": each["first_date"], "last": each["last_date"]} for each in offices]
    return chart_stretches(rows, title=f"Offices of {entity['name']} over time")
