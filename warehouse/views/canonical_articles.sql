-- view: canonical_articles
-- says: One article of each text, however often it was printed: the one to count. Reprints are in articles.
-- example: SELECT published_on, newspaper_id, headline, print_count FROM canonical_articles
--   ORDER BY print_count DESC LIMIT 20
-- columns of: articles
-- column print_count: How many articles print this text, this one included.
CREATE OR REPLACE VIEW canonical_articles AS
SELECT a.*, coalesce(c.size, 1) AS print_count
FROM articles AS a
LEFT JOIN clusters AS c ON c.cluster_id = a.cluster_id
WHERE a.is_canonical;
