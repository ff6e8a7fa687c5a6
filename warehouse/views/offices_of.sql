-- table macro: offices_of(person)
-- says: The offices of everyone of a name, each person's in one sentence, oldest first. Two people of one name are two rows.
--   No rows: nobody of this name is printed with an office; entities has all names.
-- example: SELECT person, offices, issue_count FROM offices_of('沈雪琴')
-- parameter person: The name, or another one that the lake knows the person by.
-- column person_entity_id: The person.
-- column person: The name.
-- column offices: Each office as printed, with the first and last day of a dated issue that names it; `undated` where none is.
-- column office_count: How many offices these are.
-- column issue_count: Issues that name the person with an office.
-- column undated_issue_count: Issues of these whose day is not known exactly.
-- column rejected_file_count: Files refused in the whole lake: what they named is not counted.
CREATE OR REPLACE MACRO offices_of(person) AS TABLE
WITH asked AS (
    SELECT e.entity_id AS its_id, e.name AS its_name FROM entities AS e
    WHERE e.kind = 'person' AND (e.name = person OR list_contains(e.aliases, person))
), held AS (
    SELECT k.its_id, k.its_name, m.title, min(a.published_on) AS first_date, max(a.published_on) AS last_date,
        list(DISTINCT a.issue_id) AS issues,
        list(DISTINCT a.issue_id) FILTER (a.published_on IS NULL) AS undated
    FROM asked AS k
    JOIN mentions AS m ON m.entity_id = k.its_id AND m.title IS NOT NULL
    JOIN articles AS a ON a.article_id = m.article_id
    GROUP BY k.its_id, k.its_name, m.title
), told AS (
    SELECT *, title || ' (' || CASE
        WHEN first_date IS NULL THEN 'undated'
        WHEN first_date = last_date THEN first_date::VARCHAR
        ELSE first_date::VARCHAR || ' to ' || last_date::VARCHAR END || ')' AS office
    FROM held
)
SELECT its_id AS person_entity_id, its_name AS person,
    string_agg(office, '; ' ORDER BY first_date NULLS LAST, title) AS offices,
    count(*) AS office_count,
    len(list_distinct(flatten(list(issues)))) AS issue_count,
    coalesce(len(list_distinct(flatten(list(undated)))), 0) AS undated_issue_count,
    (SELECT count(DISTINCT file_name) FROM rejects) AS rejected_file_count
FROM told
GROUP BY its_id, its_name
ORDER BY issue_count DESC, its_id;
