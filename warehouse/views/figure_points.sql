-- view: figure_points
-- says: One measure of one subject as one article gives it for one period, in a unit that compares. Left out is what an
--   article gives several values for, what is of days that nothing tells (`春节期间`, `去年同期`), and what says no
--   subject, measure or comparable unit: those are in figures. What the first month, quarter or half of a year brought
--   stands in two series, of two spans.
-- example: SELECT subject, measure_key, as_of, norm_value, norm_unit, sentence FROM figure_points
--   ORDER BY subject, measure_key, as_of LIMIT 20
-- column series_id: The series it belongs to: subject, group, measure, unit and span.
-- column subject_entity_id: Whose figure it is.
-- column subject: Name of that.
-- column measure_key: What is counted.
-- column group_noun: Of what things, where the sentence counts them.
-- column group_count: How many things these are.
-- column norm_unit: Unit of norm_value.
-- column span: What the value is of, where it does not count from the beginning of the year and is no day: P1M one month,
--   P3M a quarter, 2021-01-01/.. what has come since that day, .. what has come by a day, or is there on it, where the
--   same is told of years as well. Values of one span alone follow each other.
-- column as_of: Day it speaks of: the last of a period that words name, else the day on which its text was first printed
--   with this value (a reprint is no later state), else the last on which that may have appeared.
-- column period_start: First day of the period; null where open.
-- column period_end: Last day of the period; null where open.
-- column norm_value: The value.
-- column comparator: How the value stands to the true one.
-- column printed: The figure as printed.
-- column sentence: The sentence that prints it.
-- column figure_id: The figure.
-- column article_id: The article.
-- column text_id: The text: reprints share it.
-- column is_canonical: False for a reprint.
-- column issue_id: The issue.
-- column newspaper_id: Slug of the paper.
-- column published_on: Day of the issue; null where it is not known exactly.
CREATE OR REPLACE VIEW figure_points AS
WITH told AS (
    SELECT *, coalesce(period_start < period_end, false) AS is_of_days,
        concat_ws(' ', subject_entity_id, group_noun, group_count, measure_key, norm_unit) AS measure_id
    FROM figures WHERE subject_entity_id IS NOT NULL AND measure_key IS NOT NULL AND norm_value IS NOT NULL
), spans_of_time AS (
    SELECT *,
        CASE WHEN NOT is_of_days OR period_start = date_trunc('year', period_end) THEN NULL
            WHEN day(period_start) = 1 AND period_end = last_day(period_end) AND year(period_start) = year(period_end)
                THEN 'P' || (date_diff('month', period_start, period_end) + 1) || 'M'
            ELSE period_start || '/..' END AS own_span
    FROM told
    UNION ALL
    SELECT *, 'P' || month(period_end) || 'M'
    FROM told
    WHERE is_of_days AND period_start = date_trunc('year', period_end) AND period_end = last_day(period_end)
        AND month(period_end) IN (1, 3, 6)
), mixed AS (
    SELECT measure_id FROM spans_of_time WHERE own_span IS NULL
    GROUP BY measure_id HAVING bool_or(is_of_days) AND NOT bool_and(is_of_days)
), keyed AS (
    SELECT f.*, e.name AS subject, a.issue_id, a.newspaper_id, a.published_on, a.date_upper, a.is_canonical,
        coalesce(a.cluster_id, a.article_id) AS text_id,
        CASE WHEN own_span IS NULL AND NOT is_of_days AND m.measure_id IS NOT NULL THEN '..' ELSE own_span END AS span,
        concat_ws(' ', f.measure_id, span) AS series_id
    FROM spans_of_time AS f
    JOIN entities AS e ON e.entity_id = f.subject_entity_id
    JOIN articles AS a ON a.article_id = f.article_id
    LEFT JOIN mixed AS m ON m.measure_id = f.measure_id
    WHERE f.period_basis IS NOT NULL OR a.published_on IS NULL -- else its words name days that nothing tells
)
SELECT series_id, subject_entity_id, subject, measure_key, group_noun, group_count, norm_unit, span,
    coalesce(CASE WHEN period_basis <> 'issue' THEN period_end END,
        min(published_on) OVER one_value, min(date_upper) OVER one_value) AS as_of,
    period_start, period_end, norm_value, comparator, printed, sentence, figure_id, article_id, text_id, is_canonical,
    issue_id, newspaper_id, published_on
FROM keyed
WINDOW one_point AS (PARTITION BY article_id, series_id, period_start, period_end),
    one_value AS (PARTITION BY text_id, series_id, norm_value)
QUALIFY min(norm_value) OVER one_point = max(norm_value) OVER one_point
    AND row_number() OVER (PARTITION BY article_id, series_id, period_start, period_end ORDER BY start_char) = 1;
