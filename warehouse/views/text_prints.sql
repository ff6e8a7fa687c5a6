-- view: text_prints
-- says: One print of a text that was printed more than once, the first print first: where it stood, how long after the
--   first, and how much of the text it has.
-- example: SELECT print_no, published_on, newspaper_id, headline, days_after_first FROM text_prints ORDER BY cluster_id, print_no
-- column cluster_id: The text.
-- column print_no: 1 for the first print, and so on, by the first day on which each may have appeared, as is_canonical and
--   novelty_share count; prints of which nothing says when come last.
-- column print_count: How many articles print the text.
-- column newspaper_id: Slug of the paper.
-- column published_on: Day of the issue; null where it is not known exactly.
-- column days_after_first: Days since the first print; null where one of the two days is not known.
-- column headline: Headline of this print.
-- column role: How it stands to the text. One of: canonical, copy, variant, excerpt.
-- column similarity_share: Share of the canonical print and this one that is aligned, character by character.
-- column article_id: The article.
CREATE OR REPLACE VIEW text_prints AS
SELECT m.cluster_id,
    row_number() OVER one_text AS print_no,
    count(*) OVER (PARTITION BY m.cluster_id) AS print_count,
    a.newspaper_id, a.published_on,
    date_diff('day', first_value(a.published_on) OVER one_text, a.published_on) AS days_after_first,
    a.headline, m.role, m.similarity_share, m.article_id
FROM cluster_members AS m
JOIN articles AS a ON a.article_id = m.article_id
WINDOW one_text AS (PARTITION BY m.cluster_id ORDER BY a.date_lower NULLS LAST, m.role <> 'canonical', m.article_id)
ORDER BY m.cluster_id, print_no;
