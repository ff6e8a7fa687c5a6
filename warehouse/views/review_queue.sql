-- view: review_queue
-- says: What needs a person's eyes, worst first, with the reason: refused files and facts, undated issues and those of a day
--   that has not come (`future_date`), pages that read badly, articles with flags, articles of which a decision was close (`doubtful_kind`, `doubtful_join`, `doubtful_order`),
--   names that may be one or two (`undecided_name`), figures that another article contradicts (`contradicted_figure`).
-- example: SELECT reason, subject_kind, subject_id, file_name, evidence FROM review_queue LIMIT 20
-- column severity_share: How bad it is (0 to 1): 1 where text is missing from the lake, else how little can be trusted.
-- column reason: What is wrong, as a stable code.
-- column subject_kind: What is meant. One of: file, issue, page, article.
-- column subject_id: Its id.
-- column file_name: Path of the file below the source root, with / between.
-- column evidence: What was seen, in words.
CREATE OR REPLACE VIEW review_queue AS
WITH sources AS (
    SELECT issue_id, page_id, file_name FROM pages JOIN files USING (file_id) WHERE status <> 'duplicate'
), decided AS (
    SELECT article_id, text, kind_log_odds AS kind, abs(join_log_odds) AS "join", order_log_odds AS "order" FROM blocks
), found AS (
    SELECT 1.0 AS severity_share, reason, 'file' AS subject_kind, subject_id, file_name, evidence FROM rejects
    WHERE stage <> 'facts'
    UNION ALL
    SELECT 0.5, reason, 'article', regexp_replace(subject_id, '(-i\d+)-[a-z]\d+$', '\1'), file_name, evidence FROM rejects
    WHERE stage = 'facts'
    UNION ALL
    SELECT 0.8, 'undated', 'issue', issue_id, min(file_name),
        coalesce(min(date_evidence), 'nothing on its pages says the day')
    FROM issues JOIN sources USING (issue_id) WHERE NOT is_exact_date GROUP BY issue_id
    UNION ALL  -- a day more than today: papers of the east are printed while it is yesterday elsewhere
    SELECT 0.8, 'future_date', 'issue', issue_id, min(file_name),
        min(format('{}, by {}: {}', issue_date, date_basis, date_evidence))
    FROM issues JOIN sources USING (issue_id) WHERE issue_date > current_date + 1 GROUP BY issue_id
    UNION ALL
    SELECT 1 - ocr_quality_share, 'damaged_page', 'page', page_id, file_name, array_to_string(damage, ', ')
    FROM pages JOIN sources USING (page_id) WHERE ocr_quality_share < 0.8
    UNION ALL
    SELECT 1 - quality_share, flag, 'article', article_id, file_name, coalesce(headline, left(body, 40))
    FROM (SELECT *, unnest(flags) AS flag FROM articles) WHERE flag <> 'undated'
    UNION ALL
    SELECT 1 / (1 + exp(min(surely))), 'doubtful_' || decision, 'article', article_id, min(file_name),
        arg_min(left(text, 40), (surely, text))
    FROM (UNPIVOT decided ON kind, "join", "order" INTO NAME decision VALUE surely) JOIN articles USING (article_id)
    WHERE surely < 1 GROUP BY article_id, decision
    UNION ALL
    SELECT least(score, 1 - score), 'undecided_name', 'article', article_id_b, file_name,
        surface_b || ': ' || evidence
    FROM entity_links JOIN articles ON article_id = article_id_b WHERE decision = 'undecided'
    UNION ALL
    SELECT least(difference_share, 0.5), 'contradicted_figure', 'article', f.article_id, file_name,
        sentence_a || ' ' || sentence_b
    FROM figure_conflicts JOIN figures AS f ON figure_id = figure_id_b JOIN articles USING (article_id)
)
SELECT round(severity_share, 4)::DOUBLE AS severity_share, reason, subject_kind, subject_id, file_name, evidence
FROM found
ORDER BY severity_share DESC, reason, subject_id, file_name, evidence;
