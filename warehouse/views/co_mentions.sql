-- view: co_mentions
-- says: Two people, organisations, places, projects or campaigns that stand in one sentence: how often, and when. Each
--   text counts once, and each pair stands in one row, by name.
-- example: SELECT name_a, kind_a, name_b, kind_b, article_count FROM co_mentions WHERE kind_a <> 'place' AND kind_b <> 'place' LIMIT 20
-- column entity_id_a: One of the two.
-- column name_a: Its name.
-- column kind_a: What it is. One of: person, organisation, place, project, campaign.
-- column entity_id_b: The other.
-- column name_b: Its name.
-- column kind_b: What that is.
-- column sentence_count: Sentences that name both.
-- column article_count: Articles with such a sentence.
-- column first_date: Day of the first dated issue.
-- column last_date: Day of the last dated issue.
-- column issue_count: Issues behind the row.
-- column undated_issue_count: Issues of these whose day is not known exactly.
-- column rejected_file_count: Files refused in the whole lake: what they named is not counted.
CREATE OR REPLACE VIEW co_mentions AS
WITH named AS (
    SELECT DISTINCT m.entity_id, e.name, e.kind, m.article_id, m.sentence_start, a.issue_id, a.published_on
    FROM mentions AS m
    JOIN entities AS e ON e.entity_id = m.entity_id
    JOIN articles AS a ON a.article_id = m.article_id AND a.is_canonical
)
SELECT a.entity_id AS entity_id_a, a.name AS name_a, a.kind AS kind_a,
    b.entity_id AS entity_id_b, b.name AS name_b, b.kind AS kind_b,
    count(*) AS sentence_count,
    count(DISTINCT a.article_id) AS article_count,
    min(a.published_on) AS first_date,
    max(a.published_on) AS last_date,
    count(DISTINCT a.issue_id) AS issue_count,
    count(DISTINCT CASE WHEN a.published_on IS NULL THEN a.issue_id END) AS undated_issue_count,
    (SELECT count(DISTINCT file_name) FROM rejects) AS rejected_file_count
FROM named AS a
JOIN named AS b ON b.article_id = a.article_id AND b.sentence_start = a.sentence_start
    AND (a.name, a.entity_id) < (b.name, b.entity_id)
GROUP BY ALL
ORDER BY article_count DESC, sentence_count DESC, name_a, name_b, entity_id_a, entity_id_b;
