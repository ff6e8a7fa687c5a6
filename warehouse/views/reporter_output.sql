-- view: reporter_output
-- says: One credited name in one paper: how much it wrote, when. Two people of one name are one row here.
-- example: SELECT name, newspaper_id, article_count, char_count FROM reporter_output
--   ORDER BY article_count DESC LIMIT 20
-- column name: The name as credited.
-- column newspaper_id: Slug of the paper that printed the articles.
-- column roles: What the name is credited as: reporter, photographer...
-- column organisations: Papers and agencies named with the credits.
-- column article_count: Articles, each text counted once (reprints are left out).
-- column reprint_count: Reprints left out.
-- column char_count: Characters of these articles' bodies, shared equally among the people each article credits.
-- column first_date: Earliest of these articles whose day is known.
-- column last_date: Latest of these articles whose day is known.
-- column issue_count: Issues behind the row.
-- column undated_issue_count: Issues of these whose day is not known exactly.
-- column rejected_file_count: Files refused in the whole lake: what the name wrote there is not counted.
CREATE OR REPLACE VIEW reporter_output AS
WITH credits AS (
    SELECT article_id, name, list(DISTINCT role) AS roles, list(DISTINCT organisation) AS organisations
    FROM contributors GROUP BY article_id, name
), shared AS (
    SELECT *, count(*) OVER (PARTITION BY article_id) AS people FROM credits
)
SELECT name, a.newspaper_id,
    list_sort(list_distinct(flatten(list(roles)))) AS roles,
    list_sort(list_distinct(flatten(list(organisations)))) AS organisations,
    count(*) FILTER (is_canonical) AS article_count,
    count(*) FILTER (NOT is_canonical) AS reprint_count,
    coalesce(round(sum(char_count / people) FILTER (is_canonical)), 0)::BIGINT AS char_count,
    min(published_on) FILTER (is_canonical) AS first_date,
    max(published_on) FILTER (is_canonical) AS last_date,
    count(DISTINCT a.issue_id) AS issue_count,
    count(DISTINCT a.issue_id) FILTER (published_on IS NULL) AS undated_issue_count,
    (SELECT count(DISTINCT file_name) FROM rejects) AS rejected_file_count
FROM shared JOIN articles AS a USING (article_id)
GROUP BY name, a.newspaper_id
ORDER BY article_count DESC, name, a.newspaper_id;
