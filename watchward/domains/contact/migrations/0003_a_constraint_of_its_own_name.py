"""Names a constraint otherwise: that of the incidents' log is called the same, and a name is one constraint's."""

from django.db import migrations, models

BEFORE, AFTER = "a_line_says_something", "a_line_of_a_call_says_something"
RENAMED = "alter table contact_callline rename constraint {} to {}"


class Migration(migrations.Migration):
    dependencies = [("contact", "0002_another_grade_waits_for_its_reason")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(RENAMED.format(BEFORE, AFTER), RENAMED.format(AFTER, BEFORE)),
            ],
            state_operations=[
                migrations.RemoveConstraint(model_name="callline", name=BEFORE),
                migrations.AddConstraint(
                    model_name="callline",
                    constraint=models.CheckConstraint(condition=~models.Q(words=""), name=AFTER),
                ),
            ],
        ),
    ]
