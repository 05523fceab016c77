"""Chain every event to the one before it on the same subject, and refuse every change."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION event_digest(e events_event) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT sha256(e.prev_hash || convert_to(concat_ws(
        E'\\x1f', e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.operation, e.verb,
        e.subject, e.subject_id, e.seq, e.actor_kind, e.actor_label, coalesce(e.person_id, 0),
        coalesce(e.official_id, 0), coalesce(e.office_id, 0), e.data::text), 'UTF8'))
$$;

CREATE FUNCTION event_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.txid := pg_current_xact_id()::text::bigint;
    SELECT seq + 1, hash INTO NEW.seq, NEW.prev_hash FROM events_event
        WHERE subject = NEW.subject AND subject_id = NEW.subject_id ORDER BY seq DESC LIMIT 1;
    IF NOT FOUND THEN
        NEW.seq := 1;
        NEW.prev_hash := ''::bytea;
    END IF;
    NEW.hash := event_digest(NEW);
    RETURN NEW;
END $$;
CREATE TRIGGER event_is_chained BEFORE INSERT ON events_event
    FOR EACH ROW EXECUTE FUNCTION event_chain();

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the event log is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE OR DELETE ON events_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER seal_is_never_changed BEFORE UPDATE OR DELETE ON events_seal
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
BACK = """
DROP TRIGGER seal_is_never_changed ON events_seal;
DROP TRIGGER event_is_never_changed ON events_event;
DROP FUNCTION refuse_change();
DROP TRIGGER event_is_chained ON events_event;
DROP FUNCTION event_chain();
DROP FUNCTION event_digest(events_event);
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
