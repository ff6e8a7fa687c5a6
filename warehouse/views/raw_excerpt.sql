-- macro: raw_excerpt(page_id, raw_start, raw_end)
-- says: The characters that a page prints between two raw offsets.
-- example: SELECT kind, raw_excerpt(page_id, raw_start, raw_end) AS printed FROM blocks LIMIT 20
-- parameter page_id: The page.
-- parameter raw_start: Where to begin in pages.raw_text, from 0.
-- parameter raw_end: Where to end, exclusive.
CREATE OR REPLACE MACRO raw_excerpt(page_id, raw_start, raw_end) AS (
    SELECT substr(its_text, greatest(raw_start, 0) + 1, greatest(raw_end - greatest(raw_start, 0), 0))
    FROM (SELECT p.page_id AS its_id, p.raw_text AS its_text FROM pages AS p)
    WHERE its_id = page_id
);
