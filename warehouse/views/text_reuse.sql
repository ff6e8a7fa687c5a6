-- view: text_reuse
-- says: One passage that two articles share, with both papers and days; standing phrases and forms are left out.
--   Copies and versions of one text are here too (is_same_text); a text printed often is shown for its first prints.
-- example: SELECT published_on_a, newspaper_id_a, published_on_b, newspaper_id_b, passage FROM text_reuse
--   WHERE NOT is_same_text ORDER BY char_count DESC LIMIT 20
-- column article_id_a: The earlier print.
-- column newspaper_id_a: Its paper.
-- column published_on_a: Its day; null where it is not known exactly.
-- column headline_a: Its headline.
-- column article_id_b: The later print.
-- column newspaper_id_b: Its paper.
-- column published_on_b: Its day; null where it is not known exactly.
-- column headline_b: Its headline.
-- column days_between: Days from a to b; null where one is not known.
-- column passage: The words, as article a has them.
-- column char_count: Han characters and digits of the passage.
-- column similarity_share: Share of them that is equal in both (0 to 1).
-- column share_of_a: What share of a's body the passage is (0 to 1).
-- column share_of_b: What share of b's body it is (0 to 1).
-- column is_same_text: True where both are prints of one text (clusters).
-- column likely_source: Whose words they are, as far as the print says: the agency that a dateline of the two names,
--   else the paper of the earlier day; null where both days are one or unknown, and where that paper is.
CREATE OR REPLACE VIEW text_reuse AS
WITH printed AS (
    SELECT article_id, newspaper_id, published_on, headline, body, char_count, cluster_id,
        nullif(regexp_extract(substr(body, 1, 80),
            '(新华社|中新社|中国新闻社|新华网|中新网|人民网|央视网|路透社|法新社|美联社|塔斯社|俄新社|共同社)[^。\n]{0,24}[电讯]', 1), '')
            AS agency
    FROM articles
)
SELECT r.article_id_a, a.newspaper_id AS newspaper_id_a, a.published_on AS published_on_a, a.headline AS headline_a,
    r.article_id_b, b.newspaper_id AS newspaper_id_b, b.published_on AS published_on_b, b.headline AS headline_b,
    date_diff('day', a.published_on, b.published_on) AS days_between,
    substr(a.body, start_char_a + 1, end_char_a - start_char_a) AS passage,
    r.char_count, r.similarity_share,
    (end_char_a - start_char_a) / a.char_count AS share_of_a,
    (end_char_b - start_char_b) / b.char_count AS share_of_b,
    coalesce(a.cluster_id = b.cluster_id, false) AS is_same_text,
    coalesce(a.agency, b.agency,
        CASE WHEN a.published_on < b.published_on THEN nullif(a.newspaper_id, 'unknown') END) AS likely_source
FROM reuse AS r
JOIN printed AS a ON a.article_id = r.article_id_a
JOIN printed AS b ON b.article_id = r.article_id_b
WHERE NOT r.is_boilerplate
ORDER BY published_on_a, r.article_id_a, start_char_a, r.article_id_b, start_char_b;
