-- view: people_roles
-- says: One office of one person as printed, with the first and last issue that names the person with it.
-- example: SELECT person, title, first_date, last_date, issue_count FROM people_roles
--   ORDER BY person, first_date LIMIT 20
-- column person_entity_id: The person.
-- column person: The name.
-- column title: The office or role as printed.
-- column organisations: Organisations that the printed office names.
-- column first_date: Day of the first dated issue that names it.
-- column last_date: Day of the last dated issue that names it.
-- column first_issue_id: That first issue; where none is dated, the one whose id comes first.
-- column last_issue_id: That last issue.
-- column article_count: Articles, each text counted once (reprints are left out).
-- column mention_count: Namings with this office, reprints included.
-- column issue_count: Issues behind the row.
-- column undated_issue_count: Issues of these whose day is not known exactly.
-- column rejected_file_count: Files refused in the whole lake: what they printed is not counted.
CREATE OR REPLACE VIEW people_roles AS
SELECT m.entity_id AS person_entity_id, e.name AS person, m.title,
    coalesce(list_sort(list_distinct(list(m.organisation) FILTER (m.organisation IS NOT NULL))), []) AS organisations,
    min(a.published_on) AS first_date,
    max(a.published_on) AS last_date,
    min_by(a.issue_id, (coalesce(a.published_on, DATE '9999-12-31'), a.issue_id)) AS first_issue_id,
    max_by(a.issue_id, (coalesce(a.published_on, DATE '0001-01-01'), a.issue_id)) AS last_issue_id,
    count(DISTINCT a.article_id) FILTER (a.is_canonical) AS article_count,
    count(*) AS mention_count,
    count(DISTINCT a.issue_id) AS issue_count,
    count(DISTINCT a.issue_id) FILTER (a.published_on IS NULL) AS undated_issue_count,
    (SELECT count(DISTINCT file_name) FROM rejects) AS rejected_file_count
FROM mentions AS m
JOIN entities AS e ON e.entity_id = m.entity_id
JOIN articles AS a ON a.article_id = m.article_id
WHERE m.kind = 'person' AND m.title IS NOT NULL
GROUP BY m.entity_id, e.name, m.title
ORDER BY person, person_entity_id, first_date NULLS LAST, m.title;
