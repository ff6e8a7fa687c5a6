-- table macro: issue_contents(newspaper_id, day)
-- says: What a paper printed on a day, in the order of its pages.
-- example: SELECT page_no, article_no, headline, credits FROM issue_contents('chengxi_ribao', '2023-03-14')
-- parameter newspaper_id: Slug of the paper, as in coverage.
-- parameter day: The day, e.g. '2023-03-14'.
-- column page_no: Printed page number; null where nothing says it.
-- column article_no: Place of the article on its page.
-- column section: Banner over the article.
-- column kind: What sort of article it is.
-- column headline: Headline.
-- column credits: Who is credited, in the order of the credits.
-- column char_count: Characters of the body.
-- column print_count: How many articles print this text, this one included.
-- column article_id: The article.
CREATE OR REPLACE MACRO issue_contents(newspaper_id, day) AS TABLE
WITH credited AS (
    SELECT c.article_id, string_agg(c.name, ', ' ORDER BY c.contributor_no) AS credits
    FROM contributors AS c GROUP BY c.article_id
)
SELECT p.page_no, a.article_no, a.section, a.kind, a.headline, coalesce(c.credits, '') AS credits, a.char_count,
    coalesce(k.size, 1) AS print_count, a.article_id
FROM articles AS a
JOIN pages AS p ON p.page_id = a.page_id
LEFT JOIN credited AS c ON c.article_id = a.article_id
LEFT JOIN clusters AS k ON k.cluster_id = a.cluster_id
WHERE a.newspaper_id = newspaper_id AND a.published_on = day::DATE
ORDER BY p.page_no NULLS LAST, a.page_id, a.article_no;
