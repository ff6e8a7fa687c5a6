-- table macro: explain_figure(figure_id)
-- says: A figure back to the printed page: value, sentence, article, file and page, and the printed characters. No rows:
--   the lake has no figure of this id; id_aliases tells what became of an article that was renamed.
-- example: SELECT printed, norm_value, norm_unit, sentence, raw_text, file_name, page_no
--   FROM explain_figure((SELECT min(figure_id) FROM figures))
-- parameter figure_id: The figure.
-- column printed: The figure as the body has it.
-- column value: The number in the printed unit.
-- column unit: The unit as printed.
-- column norm_value: The number in norm_unit.
-- column norm_unit: The unit that compares.
-- column comparator: How the number stands to the true one.
-- column measure: What is counted.
-- column subject: Whose figure it is.
-- column period_start: First day that it speaks of.
-- column period_end: Last day that it speaks of.
-- column sentence: The sentence that prints it.
-- column headline: Headline of the article.
-- column published_on: Day of the issue; null where it is not known exactly.
-- column raw_text: The characters that the page prints for the figure; where its parts lie apart, joined by a space.
-- column rule_ids: Rules that changed them on the way to the body.
-- column page_id: The page.
-- column page_no: Its number in the issue.
-- column raw_start: Where the first of the characters stands in pages.raw_text.
-- column raw_end: Where the last of them ends.
-- column file_name: Path of the file below the source root.
-- column article_id: The article.
-- column rule_id: The rule that found the figure.
CREATE OR REPLACE MACRO explain_figure(figure_id) AS TABLE
WITH asked AS (
    SELECT f.*, f.figure_id AS its_id FROM figures AS f WHERE f.figure_id = figure_id
), pieces AS (
    SELECT a.its_id, s.span_no, s.page_id, s.rule_id AS changed_by,
        CASE WHEN s.rule_id IS NULL THEN s.raw_start + greatest(a.start_char - s.start_char, 0) ELSE s.raw_start END
            AS cut_start,
        CASE WHEN s.rule_id IS NULL THEN s.raw_end - greatest(s.end_char - a.end_char, 0) ELSE s.raw_end END AS cut_end
    FROM asked AS a JOIN spans AS s
        ON s.article_id = a.article_id AND s.part = 'body' AND s.start_char < a.end_char
        AND (s.end_char > a.start_char OR (s.start_char = s.end_char AND s.start_char > a.start_char))
), runs AS (
    SELECT *, cut_start IS DISTINCT FROM lag(cut_end) OVER (PARTITION BY its_id ORDER BY span_no) AS is_apart
    FROM pieces
), traced AS (
    SELECT its_id, min(r.page_id) AS page_id, min(cut_start) AS raw_start, max(cut_end) AS raw_end,
        ltrim(string_agg(CASE WHEN is_apart THEN ' ' ELSE '' END
            || substr(raw_text, cut_start + 1, cut_end - cut_start), '' ORDER BY span_no)) AS raw_text,
        coalesce(list_sort(list_distinct(list(changed_by) FILTER (changed_by IS NOT NULL))), []) AS rule_ids
    FROM runs AS r JOIN pages AS p ON p.page_id = r.page_id
    GROUP BY its_id
)
SELECT a.printed, a.value, a.unit, a.norm_value, a.norm_unit, a.comparator, a.measure, e.name AS subject,
    a.period_start, a.period_end, a.sentence, n.headline, n.published_on, t.raw_text, t.rule_ids, t.page_id, p.page_no,
    t.raw_start, t.raw_end, n.file_name, a.article_id, a.rule_id
FROM asked AS a
JOIN articles AS n ON n.article_id = a.article_id
JOIN traced AS t ON t.its_id = a.its_id
JOIN pages AS p ON p.page_id = t.page_id
LEFT JOIN entities AS e ON e.entity_id = a.subject_entity_id;
