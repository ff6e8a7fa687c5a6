-- table macro: search(words)
-- says: Articles whose headline, kicker, subhead or body hold all the words, the best first. Words are parted by
--   spaces, and each is looked for as it stands: a phrase without spaces is one word, "two words" in quotes are one
--   phrase, -word must not stand there. Scripts, cases and widths are one. Narrow it by WHERE, page it by LIMIT.
--   Without a word that must stand nothing is found.
-- example: SELECT published_on, newspaper_id, headline, highlighted FROM search('项目 投资') LIMIT 20
-- parameter words: What to look for: one to six words with spaces between, and any number of -words.
-- column published_on: Day of the issue; null where it is not known exactly.
-- column newspaper_id: Slug of the paper.
-- column headline: Headline of the article.
-- column excerpt: The body around the first place where a word stands; its beginning where none stands in it.
-- column article_id: The article.
-- column is_canonical: False for a reprint of an article that is also in the lake: these come last.
-- column score: How well the words fit (docs/search.md); compares the rows of one search alone.
-- column kind: What sort of article it is.
-- column highlighted: The excerpt with the words in 【】.
-- column date_lower: The issue did not appear before this day.
-- column date_upper: The issue did not appear after this day.
CREATE OR REPLACE MACRO search(words) AS TABLE
WITH texts AS (
    SELECT *, concat_ws(chr(10), kicker, headline, subhead) AS head,
        concat_ws(chr(10), kicker, headline, subhead, body) AS whole
    FROM articles
), hits AS (
    SELECT *,
        (search_score(words, 1, head, body, char_count)
            + search_score(words, 2, head, body, char_count)
            + search_score(words, 3, head, body, char_count)
            + search_score(words, 4, head, body, char_count)
            + search_score(words, 5, head, body, char_count)
            + search_score(words, 6, head, body, char_count)) * search_is_near(words, whole) AS score,
        greatest(position(regexp_extract(body, search_any(words)) IN body) - 15, 1) AS excerpt_start
    FROM texts
    WHERE search_can(words)
        AND search_holds(words, 1, whole)
        AND search_holds(words, 2, whole)
        AND search_holds(words, 3, whole)
        AND search_holds(words, 4, whole)
        AND search_holds(words, 5, whole)
        AND search_holds(words, 6, whole)
        AND NOT coalesce(regexp_matches(whole, search_refused(words)), false)
)
SELECT published_on, newspaper_id, headline, substr(body, excerpt_start, 60) AS excerpt, article_id, is_canonical,
    score, kind,
    regexp_replace(substr(body, excerpt_start, 60), '(' || search_any(words) || ')', '【\1】', 'g') AS highlighted,
    date_lower, date_upper
FROM hits
ORDER BY is_canonical DESC, score DESC, date_upper DESC NULLS LAST, article_id;
