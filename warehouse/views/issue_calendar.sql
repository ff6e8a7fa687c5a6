-- view: issue_calendar
-- says: One month of one paper: issues that should be there against those that are. Issues whose month is unknown
--   stand in a row without month; refused files, which say no paper, stand under unknown.
-- example: SELECT newspaper, month, issues_seen, issues_expected FROM issue_calendar
--   WHERE issues_seen < issues_expected ORDER BY month
-- column newspaper_id: Slug of the paper; unknown where nothing says it.
-- column newspaper: The paper's name as printed.
-- column month: First day of the month; null where the month is not known.
-- column issues_expected: Days of the month between the paper's first and last known issue that fall on a weekday on
--   which the lake has ever seen it; 0 for unknown, which is no one paper.
-- column issues_seen: Days of the month with an issue of known date.
-- column undated_issue_count: Issues whose day is not known exactly, by the month that both bounds share, if any.
-- column page_count: Pages of all these issues.
-- column article_count: Articles of all these issues.
-- column rejected_file_count: Files refused, by the month that their name says, if any.
CREATE OR REPLACE VIEW issue_calendar AS
WITH placed AS (
    SELECT *, CASE WHEN date_trunc('month', date_lower) = date_trunc('month', date_upper)
        THEN date_trunc('month', date_lower)::DATE END AS month
    FROM issues
), expected_days AS (
    SELECT newspaper_id, unnest(generate_series(min(issue_date), max(issue_date), INTERVAL 1 DAY))::DATE AS day,
        list(DISTINCT isodow(issue_date)) AS weekdays
    FROM issues WHERE is_exact_date AND newspaper_id <> 'unknown' GROUP BY newspaper_id
), expected AS (
    SELECT newspaper_id, date_trunc('month', day)::DATE AS month, count(*) AS issues_expected
    FROM expected_days WHERE list_contains(weekdays, isodow(day)) GROUP BY ALL
), issue_sizes AS (
    SELECT issue_id, count(*) AS page_count FROM pages GROUP BY issue_id
), issue_articles AS (
    SELECT issue_id, count(*) AS article_count FROM articles GROUP BY issue_id
), seen AS (
    SELECT newspaper_id, month, count(DISTINCT issue_date) AS issues_seen,
        count(*) FILTER (NOT is_exact_date) AS undated_issue_count,
        sum(coalesce(page_count, 0))::BIGINT AS page_count, sum(coalesce(article_count, 0))::BIGINT AS article_count
    FROM placed LEFT JOIN issue_sizes USING (issue_id) LEFT JOIN issue_articles USING (issue_id)
    GROUP BY newspaper_id, month
), refused AS (
    SELECT 'unknown' AS newspaper_id, count(DISTINCT file_name) AS rejected_file_count,
        date_trunc('month', try_strptime(
            regexp_extract(file_name, '((19|20)\d\d)\D?(\d\d)\D?(\d\d)', 1)
                || regexp_extract(file_name, '((19|20)\d\d)\D?(\d\d)\D?(\d\d)', 3), '%Y%m'))::DATE AS month
    FROM rejects GROUP BY ALL
), months AS (
    SELECT newspaper_id, month FROM seen
    UNION SELECT newspaper_id, month FROM expected
    UNION SELECT newspaper_id, month FROM refused
), names AS (
    SELECT newspaper_id, min(newspaper) AS newspaper FROM issues GROUP BY newspaper_id
)
SELECT m.newspaper_id, newspaper, m.month,
    coalesce(issues_expected, 0) AS issues_expected,
    coalesce(issues_seen, 0) AS issues_seen,
    coalesce(undated_issue_count, 0) AS undated_issue_count,
    coalesce(page_count, 0) AS page_count,
    coalesce(article_count, 0) AS article_count,
    coalesce(rejected_file_count, 0) AS rejected_file_count
FROM months AS m
LEFT JOIN names USING (newspaper_id)
LEFT JOIN expected AS e ON e.newspaper_id = m.newspaper_id AND e.month IS NOT DISTINCT FROM m.month
LEFT JOIN seen AS s ON s.newspaper_id = m.newspaper_id AND s.month IS NOT DISTINCT FROM m.month
LEFT JOIN refused AS r ON r.newspaper_id = m.newspaper_id AND r.month IS NOT DISTINCT FROM m.month
ORDER BY m.newspaper_id, m.month;
