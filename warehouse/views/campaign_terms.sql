-- view: campaign_terms
-- says: One quoted term of a campaign in one paper and month: how often it was printed.
-- example: SELECT month, newspaper_id, term, article_count FROM campaign_terms ORDER BY article_count DESC LIMIT 20
-- column campaign_entity_id: The campaign.
-- column term: Its name.
-- column newspaper_id: Slug of the paper; unknown where nothing says it.
-- column month: First day of the month; null where the issue's day is not known exactly.
-- column mention_count: Namings, reprints included.
-- column article_count: Articles, each text counted once (reprints are left out).
-- column first_date: Day of the first dated issue of any paper that names it.
-- column issue_count: Issues behind the row.
-- column undated_issue_count: Issues of these whose day is not known exactly.
-- column rejected_file_count: Files refused in the whole lake: what they named is not counted.
CREATE OR REPLACE VIEW campaign_terms AS
SELECT m.entity_id AS campaign_entity_id, e.name AS term, a.newspaper_id,
    date_trunc('month', a.published_on)::DATE AS month,
    count(*) AS mention_count,
    count(DISTINCT a.article_id) FILTER (a.is_canonical) AS article_count,
    e.first_date,
    count(DISTINCT a.issue_id) AS issue_count,
    count(DISTINCT a.issue_id) FILTER (a.published_on IS NULL) AS undated_issue_count,
    (SELECT count(DISTINCT file_name) FROM rejects) AS rejected_file_count
FROM mentions AS m
JOIN entities AS e ON e.entity_id = m.entity_id
JOIN articles AS a ON a.article_id = m.article_id
WHERE m.kind = 'campaign'
GROUP BY m.entity_id, e.name, e.first_date, a.newspaper_id, month
ORDER BY term, campaign_entity_id, month NULLS LAST, a.newspaper_id;
