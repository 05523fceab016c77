-- The same writes as opening and moving a dossier, as one function each: what the database
-- itself can do. Rules and checks are left out; every row, every index and every text of the
-- length it has in a real case is there: the events' data, the reasons of route and limit.

CREATE OR REPLACE FUNCTION bench_opened(
    p_step text, p_official bigint, p_head bigint, p_office bigint, p_due timestamptz
) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_array(jsonb_build_object('due', p_due, 'head', p_head, 'kind', 'WORK',
        'step', p_step, 'party', 'OFFICE', 'office', p_office, 'official', p_official))
$$;

-- Where and by whom the raw side receives: filled by the workload.
CREATE TABLE IF NOT EXISTS bench_centre (n int PRIMARY KEY, office int, place int, clerk int);

CREATE OR REPLACE FUNCTION bench_create(
    p_prefix text, p_door int, p_unit int, p_authority int, p_place int, p_person bigint,
    p_process int, p_official int, p_head int, p_version bigint
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE number bigint; new_id bigint; new_task bigint; at timestamptz := clock_timestamp();
    due timestamptz := date_trunc('hour', at) + interval '5 days';
BEGIN
    INSERT INTO cases_codecounter AS counter (prefix, value) VALUES (p_prefix, 1)
        ON CONFLICT (prefix) DO UPDATE SET value = counter.value + 1 RETURNING value INTO number;
    INSERT INTO cases_case (code, kind, title, state, step, version, process_id, owed_to_id,
        place_id, door_id, unit_id, authority_id, opened_at, due_at, started_at, legal_due_at,
        promised_at, outcome)
    VALUES (p_prefix || lpad(number::text, 7, '0'), 'dossier', 'Thủ tục đăng ký khai sinh',
        'ACCEPTED', 'hand_over', 1, p_process, p_person, p_place, p_door, p_unit, p_authority, at,
        due, at, due, due, '')
    RETURNING id INTO new_id;
    INSERT INTO cases_task (case_id, step, kind, work, product, party, official_id, office_id, head_id,
        opened_at, due_at, outcome, note)
    VALUES (new_id, 'hand_over', 'WORK', 'Chuyển hồ sơ tới đơn vị giải quyết', 'Phiếu kiểm soát', 'OFFICE',
        p_official, p_door, p_head, at, due, '', '')
    RETURNING id INTO new_task;
    INSERT INTO events_event (txid, at, operation, verb, subject, subject_id, seq, actor_kind,
        actor_label, person_id, official_id, office_id, data, prev_hash, hash)
    VALUES (0, at, gen_random_uuid(), 'case.opened', 'cases.case', new_id, 0, 'OFFICIAL',
        'Nguyễn Minh Linh, Cán bộ một cửa', p_person, p_official, p_door,
        jsonb_build_object('kind', 'dossier', 'to', 'ACCEPTED', 'process', p_process, 'door',
            p_door, 'unit', p_unit, 'step', 'hand_over', 'ids', jsonb_build_array(new_task),
            'clock', jsonb_build_object('due', due, 'started', at, 'promised', due,
                'legal_due', due),
            'opened', bench_opened('hand_over', p_official, p_head, p_door, due)), '', '');
    INSERT INTO onestop_dossier (case_id, version_id, channel, name, pid, phone, email, address,
        folded, component_case, answers, copies, return_by, fee, fee_note, limit_value, limit_unit,
        limit_source, limit_published, route, proposal, draft, withdrawal_reason, is_synthetic)
    VALUES (new_id, p_version, 'COUNTER', 'Y Bhĭŏ Ayŭn', '', '', '', '', 'y bhio ayun', '', '{}',
        1, 'CENTRE', 0, '', 8, 'WORKING_HOUR', 'Thủ tục chưa công bố thời hạn; theo quy trình '
        '“Đăng ký khai sinh”: Luật Hộ tịch 2014, Điều 16: ghi sổ và cấp Giấy khai sinh ngay sau '
        'khi đủ giấy tờ (chưa kiểm chứng)', true, '{"lines": [{"fact": "Cấp thực hiện theo công '
        'bố: Cấp xã", "rule": "Cấp xã giải quyết", "amount": "", "source": "Cơ sở dữ liệu quốc '
        'gia về thủ tục hành chính"}, {"fact": "Lĩnh vực Hộ tịch", "rule": "Văn phòng HĐND và '
        'UBND cấp xã xem xét", "amount": "", "source": "Cấu hình của tỉnh theo cơ cấu hai cấp '
        '(Nghị định 45/2025/NĐ-CP, 150/2025/NĐ-CP) (chưa kiểm chứng)"}, {"fact": "Việc thuộc '
        'Phường Hòa Hiệp", "rule": "Ủy ban nhân dân phường Hòa Hiệp có thẩm quyền, Văn phòng '
        'HĐND và UBND phường Hòa Hiệp thẩm định", "amount": "", "source": "Nghị định '
        '118/2025/NĐ-CP"}], "value": "Văn phòng HĐND và UBND phường Hòa Hiệp"}', '', '', '', true);
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
DECLARE held record; new_task bigint; at timestamptz := clock_timestamp(); verb text; next text;
    due timestamptz := date_trunc('hour', at) + interval '1 day';
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
        held.office_id, p_head, at, due, '', '')
    RETURNING id INTO new_task;
    INSERT INTO events_event (txid, at, operation, verb, subject, subject_id, seq, actor_kind,
        actor_label, person_id, official_id, office_id, data, prev_hash, hash)
    VALUES (0, at, gen_random_uuid(), 'case.moved', 'cases.case', p_case, 0, 'OFFICIAL',
        'Trần Thị Thu Diễm, Chủ tịch', p_official, p_official, held.office_id,
        jsonb_build_object('verb', verb, 'from', held.state, 'to', 'PROCESSING', 'task',
            held.task, 'note', 'Xem lại căn cứ', 'step', next,
            'ids', jsonb_build_array(new_task),
            'opened', bench_opened(next, p_official, p_head, held.office_id, due)), '', '');
    RETURN held.version + 1;
END $$;
