-- view: figure_growth
-- says: One measure of one subject from the first day that figures speak of to the last, and how it grew between. Values
--   that are the same in both stand here too; a series of one value does not.
-- example: SELECT subject, measure_key, first_as_of, first_printed, last_as_of, last_printed, change_share FROM figure_growth
--   WHERE change <> 0 ORDER BY issue_count DESC LIMIT 20
-- column series_id: The series: subject, group, measure, unit and span.
-- column subject: Whose figure it is.
-- column measure_key: What is counted.
-- column group_noun: Of what things, where the sentence counts them.
-- column group_count: How many things these are.
-- column norm_unit: Unit of the values.
-- column span: What the values are of, as in figure_timeline.
-- column first_as_of: First day that a figure speaks of.
-- column first_value: The value then.
-- column first_printed: The same as printed.
-- column last_as_of: Last day that a figure speaks of.
-- column last_value: The value then.
-- column last_printed: The same as printed.
-- column change: The last value less the first.
-- column change_share: That as a share of the first value.
-- column day_count: Days between the two.
-- column value_count: Days with a value, both included.
-- column differing_text_count: Texts that print another value than the one taken for its day.
-- column issue_count: Issues behind the series.
-- column undated_issue_count: Issues of these whose day is not known exactly.
-- column rejected_file_count: Files refused in the whole lake: what they printed is not counted.
CREATE OR REPLACE VIEW figure_growth AS
WITH ends AS (
    SELECT series_id, subject, measure_key, group_noun, group_count, norm_unit, span,
        min(as_of) AS first_as_of, arg_min(norm_value, as_of) AS first_value, arg_min(printed, as_of) AS first_printed,
        max(as_of) AS last_as_of, arg_max(norm_value, as_of) AS last_value, arg_max(printed, as_of) AS last_printed,
        count(*) AS value_count, sum(differing_text_count)::BIGINT AS differing_text_count,
        max(issue_count) AS issue_count, max(undated_issue_count) AS undated_issue_count
    FROM figure_timeline WHERE as_of IS NOT NULL GROUP BY ALL
)
SELECT series_id, subject, measure_key, group_noun, group_count, norm_unit, span, first_as_of, first_value, first_printed,
    last_as_of, last_value, last_printed, last_value - first_value AS change,
    ((last_value - first_value) / nullif(first_value, 0))::DOUBLE AS change_share,
    date_diff('day', first_as_of, last_as_of) AS day_count, value_count, differing_text_count, issue_count,
    undated_issue_count, (SELECT count(DISTINCT file_name) FROM rejects) AS rejected_file_count
FROM ends
WHERE value_count > 1
ORDER BY issue_count DESC, series_id;
