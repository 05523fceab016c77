"""Let two people never hold the same post on the same day."""

from django.db import migrations

FORWARD = """
ALTER TABLE offices_official ADD CONSTRAINT official_holds_a_post_alone
    EXCLUDE USING gist (post_id WITH =, daterange(since, until, '[)') WITH &&);
"""
BACK = "ALTER TABLE offices_official DROP CONSTRAINT official_holds_a_post_alone"


class Migration(migrations.Migration):
    dependencies = [("offices", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
