-- view: quotes_by_speaker
-- says: One quotation with who said it, by speaker and day. Each text counts once: quotations of reprints are in quotes.
-- example: SELECT speaker, speaker_title, published_on, text FROM quotes_by_speaker
--   WHERE speaker_entity_id IS NOT NULL ORDER BY quote_count DESC, speaker, published_on LIMIT 20
-- column speaker_entity_id: The speaker; null where the text leaves it open.
-- column speaker: The speaker's name, else the words that say who speaks (会议, 该局负责人).
-- column speaker_title: The speaker's office or role as the article prints it.
-- column published_on: Day of the issue; null where it is not known exactly.
-- column newspaper_id: Slug of the paper.
-- column headline: Headline of the article.
-- column text: The words.
-- column is_direct: True in quotation marks.
-- column quote_id: The quotation.
-- column article_id: The article.
-- column quote_count: Quotations of this speaker: in the lake, or in the article where the speaker is no entity (会议, 该局负责人 of
--   two articles may be two); 1 where nobody is named.
-- column issue_count: Issues of these quotations.
-- column undated_issue_count: Issues of these whose day is not known exactly.
-- column rejected_file_count: Files refused in the whole lake: what they printed is not counted.
CREATE OR REPLACE VIEW quotes_by_speaker AS
SELECT q.speaker_entity_id, coalesce(e.name, q.speaker, q.speaker_words) AS speaker, q.speaker_title,
    a.published_on, a.newspaper_id, a.headline, q.text, q.is_direct, q.quote_id, q.article_id,
    count(*) OVER one_speaker AS quote_count,
    count(DISTINCT a.issue_id) OVER one_speaker AS issue_count,
    count(DISTINCT CASE WHEN a.published_on IS NULL THEN a.issue_id END) OVER one_speaker AS undated_issue_count,
    (SELECT count(DISTINCT file_name) FROM rejects) AS rejected_file_count
FROM quotes AS q
JOIN articles AS a ON a.article_id = q.article_id AND a.is_canonical
LEFT JOIN entities AS e ON e.entity_id = q.speaker_entity_id
WINDOW one_speaker AS (PARTITION BY coalesce(
    q.speaker_entity_id, q.article_id || ' ' || coalesce(q.speaker, q.speaker_words), q.quote_id))
ORDER BY speaker NULLS LAST, q.speaker_entity_id, a.published_on NULLS LAST, q.quote_id;
