"""The account of the force's own machinery: what jobs discharge, release and send up names it; nobody signs in as it."""

from datetime import UTC, datetime

from django.db import migrations

SYSTEM = "00000000-0000-7000-8000-000000000001"


def open_account(apps, schema_editor):
    accounts = apps.get_model("access", "Account")
    accounts.objects.get_or_create(
        id=SYSTEM,
        defaults={
            "username": "watchward",
            "display_name": "Watchward",
            "password": "!",
            "is_active": False,
            "made_at": datetime(2018, 7, 1, tzinfo=UTC),
        },
    )


class Migration(migrations.Migration):
    dependencies = [("access", "0002_persona")]

    operations = [migrations.RunPython(open_account, migrations.RunPython.noop)]
