-- The same writes as opening and moving a dossier, as one function each: what the database
-- itself can do. Rules, checks and explanations are left out; every row and index is there.

CREATE OR REPLACE FUNCTION bench_create(
    p_prefix text, p_door int, p_unit int, p_authority int, p_place int, p_person bigint,
    p_process int, p_official int, p_head int, p_version bigint
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE number bigint; new_id bigint; at timestamptz := clock_timestamp();
BEGIN
    INSERT INTO cases_codecounter AS counter (prefix, value) VALUES (p_prefix, 1)
        ON CONFLICT (prefix) DO UPDATE SET value = counter.value + 1 RETURNING value INTO number;
    INSERT INTO cases_case (code, kind, title, state, step, version, process_id, owed_to_id,
        place_id, door_id, unit_id, authority_id, opened_at, due_at, started_at, legal_due_at,
        promised_at, outcome)
    VALUES (p_prefix || lpad(number::text, 7, '0'), 'dossier', 'Thủ tục đăng ký khai sinh',
        'ACCEPTED', 'hand_over', 1, p_process, p_person, p_place, p_door, p_unit, p_authority, at,
        at + interval '5 days', at, at + interval '5 days', at + interval '5 days', '')
    RETURNING id INTO new_id;
    INSERT INTO cases_task (case_id, step, kind, work, product, party, official_id, office_id, head_id,
        opened_at, due_at, outcome, note)
    VALUES (new_id, 'hand_over', 'WORK', 'Chuyển hồ sơ tới đơn vị giải quyết', 'Phiếu kiểm soát', 'OFFICE',
        p_official, p_door, p_head, at, at + interval '1 day', '', '');
    INSERT INTO events_event (txid, at, operation, verb, subject, subject_id, seq, actor_kind,
        actor_label, official_id, office_id, data, prev_hash, hash)
    VALUES (0, at, gen_random_uuid(), 'case.opened', 'cases.case', new_id, 0, 'OFFICIAL',
        'Cán bộ một cửa', p_official, p_door,
        jsonb_build_object('kind', 'dossier', 'to', 'ACCEPTED', 'process', p_process, 'door',
            p_door, 'unit', p_unit, 'step', 'hand_over', 'official', p_official, 'office', p_door,
            'due', at), '', '');
    INSERT INTO onestop_dossier (case_id, version_id, channel, name, pid, phone, email, address,
        folded, component_case, answers, copies, return_by, fee, fee_note, limit_value, limit_unit,
        limit_source, limit_published, route, proposal, draft, withdrawal_reason, is_synthetic)
    VALUES (new_id, p_version, 'COUNTER', 'Y Bhĭŏ Ayŭn', '', '', '', '', 'y bhio ayun', '', '{}',
        1, 'CENTRE', 0, '', 5, 'WORKING_DAY', 'bench', true, '{"value": "", "lines": []}', '', '',
        '', true);
    RETURN new_id;
END $$;

-- Sending a draft: as above, and the draft's own row and event. The row is inserted rather than
-- updated; PostgreSQL writes a whole row either way.
CREATE OR REPLACE FUNCTION bench_send(
    p_prefix text, p_door int, p_unit int, p_authority int, p_place int, p_person bigint,
    p_process int, p_official int, p_head int, p_version bigint
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE new_case bigint; draft bigint; at timestamptz := clock_timestamp();
BEGIN
    new_case := bench_create(p_prefix, p_door, p_unit, p_authority, p_place, p_person, p_process,
        p_official, p_head, p_version);
    INSERT INTO onestop_draft (key, person_id, version_id, component_case, centre_id, place_id,
        answers, revision, started_at, saved_at, case_id)
    VALUES (gen_random_uuid(), p_person, p_version, '', p_door, p_place, '{}', 1, at, at, new_case)
    RETURNING id INTO draft;
    INSERT INTO events_event (txid, at, operation, verb, subject, subject_id, seq, actor_kind,
        actor_label, person_id, data, prev_hash, hash)
    VALUES (0, at, gen_random_uuid(), 'draft.submitted', 'onestop.draft', draft, 0, 'CITIZEN',
        'Người nộp', p_person, jsonb_build_object('case', new_case), '', '');
    RETURN new_case;
END $$;

CREATE OR REPLACE FUNCTION bench_move(p_case bigint, p_official int, p_head int)
RETURNS int LANGUAGE plpgsql AS $$
DECLARE held record; at timestamptz := clock_timestamp(); verb text; next text;
BEGIN
    PERFORM 1 FROM cases_case WHERE id = p_case FOR UPDATE;
    SELECT c.id, c.state, c.step, c.version, t.id AS task, t.office_id INTO held
        FROM cases_case c JOIN cases_task t ON t.case_id = c.id AND t.done_at IS NULL
        WHERE c.id = p_case;
    PERFORM limit_value, limit_unit, limit_source, limit_published
        FROM onestop_dossier WHERE case_id = p_case;
    IF held.step = 'appraise' THEN
        verb := 'ADVANCE'; next := 'sign';
        UPDATE onestop_dossier SET proposal = 'GRANTED', draft = 'Đề nghị cấp' WHERE case_id = p_case;
    ELSE
        verb := 'SEND_BACK'; next := 'appraise';
    END IF;
    UPDATE cases_case SET state = 'PROCESSING', step = next, version = version + 1,
        due_at = at + interval '5 days' WHERE id = p_case;
    UPDATE cases_task SET done_at = at, done_by_id = p_official, outcome = verb, note = 'Xem lại'
        WHERE id = held.task;
    INSERT INTO cases_task (case_id, step, kind, work, product, party, official_id, office_id, head_id,
        opened_at, due_at, outcome, note)
    VALUES (p_case, next, 'WORK', 'Xem xét, ký kết quả', 'Kết quả đã ký', 'OFFICE', p_official,
        held.office_id, p_head, at, at + interval '1 day', '', '');
    INSERT INTO events_event (txid, at, operation, verb, subject, subject_id, seq, actor_kind,
        actor_label, official_id, office_id, data, prev_hash, hash)
    VALUES (0, at, gen_random_uuid(), 'case.moved', 'cases.case', p_case, 0, 'OFFICIAL',
        'Chuyên viên', p_official, held.office_id,
        jsonb_build_object('verb', verb, 'from', held.state, 'to', 'PROCESSING', 'task',
            held.task, 'note', '', 'outcome', '', 'step', next, 'official', p_official, 'office',
            held.office_id, 'due', at), '', '');
    RETURN held.version + 1;
END $$;
