"""What the lake says of people, organisations, places, projects and campaigns: for some at once, and of all."""

from warehouse.site.counted import OF_A_KIND
from warehouse.site.rows import SHOWN

ENTITIES = (
    "SELECT * FROM entities WHERE entity_id IN (SELECT unnest($1)) AND entity_id BETWEEN $2 AND $3 ORDER BY entity_id"
)
NAMINGS = f"""
    SELECT m.entity_id, m.article_id, m.mention_id, m.start_char, m.surface, m.title, a.published_on, a.newspaper_id,
        a.headline, substr(a.body, m.sentence_start + 1, m.sentence_end - m.sentence_start) AS sentence
    FROM mentions AS m JOIN articles AS a ON a.article_id = m.article_id
    WHERE m.entity_id IN (SELECT unnest($1)) AND m.entity_id BETWEEN $2 AND $3
    QUALIFY row_number() OVER (
        PARTITION BY m.entity_id ORDER BY a.published_on DESC NULLS LAST, m.article_id, m.start_char, m.mention_id
    ) <= {SHOWN}
    ORDER BY m.entity_id, a.published_on DESC NULLS LAST, m.article_id, m.start_char,
        m.mention_id"""  # noqa: S608 -- a constant
# The series of an entity begin with its id; said so, the filter reaches the files below the view's windows.
SERIES = """
    SELECT t.*, f.start_char FROM figure_timeline AS t JOIN figures AS f ON f.figure_id = t.figure_id
    WHERE split_part(t.series_id, ' ', 1) IN (SELECT unnest($1)) AND split_part(t.series_id, ' ', 1) BETWEEN $2 AND $3
    ORDER BY t.subject_entity_id, t.series_id, t.as_of NULLS LAST, t.figure_id"""
CONFLICTS = """
    SELECT c.*, a.article_id AS article_id_a, a.start_char AS start_char_a, b.article_id AS article_id_b,
        b.start_char AS start_char_b
    FROM figure_conflicts AS c JOIN figures AS a ON a.figure_id = c.figure_id_a
    JOIN figures AS b ON b.figure_id = c.figure_id_b
    WHERE c.subject_entity_id IN (SELECT unnest($1)) AND c.subject_entity_id BETWEEN $2 AND $3
    ORDER BY c.difference_share DESC, c.figure_id_a, c.figure_id_b"""
STATUS = """
    SELECT * FROM project_status WHERE project_entity_id IN (SELECT unnest($1)) AND project_entity_id BETWEEN $2 AND $3
    ORDER BY published_on NULLS LAST, article_id"""
OFFICES = """
    SELECT * FROM people_roles WHERE person_entity_id IN (SELECT unnest($1)) AND person_entity_id BETWEEN $2 AND $3
    ORDER BY first_date NULLS LAST, title"""
QUOTES = f"""
    SELECT q.*, a.published_on, a.newspaper_id, a.headline
    FROM quotes AS q JOIN articles AS a ON a.article_id = q.article_id
    WHERE q.speaker_entity_id IN (SELECT unnest($1)) AND q.speaker_entity_id BETWEEN $2 AND $3 AND a.is_canonical
    QUALIFY row_number() OVER (
        PARTITION BY q.speaker_entity_id ORDER BY a.published_on DESC NULLS LAST, q.quote_id) <= {SHOWN}
    ORDER BY a.published_on DESC NULLS LAST, q.quote_id"""  # noqa: S608 -- a constant
CREDITS = f"""
    SELECT c.entity_id, c.role, a.article_id, a.headline, a.published_on, a.newspaper_id
    FROM contributors AS c JOIN articles AS a ON a.article_id = c.article_id
    WHERE c.entity_id IN (SELECT unnest($1)) AND c.entity_id BETWEEN $2 AND $3
    QUALIFY row_number() OVER (
        PARTITION BY c.entity_id ORDER BY a.published_on DESC NULLS LAST, a.article_id, c.contributor_no) <= {SHOWN}
    ORDER BY a.published_on DESC NULLS LAST, a.article_id, c.contributor_no"""  # noqa: S608 -- a constant
LINKED = f"""
    SELECT s.entity_id, s.other_id, e.name, s.decision, s.score, s.evidence, s.decided_by, s.surface_a, s.surface_b
    FROM (SELECT entity_id_a AS entity_id, entity_id_b AS other_id, * FROM entity_links
        UNION ALL SELECT entity_id_b, entity_id_a, * FROM entity_links WHERE entity_id_a <> entity_id_b) AS s
    JOIN entities AS e ON e.entity_id = s.other_id
    WHERE s.entity_id IN (SELECT unnest($1)) AND s.entity_id BETWEEN $2 AND $3
    QUALIFY row_number() OVER (PARTITION BY s.entity_id ORDER BY s.score DESC, s.link_id) <= {SHOWN}
    ORDER BY s.score DESC, s.link_id"""  # noqa: S608 -- a constant

TERMS = """
    SELECT * FROM campaign_terms WHERE campaign_entity_id IN (SELECT unnest($1))
        AND campaign_entity_id BETWEEN $2 AND $3 ORDER BY month NULLS LAST, newspaper_id"""

BY_KIND = f"""
    SELECT entity_id, kind, name, text_count FROM entities
    QUALIFY row_number() OVER (PARTITION BY kind ORDER BY text_count DESC, mention_count DESC, entity_id) <= {OF_A_KIND}
    ORDER BY list_position(['person', 'organisation', 'place', 'project', 'campaign'], kind), text_count DESC, name,
        entity_id"""  # noqa: S608 -- a constant
KIND_COUNTS = "SELECT kind, count(*) AS entity_count FROM entities GROUP BY kind"
KEPT_KIND_COUNTS = "SELECT kind, sum(entity_count)::BIGINT AS entity_count FROM entity_kinds GROUP BY kind"
FOLLOWED = f"""
    SELECT subject_entity_id, subject, measure_key, group_noun, group_count, norm_unit, span, count(*) AS point_count,
        min(as_of) AS first_date, max(as_of) AS last_date, max(issue_count) AS issue_count
    FROM figure_timeline GROUP BY ALL HAVING point_count > 1
    ORDER BY point_count DESC, issue_count DESC, subject, subject_entity_id, measure_key, group_noun, group_count,
        norm_unit, span NULLS FIRST LIMIT {SHOWN}"""  # noqa: S608 -- a constant
ALL_CONFLICTS = f"""
    SELECT c.*, a.article_id AS article_id_a, a.start_char AS start_char_a, b.article_id AS article_id_b,
        b.start_char AS start_char_b
    FROM figure_conflicts AS c JOIN figures AS a ON a.figure_id = c.figure_id_a
    JOIN figures AS b ON b.figure_id = c.figure_id_b
    ORDER BY c.difference_share DESC, c.figure_id_a, c.figure_id_b LIMIT {SHOWN}"""  # noqa: S608 -- a constant
PROJECTS = f"""
    SELECT entity_id, name, aliases, text_count, issue_count, first_date, last_date FROM entities WHERE kind = 'project'
    ORDER BY text_count DESC, mention_count DESC, entity_id LIMIT {SHOWN}"""  # noqa: S608 -- a constant
