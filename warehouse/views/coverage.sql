-- view: coverage
-- says: One paper: what the lake holds of it, and what it lacks.
-- example: SELECT newspaper, first_date, last_date, issue_count, missing_issue_count FROM coverage
-- column newspaper_id: Slug of the paper; unknown where nothing says it.
-- column newspaper: The paper's name as printed.
-- column first_date: Earliest issue of known date.
-- column last_date: Latest issue of known date.
-- column issue_count: Issues, dated or not.
-- column undated_issue_count: Issues of these whose day is not known exactly.
-- column missing_issue_count: Issues expected and not seen; see issue_calendar for how they are expected.
-- column page_count: Pages.
-- column article_count: Articles, reprints included.
-- column canonical_article_count: Texts, each counted once.
-- column char_count: Characters of all articles' bodies.
-- column rejected_file_count: Files refused in the whole lake: a refused file says no paper.
CREATE OR REPLACE VIEW coverage AS
WITH gaps AS (
    SELECT newspaper_id, sum(greatest(issues_expected - issues_seen, 0))::BIGINT AS missing_issue_count
    FROM issue_calendar GROUP BY newspaper_id
), paper_pages AS (
    SELECT newspaper_id, count(*) AS page_count FROM pages JOIN issues USING (issue_id) GROUP BY newspaper_id
), paper_articles AS (
    SELECT newspaper_id, count(*) AS article_count, count(*) FILTER (is_canonical) AS canonical_article_count,
        sum(char_count)::BIGINT AS char_count
    FROM articles GROUP BY newspaper_id
), paper_issues AS (
    SELECT newspaper_id, min(newspaper) AS newspaper, min(issue_date) AS first_date, max(issue_date) AS last_date,
        count(*) AS issue_count, count(*) FILTER (NOT is_exact_date) AS undated_issue_count
    FROM issues GROUP BY newspaper_id
)
SELECT newspaper_id, newspaper, first_date, last_date, issue_count, undated_issue_count,
    coalesce(missing_issue_count, 0) AS missing_issue_count,
    coalesce(page_count, 0) AS page_count,
    coalesce(article_count, 0) AS article_count,
    coalesce(canonical_article_count, 0) AS canonical_article_count,
    coalesce(char_count, 0) AS char_count,
    (SELECT count(DISTINCT file_name) FROM rejects) AS rejected_file_count
FROM paper_issues
LEFT JOIN gaps USING (newspaper_id)
LEFT JOIN paper_pages USING (newspaper_id)
LEFT JOIN paper_articles USING (newspaper_id)
ORDER BY newspaper_id;
