-- table macro: printed(article_id, start_char, end_char)
-- says: The printed characters behind a stretch of an article's body, piece by piece: for any row with offsets.
-- example: SELECT raw_text, rule_id, clean_text, page_id, raw_start, raw_end
--   FROM printed((SELECT min(article_id) FROM articles), 0, 20)
-- parameter article_id: The article.
-- parameter start_char: Where the stretch begins in the body, from 0.
-- parameter end_char: Where it ends, exclusive.
-- column piece_no: Place of the piece in the stretch, from 1.
-- column raw_text: The piece as the page prints it.
-- column rule_id: The rule that changed it; null where it stands as printed.
-- column clean_text: The piece as the body has it; empty where characters were removed.
-- column page_id: The page.
-- column raw_start: Where the piece begins in pages.raw_text.
-- column raw_end: Where it ends.
CREATE OR REPLACE MACRO printed(article_id, start_char, end_char) AS TABLE
WITH pieces AS (
    SELECT s.*,
        CASE WHEN s.rule_id IS NULL THEN s.raw_start + greatest(start_char - s.start_char, 0) ELSE s.raw_start END
            AS cut_start,
        CASE WHEN s.rule_id IS NULL THEN s.raw_end - greatest(s.end_char - end_char, 0) ELSE s.raw_end END AS cut_end
    FROM spans AS s
    WHERE s.article_id = article_id AND s.part = 'body'
        AND s.start_char < end_char
        AND (s.end_char > start_char OR (s.start_char = s.end_char AND s.start_char > start_char))
)
SELECT row_number() OVER (ORDER BY span_no) AS piece_no,
    substr(p.raw_text, cut_start + 1, cut_end - cut_start) AS raw_text, rule_id,
    coalesce("after", substr(p.raw_text, cut_start + 1, cut_end - cut_start)) AS clean_text,
    pieces.page_id, cut_start AS raw_start, cut_end AS raw_end
FROM pieces JOIN pages AS p ON p.page_id = pieces.page_id
ORDER BY span_no;
