-- view: figure_timeline
-- says: One measure of one subject followed across issues: a row a day that figures speak of, with the value that most
--   texts print, the change since the row before, and the sentence that proves it. What one month or quarter brought is
--   another series than what the year had brought by then.
-- example: SELECT as_of, norm_value, change, published_on, sentence FROM figure_timeline
--   WHERE measure_key = '完成投资' ORDER BY subject, group_count, as_of
-- column series_id: The series: subject, group, measure, unit and span.
-- column subject_entity_id: Whose figure it is.
-- column subject: Name of that.
-- column measure_key: What is counted.
-- column group_noun: Of what things, where the sentence counts them.
-- column group_count: How many things these are.
-- column span: What the value is of, where it does not count from the beginning of the year and is no day: P1M one month,
--   P3M a quarter, 2021-01-01/.. what has come since that day, .. what has come by a day, or is there on it, where the
--   same is told of years as well. Values of one span alone follow each other.
-- column as_of: Day the value speaks of, as in figure_points; null where nothing says when it was printed.
-- column period_start: First day of the period; null where open.
-- column period_end: Last day of the period; null where open.
-- column norm_value: The value that most texts print; of equals the one printed first.
-- column norm_unit: Its unit.
-- column comparator: How the value stands to the true one.
-- column change: The value less that of the row before in its series; null in the first, and where as_of is.
-- column change_share: The change as a share of the value before.
-- column printed: The figure as printed.
-- column sentence: The sentence that prints it.
-- column published_on: Day of the issue that prints it first; null where it is not known exactly.
-- column newspaper_id: Slug of that paper.
-- column article_id: That article.
-- column figure_id: That figure: see explain_figure.
-- column agreeing_text_count: Texts that print this value for this day, reprints counted once.
-- column differing_text_count: Texts that print another.
-- column issue_count: Issues behind the whole series.
-- column undated_issue_count: Issues of these whose day is not known exactly.
-- column rejected_file_count: Files refused in the whole lake: what they printed is not counted.
CREATE OR REPLACE VIEW figure_timeline AS
WITH backed AS (
    SELECT *,
        count(DISTINCT text_id) OVER (PARTITION BY series_id, as_of, norm_value) AS agreeing_text_count,
        count(DISTINCT text_id) OVER (PARTITION BY series_id, as_of) AS text_count,
        count(DISTINCT issue_id) OVER (PARTITION BY series_id) AS issue_count,
        count(DISTINCT CASE WHEN published_on IS NULL THEN issue_id END) OVER (PARTITION BY series_id)
            AS undated_issue_count
    FROM figure_points
    -- The first quarter of a year follows no other quarter here: it stands in what the year had brought by then alone.
    QUALIFY bool_or(span IS NULL OR span = '..' OR period_start > date_trunc('year', period_end)) OVER (PARTITION BY series_id)
), chosen AS (
    SELECT * FROM backed
    QUALIFY row_number() OVER (
        PARTITION BY series_id, as_of
        ORDER BY agreeing_text_count DESC, published_on NULLS LAST, is_canonical DESC, figure_id) = 1
)
SELECT series_id, subject_entity_id, subject, measure_key, group_noun, group_count, span, as_of, period_start, period_end,
    norm_value, norm_unit, comparator,
    CASE WHEN as_of IS NOT NULL THEN norm_value - lag(norm_value) OVER one_series END AS change,
    (change / nullif(norm_value - change, 0))::DOUBLE AS change_share,
    printed, sentence, published_on, newspaper_id, article_id, figure_id, agreeing_text_count,
    text_count - agreeing_text_count AS differing_text_count, issue_count, undated_issue_count,
    (SELECT count(DISTINCT file_name) FROM rejects) AS rejected_file_count
FROM chosen
WINDOW one_series AS (PARTITION BY series_id ORDER BY as_of NULLS LAST)
ORDER BY issue_count DESC, series_id, as_of NULLS LAST;
