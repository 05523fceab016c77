from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("onestop", "0002_pause"),
    ]

    operations = [
        migrations.AddField(
            model_name="pause",
            name="expected_on",
            field=models.DateField(null=True),
        ),
    ]
