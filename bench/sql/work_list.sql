SELECT c.id, c.code, c.title, p.name, c.state, t.step, t.work, t.opened_at, t.due_at, c.due_at,
       c.promised_at, t.official_id, t.party
FROM cases_task t
JOIN cases_case c ON c.id = t.case_id
JOIN people_person p ON p.id = c.owed_to_id
WHERE t.done_at IS NULL AND t.official_id = :official
ORDER BY t.due_at, t.id LIMIT 50;
