-- view: local_share
-- says: One paper and month: what share of its printed text is its own, that is, stood in no earlier article.
-- example: SELECT newspaper_id, month, local_share, issue_count FROM local_share ORDER BY newspaper_id, month
-- column newspaper_id: Slug of the paper; unknown where nothing says it.
-- column month: First day of the month; null where the issue's day is not known exactly.
-- column local_share: Mean novelty_share of the articles, weighted by their length (0 to 1); null without text.
-- column char_count: Characters behind the share.
-- column article_count: Articles behind the share.
-- column issue_count: Issues behind the share.
-- column undated_issue_count: Issues of these whose day is not known exactly: their texts count as of the first day on which
--   they may have appeared, and as latest where none is known.
-- column rejected_file_count: Files refused in the whole lake: what stood there is not known.
CREATE OR REPLACE VIEW local_share AS
SELECT newspaper_id, date_trunc('month', published_on)::DATE AS month,
    sum(novelty_share * char_count) / nullif(sum(char_count), 0) AS local_share,
    sum(char_count)::BIGINT AS char_count,
    count(*) AS article_count,
    count(DISTINCT issue_id) AS issue_count,
    count(DISTINCT issue_id) FILTER (published_on IS NULL) AS undated_issue_count,
    (SELECT count(DISTINCT file_name) FROM rejects) AS rejected_file_count
FROM articles
GROUP BY newspaper_id, month
ORDER BY newspaper_id, month;
