-- view: project_status
-- says: One project as one article tells of it: phase, amounts, places and days, each as printed, oldest first.
-- example: SELECT project, published_on, phases, planned_phases, amounts FROM project_status
--   ORDER BY issue_count DESC, project, published_on LIMIT 20
-- column project_entity_id: The project.
-- column project: Its name.
-- column published_on: Day of the issue; null where it is not known exactly.
-- column newspaper_id: Slug of the paper.
-- column phases: Words of the phases that it is told to have reached, in their order: those beside its name (before it in
--   its clause, and behind it up to a semicolon or the next project's name; those of a list belong to each project), and
--   those of sentences right behind that begin with `项目` or `该工程`, where it alone was named. What is denied
--   (`尚未开工`) and what only looks like a phase (`开工率`, `施工单位`) is none. A park in which another project is told
--   to be (`甲项目在乙产业园开工`) has none of it.
-- column planned_phases: The same of phases that are still to come: `预计年底投产`, `建成后可年产`.
-- column amounts: Figures of the project or of a sentence that names it, each with its measure, and the stage that it is of.
-- column places: Places in the sentences that name it.
-- column period_end: Last day that one of these figures speaks of; null where none says it.
-- column sentence: The first sentence that names it.
-- column sentence_count: Sentences of the article that name it.
-- column article_id: The article.
-- column is_canonical: False for a reprint.
-- column issue_count: Issues that name the project.
-- column undated_issue_count: Issues of these whose day is not known exactly.
-- column rejected_file_count: Files refused in the whole lake: what they printed is not counted.
CREATE OR REPLACE MACRO project_phase() AS
    '(?:签约|落地|立项|获批|开工|动工|破土|奠基|在建|施工|合龙|贯通|封顶|竣工|完工|验收|建成|通车|并网|投产|达产|投用|投入使用'
        || '|启用|运营|交付|通水|洞通|开园|开业|试运行|停工|停建|复工|续建)';
COMMENT ON MACRO project_phase IS 'Part of project_status, which see.';
CREATE OR REPLACE MACRO project_denied() AS
    '(?:未能?|没有|不能|无法|难以|暂不|暂缓)[^，；。]{0,4}?' || project_phase() || '|' || project_phase()
        || '(?:率|单位|方案|方|图|队|企业|公司|商|中心|许可|人员|标准|条件|面积|前|任务|进度|合同|区|里程|模式|年限)';
COMMENT ON MACRO project_denied IS 'Part of project_status, which see.';
CREATE OR REPLACE MACRO project_planned() AS
    '(?:将|拟|计划|预计|有望|力争|争取|确保|可望|待|一旦|尽快|加快|早日|尽早|推动|促进|年底前|年内|明年|后年|届时)[^，；。、｜]{0,16}?'
        || project_phase() || '(?:[并、和]?' || project_phase() || ')*|(?:' || project_phase()
        || '[并、和]?)+(?:之?后|以后)，?(?:将|可|预计|每?年[产处可]|能|有望|届时|新增|日处)';
COMMENT ON MACRO project_planned IS 'Part of project_status, which see.';
CREATE OR REPLACE VIEW project_status AS
WITH printed AS (
    SELECT m.entity_id, m.article_id, m.sentence_start, m.sentence_end, m.start_char, m.end_char, a.body,
        lag(m.end_char) OVER one_sentence AS last_end,
        last_end IS NOT NULL AND substr(a.body, m.start_char, 1) IN ('在', '于') AS is_site -- of the one before it
    FROM mentions AS m JOIN articles AS a USING (article_id) WHERE m.kind = 'project'
    WINDOW one_sentence AS (PARTITION BY m.article_id, m.sentence_start ORDER BY m.start_char)
), named AS (
    SELECT *,
        min(start_char) FILTER (NOT is_site) OVER behind AS next_named,
        next_named IS NULL AND min(entity_id) FILTER (NOT is_site) OVER whole_sentence
            = max(entity_id) FILTER (NOT is_site) OVER whole_sentence AS is_alone,
        coalesce(min(start_char) FILTER (NOT is_site) OVER later, length(body)) AS next_start,
        coalesce(next_named, sentence_end) AS until
    FROM printed
    WINDOW behind AS (PARTITION BY article_id, sentence_start ORDER BY start_char
            ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING),
        whole_sentence AS (PARTITION BY article_id, sentence_start),
        later AS (PARTITION BY article_id ORDER BY start_char ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
), listed AS (
    SELECT *, count_if(last_end IS NULL OR NOT regexp_full_match(
            substr(body, last_end + 1, start_char - last_end), '[、和及与“”]+'))
        OVER (PARTITION BY article_id, sentence_start ORDER BY start_char) AS list_no
    FROM named
), sentences AS (
    SELECT entity_id, article_id, sentence_start, start_char,
        substr(body, sentence_start + 1, sentence_end - sentence_start) AS sentence,
        CASE WHEN is_site THEN '' ELSE regexp_replace(
            regexp_extract(substr(body, sentence_start + 1, min(start_char) OVER one_list - sentence_start), '[^，；：]*$'),
            '的$', '的｜')
            || regexp_extract(
                substr(body, max(end_char) OVER one_list + 1, max(until) OVER one_list - max(end_char) OVER one_list),
                '^[^；]*')
            || CASE WHEN is_alone THEN '。' || regexp_extract(
                substr(body, sentence_end + 1, least(next_start - sentence_end, 200)),
                '^(?:\s*[该本]?(?:项目|工程)[^。！？\n]*[。！？]?)*') ELSE '' END END AS beside
    FROM listed
    WINDOW one_list AS (PARTITION BY article_id, sentence_start, list_no)
), told AS (
    SELECT entity_id, article_id, arg_min(sentence, start_char) AS sentence,
        count(DISTINCT sentence_start) AS sentence_count,
        flatten(list(regexp_extract_all(
            regexp_replace(told, project_planned(), '', 'g'), project_phase()) ORDER BY start_char)) AS phases,
        flatten(list(regexp_extract_all(
            array_to_string(regexp_extract_all(told, project_planned()), '，'), project_phase()) ORDER BY start_char))
            AS planned_phases
    FROM (SELECT *, regexp_replace(beside, project_denied(), '', 'g') AS told FROM sentences)
    GROUP BY entity_id, article_id
), amounts AS (
    SELECT entity_id, article_id, list(amount ORDER BY start_char) AS amounts, max(period_end) AS period_end
    FROM (
        SELECT DISTINCT s.entity_id, f.article_id, f.start_char, f.period_end,
            concat_ws(' ', CASE WHEN contains(f.measure, '期') THEN '' ELSE
                coalesce(regexp_extract(f.measure_key, '^[一二三四五六]期'), '') END || f.measure, f.printed) AS amount
        FROM figures AS f JOIN sentences AS s
            ON s.article_id = f.article_id
            AND (f.subject_entity_id = s.entity_id
                OR (f.subject_entity_id IS NULL AND f.sentence_start = s.sentence_start)))
    GROUP BY entity_id, article_id
), places AS (
    SELECT entity_id, article_id, list(surface ORDER BY surface) AS places
    FROM (
        SELECT DISTINCT s.entity_id, m.article_id, m.surface FROM mentions AS m
        JOIN sentences AS s ON s.article_id = m.article_id AND s.sentence_start = m.sentence_start
        WHERE m.kind = 'place')
    GROUP BY entity_id, article_id
)
SELECT t.entity_id AS project_entity_id, e.name AS project, a.published_on, a.newspaper_id,
    list_filter(t.phases, lambda phase, nth: list_position(t.phases, phase) = nth) AS phases,
    list_filter(t.planned_phases, lambda phase, nth: list_position(t.planned_phases, phase) = nth) AS planned_phases,
    coalesce(amounts, []) AS amounts, coalesce(places, []) AS places, period_end, t.sentence, t.sentence_count,
    t.article_id, a.is_canonical,
    count(DISTINCT a.issue_id) OVER one_project AS issue_count,
    count(DISTINCT CASE WHEN a.published_on IS NULL THEN a.issue_id END) OVER one_project AS undated_issue_count,
    (SELECT count(DISTINCT file_name) FROM rejects) AS rejected_file_count
FROM told AS t
JOIN entities AS e ON e.entity_id = t.entity_id
JOIN articles AS a ON a.article_id = t.article_id
LEFT JOIN amounts AS n ON n.entity_id = t.entity_id AND n.article_id = t.article_id
LEFT JOIN places AS p ON p.entity_id = t.entity_id AND p.article_id = t.article_id
WINDOW one_project AS (PARTITION BY t.entity_id)
ORDER BY project, project_entity_id, a.published_on NULLS LAST, t.article_id;
