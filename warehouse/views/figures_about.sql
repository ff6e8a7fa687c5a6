-- table macro: figures_about(words)
-- says: Figures whose sentence holds all the words, newest first; each text counts once. Words are parted by spaces.
-- example: SELECT published_on, printed, measure, subject, sentence FROM figures_about('老人') LIMIT 20
-- parameter words: What the sentence says: one or several words with spaces between.
-- column published_on: Day of the issue; null where it is not known exactly.
-- column newspaper_id: Slug of the paper.
-- column printed: The figure as printed.
-- column norm_value: The number in norm_unit; null where the unit has no norm.
-- column norm_unit: The unit that compares.
-- column comparator: How the number stands to the true one.
-- column measure: What is counted.
-- column subject: Whose figure it is; null where the text leaves it open.
-- column period_start: First day that it speaks of; null where open.
-- column period_end: Last day that it speaks of; null where open.
-- column sentence: The sentence.
-- column figure_id: The figure: see explain_figure.
-- column article_id: The article.
CREATE OR REPLACE MACRO figures_about(words) AS TABLE
WITH asked AS (
    SELECT list_filter(regexp_split_to_array(words, '[\s\p{Z}]+'), lambda word: word <> '') AS wanted
)
SELECT a.published_on, a.newspaper_id, f.printed, f.norm_value, f.norm_unit, f.comparator, f.measure, e.name AS subject,
    f.period_start, f.period_end, f.sentence, f.figure_id, f.article_id
FROM figures AS f
JOIN asked ON len(wanted) > 0 AND list_bool_and(list_transform(wanted, lambda word: contains(f.sentence, word)))
JOIN articles AS a ON a.article_id = f.article_id AND a.is_canonical
LEFT JOIN entities AS e ON e.entity_id = f.subject_entity_id
ORDER BY a.date_upper DESC NULLS LAST, f.article_id, f.start_char;
