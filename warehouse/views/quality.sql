-- view: quality
-- says: One paper and month: how well its pages read, and what is wrong with its articles.
-- example: SELECT newspaper_id, month, ocr_quality_share, damage FROM quality ORDER BY ocr_quality_share LIMIT 10
-- column newspaper_id: Slug of the paper; unknown where nothing says it.
-- column month: First day of the month; null where the issue's day is not known exactly.
-- column issue_count: Issues behind the row.
-- column undated_issue_count: Issues of these whose day is not known exactly.
-- column page_count: Pages behind the row.
-- column ocr_quality_share: Mean share of a page that reads as undamaged print (0 to 1).
-- column worst_page_id: The page with the lowest share.
-- column damage: Kinds of damage with the number of pages that show each, the commonest first.
-- column article_count: Articles behind the row.
-- column article_quality_share: Mean quality_share of the articles (0 to 1).
-- column flagged_article_count: Articles with at least one flag.
-- column flags: Flags with the number of articles that carry each, the commonest first.
-- column rejected_file_count: Files refused in the whole lake: a refused file says no paper.
CREATE OR REPLACE VIEW quality AS
WITH placed AS (
    SELECT issue_id, newspaper_id, is_exact_date, date_trunc('month', issue_date)::DATE AS month FROM issues
), tallies AS (
    SELECT newspaper_id, month, 'damage' AS aspect, unnest(damage) AS word FROM pages JOIN placed USING (issue_id)
    UNION ALL
    SELECT placed.newspaper_id, month, 'flags', unnest(flags) FROM articles JOIN placed USING (issue_id)
), counted AS (
    SELECT newspaper_id, month, aspect, word, count(*) AS times FROM tallies GROUP BY ALL
), listed AS (
    SELECT newspaper_id, month,
        string_agg(word || ' ' || times, ', ' ORDER BY times DESC, word) FILTER (aspect = 'damage') AS damage,
        string_agg(word || ' ' || times, ', ' ORDER BY times DESC, word) FILTER (aspect = 'flags') AS flags
    FROM counted GROUP BY newspaper_id, month
), month_issues AS (
    SELECT newspaper_id, month, count(*) AS issue_count, count(*) FILTER (NOT is_exact_date) AS undated_issue_count
    FROM placed GROUP BY newspaper_id, month
), month_pages AS (
    SELECT newspaper_id, month, count(*) AS page_count, avg(ocr_quality_share) AS ocr_quality_share,
        arg_min(page_id, (ocr_quality_share, page_id)) AS worst_page_id
    FROM pages JOIN placed USING (issue_id) GROUP BY newspaper_id, month
), month_articles AS (
    SELECT placed.newspaper_id, month, count(*) AS article_count, avg(quality_share) AS article_quality_share,
        count(*) FILTER (len(flags) > 0) AS flagged_article_count
    FROM articles JOIN placed USING (issue_id) GROUP BY placed.newspaper_id, month
)
SELECT i.newspaper_id, i.month, issue_count, undated_issue_count,
    coalesce(page_count, 0) AS page_count, ocr_quality_share, worst_page_id, coalesce(damage, '') AS damage,
    coalesce(article_count, 0) AS article_count, article_quality_share,
    coalesce(flagged_article_count, 0) AS flagged_article_count, coalesce(flags, '') AS flags,
    (SELECT count(DISTINCT file_name) FROM rejects) AS rejected_file_count
FROM month_issues AS i
LEFT JOIN month_pages AS p ON p.newspaper_id = i.newspaper_id AND p.month IS NOT DISTINCT FROM i.month
LEFT JOIN month_articles AS a ON a.newspaper_id = i.newspaper_id AND a.month IS NOT DISTINCT FROM i.month
LEFT JOIN listed AS l ON l.newspaper_id = i.newspaper_id AND l.month IS NOT DISTINCT FROM i.month
ORDER BY i.newspaper_id, i.month;
