-- Closed and open cases in bulk: {closed} closed with five done tasks and one event each, and
-- {open} open with one open task. Triggers run; constraints are checked.

CREATE TEMP TABLE door AS
    SELECT row_number() OVER (ORDER BY o.id) - 1 AS n, o.id AS office, o.place_id AS place,
           o.code, min(f.id) AS official
    FROM offices_office o
    JOIN offices_post p ON p.office_id = o.id JOIN offices_official f ON f.post_id = p.id
    WHERE o.kind = 'CENTRE' AND o.place_id IS NOT NULL GROUP BY o.id;
CREATE TEMP TABLE official AS
    SELECT row_number() OVER (ORDER BY f.id) - 1 AS n, f.id, p.office_id AS office
    FROM offices_official f JOIN offices_post p ON p.id = f.post_id;
CREATE TEMP TABLE person AS
    SELECT row_number() OVER (ORDER BY id) - 1 AS n, id FROM people_person;
CREATE INDEX ON official (n); CREATE INDEX ON person (n); CREATE INDEX ON door (n);
ANALYZE door; ANALYZE official; ANALYZE person;

CREATE TEMP TABLE history AS
SELECT g, d.office, d.place, d.official, d.code, p.id AS person,
       timestamptz '2026-11-20 08:00+07' - (g % 900) * interval '12 hours' AS at
FROM generate_series(1, {closed} + {open}) g
JOIN door d ON d.n = g % (SELECT count(*) FROM door)
JOIN person p ON p.n = (g * 7919::bigint) % (SELECT count(*) FROM person);

INSERT INTO cases_case (id, code, kind, title, state, step, version, process_id, owed_to_id,
    place_id, door_id, unit_id, authority_id, opened_at, due_at, started_at, legal_due_at,
    promised_at, finished_at, ended_at, outcome)
OVERRIDING SYSTEM VALUE
SELECT 10000000 + g, 'X' || g, 'dossier', 'Thủ tục ' || g % 400,
       CASE WHEN g <= {closed} THEN 'RETURNED' ELSE 'PROCESSING' END,
       CASE WHEN g <= {closed} THEN '' ELSE 'appraise' END, 1, (SELECT min(id) FROM cases_process),
       person, place, office, office, office, at, at + interval '5 days', at,
       at + interval '5 days', at + interval '5 days',
       CASE WHEN g <= {closed} THEN at + interval '3 days' END,
       CASE WHEN g <= {closed} THEN at + interval '4 days' END,
       CASE WHEN g <= {closed} THEN 'GRANTED' ELSE '' END
FROM history;

INSERT INTO onestop_dossier (case_id, version_id, channel, name, pid, phone, email, address,
    folded, component_case, answers, copies, return_by, fee, fee_note, limit_value, limit_unit,
    limit_source, limit_published, route, proposal, draft, withdrawal_reason, is_synthetic)
SELECT 10000000 + g, (SELECT min(id) FROM procedures_procedureversion), 'ONLINE',
       'Người thứ ' || g, '', '', '', '', 'nguoi thu ' || g, '', '{{}}', 1, 'CENTRE', 0, '', 5,
       'WORKING_DAY', 'bench', true, '{{"value": "", "lines": []}}', '', '', '', true
FROM history;

INSERT INTO cases_task (case_id, step, kind, work, product, party, official_id, office_id, head_id,
    opened_at, due_at, done_at, done_by_id, outcome, note)
SELECT 10000000 + g, 'step' || s, 'WORK', 'Thẩm định hồ sơ', 'Dự thảo kết quả', 'OFFICE', f.id, f.office,
       f.id, at, at + interval '1 day', at + interval '1 day', f.id, 'ADVANCE', ''
FROM history CROSS JOIN generate_series(1, 5) s
JOIN official f ON f.n = (g * 31::bigint + s) % (SELECT count(*) FROM official)
WHERE g <= {closed};

INSERT INTO cases_task (case_id, step, kind, work, product, party, official_id, office_id, head_id,
    opened_at, due_at, outcome, note)
SELECT 10000000 + g, 'appraise', 'WORK', 'Thẩm định hồ sơ', 'Dự thảo kết quả', 'OFFICE', f.id, f.office,
       f.id, at, at + interval '3 days', '', ''
FROM history JOIN official f ON f.n = (g * 31::bigint) % (SELECT count(*) FROM official)
WHERE g > {closed};

INSERT INTO events_event (txid, at, operation, verb, subject, subject_id, seq, actor_kind,
    actor_label, data, prev_hash, hash)
SELECT 0, at, gen_random_uuid(), 'case.opened', 'cases.case', 10000000 + g, 0, 'SYSTEM', 'bench',
       jsonb_build_object('to', CASE WHEN g <= {closed} THEN 'RETURNED' ELSE 'PROCESSING' END,
                          'step', CASE WHEN g <= {closed} THEN '' ELSE 'appraise' END), '', ''
FROM history;
