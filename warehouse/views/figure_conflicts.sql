-- view: figure_conflicts
-- says: The same subject, measure and period with two different values, in two texts: both sentences side by side, the
--   greatest difference first. Values that one of the two calls rough (约, 近, 余) and that lie within 5 % are no conflict.
-- example: SELECT subject, measure_key, period_end, printed_a, printed_b, sentence_a, sentence_b FROM figure_conflicts
--   LIMIT 20
-- column subject_entity_id: Whose figure it is.
-- column subject: Name of that.
-- column measure_key: What is counted.
-- column group_noun: Of what things, where the sentence counts them.
-- column group_count: How many things these are.
-- column span: What the values are of, as in figure_timeline.
-- column period_start: First day of the period that both name; null where open.
-- column period_end: Last day of the period that both name.
-- column norm_unit: Unit of both values.
-- column norm_value_a: The value printed first.
-- column norm_value_b: The value printed later.
-- column difference_share: How far they are apart, as a share of the greater.
-- column printed_a: The first as printed.
-- column printed_b: The later as printed.
-- column sentence_a: The sentence that prints the first.
-- column sentence_b: The sentence that prints the later.
-- column published_on_a: Day of the first issue; null where it is not known exactly.
-- column published_on_b: Day of the later issue; null where it is not known exactly.
-- column figure_id_a: The first figure.
-- column figure_id_b: The later figure.
-- column issue_count: Issues that print a value for this subject, measure and period.
-- column undated_issue_count: Issues of these whose day is not known exactly.
-- column rejected_file_count: Files refused in the whole lake: what they printed is not counted.
CREATE OR REPLACE VIEW figure_conflicts AS
WITH points AS (
    SELECT *,
        count(DISTINCT issue_id) OVER one_period AS issue_count,
        count(DISTINCT CASE WHEN published_on IS NULL THEN issue_id END) OVER one_period AS undated_issue_count
    FROM figure_points WHERE period_end IS NOT NULL AND is_canonical
        AND (span IS NULL OR span = '..' OR period_start > date_trunc('year', period_end)) -- the others stand here without a span
    WINDOW one_period AS (PARTITION BY series_id, period_start, period_end)
), pairs AS (
    SELECT a.*, b.norm_value AS norm_value_b, b.comparator AS comparator_b, b.printed AS printed_b,
        b.sentence AS sentence_b, b.published_on AS published_on_b, b.figure_id AS figure_id_b,
        (abs(a.norm_value - b.norm_value) / greatest(abs(a.norm_value), abs(b.norm_value)))::DOUBLE AS difference_share
    FROM points AS a JOIN points AS b
        ON a.series_id = b.series_id AND a.period_end = b.period_end
        AND a.period_start IS NOT DISTINCT FROM b.period_start
        AND (coalesce(a.published_on, DATE '9999-12-31'), a.figure_id)
            < (coalesce(b.published_on, DATE '9999-12-31'), b.figure_id)
        AND a.text_id <> b.text_id AND a.norm_value <> b.norm_value
)
SELECT subject_entity_id, subject, measure_key, group_noun, group_count, span, period_start, period_end, norm_unit,
    norm_value AS norm_value_a, norm_value_b, difference_share, printed AS printed_a, printed_b,
    sentence AS sentence_a, sentence_b, published_on AS published_on_a, published_on_b, figure_id AS figure_id_a,
    figure_id_b, issue_count, undated_issue_count,
    (SELECT count(DISTINCT file_name) FROM rejects) AS rejected_file_count
FROM pairs
WHERE (comparator = 'exact' AND comparator_b = 'exact') OR difference_share > 0.05
ORDER BY difference_share DESC, figure_id_a, figure_id_b;
