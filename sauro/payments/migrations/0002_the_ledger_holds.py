"""The ledger cannot be unbalanced or rewritten, whoever writes to it."""

from typing import ClassVar

from django.db import migrations

_UP = """
CREATE FUNCTION payments_posting_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT sum(amount) FROM payments_entry WHERE posting_id = NEW.posting_id) <> 0 THEN
        RAISE EXCEPTION 'posting % does not balance', NEW.posting_id;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payments_posting_balances AFTER INSERT ON payments_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_posting_balances();

CREATE FUNCTION payments_ledger_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is only added to';
END $$;
CREATE TRIGGER payments_entry_stands BEFORE UPDATE OR DELETE ON payments_entry
    FOR EACH ROW EXECUTE FUNCTION payments_ledger_stands();
CREATE TRIGGER payments_posting_stands BEFORE UPDATE OR DELETE ON payments_posting
    FOR EACH ROW EXECUTE FUNCTION payments_ledger_stands();
"""
_DOWN = """
DROP TRIGGER payments_posting_stands ON payments_posting;
DROP TRIGGER payments_entry_stands ON payments_entry;
DROP FUNCTION payments_ledger_stands;
DROP TRIGGER payments_posting_balances ON payments_entry;
DROP FUNCTION payments_posting_balances;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("payments", "0001_bills_orders_and_a_ledger")]
    operations: ClassVar = [migrations.RunSQL(_UP, _DOWN)]
