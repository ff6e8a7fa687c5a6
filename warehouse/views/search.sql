-- table macro: search(words)
-- says: Articles whose headline or body hold all the words, newest first. Words are parted by spaces; each is looked
--   for as it stands, so a phrase without spaces is one word.
-- example: SELECT published_on, newspaper_id, headline, excerpt FROM search('项目 投资') LIMIT 20
-- parameter words: What to look for: one or several words with spaces between.
-- column published_on: Day of the issue; null where it is not known exactly.
-- column newspaper_id: Slug of the paper.
-- column headline: Headline of the article.
-- column excerpt: The body around the first word.
-- column article_id: The article.
-- column is_canonical: False for a reprint of an article that is also in the lake.
CREATE OR REPLACE MACRO search(words) AS TABLE
WITH asked AS (
    SELECT list_filter(regexp_split_to_array(words, '[\s\p{Z}]+'), lambda word: word <> '') AS wanted
), hits AS (
    SELECT a.*, greatest(position(wanted[1] IN a.body) - 20, 1) AS excerpt_start
    FROM articles AS a, asked
    WHERE len(wanted) > 0
        AND list_bool_and(list_transform(wanted,
            lambda word: contains(a.body, word) OR coalesce(contains(a.headline, word), false)))
)
SELECT published_on, newspaper_id, headline, substr(body, excerpt_start, 60) AS excerpt, article_id, is_canonical
FROM hits
ORDER BY date_upper DESC NULLS LAST, article_id;
