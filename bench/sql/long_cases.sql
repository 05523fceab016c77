-- {count} cases at the signer, each with {events} events, numbered from {first}.

INSERT INTO cases_case (id, code, kind, title, state, step, version, process_id, owed_to_id,
    place_id, door_id, unit_id, authority_id, opened_at, due_at, started_at, legal_due_at,
    promised_at, outcome)
OVERRIDING SYSTEM VALUE
SELECT {first} + g, 'L{first}-' || g, 'dossier', 'Thủ tục dài', 'PROCESSING', 'sign', {events},
       c.process_id, c.owed_to_id, c.place_id, c.door_id, c.unit_id, c.authority_id, now(),
       now() + interval '9 days', now(), now() + interval '9 days', now() + interval '9 days', ''
FROM generate_series(1, {count}) g, (SELECT * FROM cases_case WHERE code LIKE 'H15%' LIMIT 1) c;

INSERT INTO onestop_dossier (case_id, version_id, channel, name, pid, phone, email, address,
    folded, component_case, answers, copies, return_by, fee, fee_note, limit_value, limit_unit,
    limit_source, limit_published, route, proposal, draft, withdrawal_reason, is_synthetic)
SELECT {first} + g, (SELECT min(id) FROM procedures_procedureversion), 'ONLINE', 'Người nộp', '',
       '', '', '', 'nguoi nop', '', '{{}}', 1, 'CENTRE', 0, '', 5, 'WORKING_DAY', 'bench', true,
       '{{"value": "", "lines": []}}', '', '', '', true
FROM generate_series(1, {count}) g;

INSERT INTO cases_task (case_id, step, kind, work, product, party, official_id, office_id, head_id,
    opened_at, due_at, outcome, note)
SELECT {first} + g, 'sign', 'WORK', 'Xem xét, ký kết quả', 'Kết quả đã ký', 'OFFICE', {official},
       {office}, {official}, now(), now() + interval '3 days', '', ''
FROM generate_series(1, {count}) g;

INSERT INTO events_event (txid, at, operation, verb, subject, subject_id, seq, actor_kind,
    actor_label, data, prev_hash, hash)
SELECT 0, now(), gen_random_uuid(), CASE n WHEN 1 THEN 'case.opened' ELSE 'case.moved' END,
       'cases.case', {first} + g, 0, 'SYSTEM', 'bench',
       '{{"to": "PROCESSING", "step": "sign"}}', '', ''
FROM generate_series(1, {count}) g, generate_series(1, {events}) n;
