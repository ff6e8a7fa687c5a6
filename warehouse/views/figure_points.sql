-- view: figure_points
-- says: One measure of one subject as one article gives it for one period, in a unit that compares. Left out is what an
--   article gives several values for, and what says no subject, measure or comparable unit: those are in figures.
-- example: SELECT subject, measure_key, as_of, norm_value, norm_unit, sentence FROM figure_points
--   ORDER BY subject, measure_key, as_of LIMIT 20
-- column series_id: The series it belongs to: subject, group, measure and unit.
-- column subject_entity_id: Whose figure it is.
-- column subject: Name of that.
-- column measure_key: What is counted.
-- column group_noun: Of what things, where the sentence counts them.
-- column group_count: How many things these are.
-- column norm_unit: Unit of norm_value.
-- column as_of: Day it speaks of: the period's last, else that of the issue, else the last on which it may have appeared.
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
WITH keyed AS (
    SELECT f.*, e.name AS subject, a.issue_id, a.newspaper_id, a.published_on, a.is_canonical,
        coalesce(a.cluster_id, a.article_id) AS text_id,
        coalesce(f.period_end, a.published_on, a.date_upper) AS as_of,
        concat_ws(' ', f.subject_entity_id, f.group_noun, f.group_count, f.measure_key, f.norm_unit) AS series_id
    FROM figures AS f
    JOIN entities AS e ON e.entity_id = f.subject_entity_id
    JOIN articles AS a ON a.article_id = f.article_id
    WHERE f.measure_key IS NOT NULL AND f.norm_value IS NOT NULL
)
SELECT series_id, subject_entity_id, subject, measure_key, group_noun, group_count, norm_unit, as_of,
    period_start, period_end, norm_value, comparator, printed, sentence, figure_id, article_id, text_id, is_canonical,
    issue_id, newspaper_id, published_on
FROM keyed
WINDOW one_point AS (PARTITION BY article_id, series_id, period_start, period_end)
QUALIFY min(norm_value) OVER one_point = max(norm_value) OVER one_point
    AND row_number() OVER (PARTITION BY article_id, series_id, period_start, period_end ORDER BY start_char) = 1;
