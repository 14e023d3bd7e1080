"""Each line names the record that is opened to read it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chronicle", "0001_initial")]

    operations = [
        migrations.AddField(model_name="line", name="opens", field=models.UUIDField(null=True)),
        migrations.RunSQL("update chronicle_line set opens = source", migrations.RunSQL.noop),
        migrations.AlterField(model_name="line", name="opens", field=models.UUIDField()),
    ]
