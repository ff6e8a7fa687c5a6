-- table macro: explain(article_id)
-- says: An article piece by piece: what the page prints, which rule changed it, what the lake holds. No rows: the lake has
--   no article of this id; id_aliases tells what became of one that was renamed.
-- example: SELECT part, raw_text, rule_id, clean_text
--   FROM explain((SELECT min(article_id) FROM spans WHERE rule_id IS NOT NULL)) WHERE rule_id IS NOT NULL
-- parameter article_id: The article.
-- column part: Which text of the article.
-- column span_no: Place of the piece in its part, from 1.
-- column raw_text: The piece as the page prints it.
-- column rule_id: The rule that changed it; null where it stands as printed.
-- column clean_text: The piece as the lake holds it; empty where characters were removed.
-- column page_id: The page.
-- column raw_start: Where the piece begins in pages.raw_text.
-- column raw_end: Where it ends.
CREATE OR REPLACE MACRO explain(article_id) AS TABLE
WITH pieces AS (
    SELECT s.*, substr(p.raw_text, s.raw_start + 1, s.raw_end - s.raw_start) AS printed
    FROM spans AS s JOIN pages AS p ON p.page_id = s.page_id
    WHERE s.article_id = article_id
)
SELECT part, span_no, printed AS raw_text, rule_id, coalesce("after", printed) AS clean_text,
    page_id, raw_start, raw_end
FROM pieces
ORDER BY list_position(['kicker', 'headline', 'subhead', 'section', 'body'], part), span_no;
