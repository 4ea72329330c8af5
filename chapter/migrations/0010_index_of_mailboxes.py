from django.db import migrations

from chapter.addresses import mailbox_sql


class Migration(migrations.Migration):
    """Whose mailbox it is, without reading all addresses; the table is allauth's."""

    dependencies = [
        ("chapter", "0009_log_by_verb"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        migrations.RunSQL(
            f"CREATE INDEX emailaddress_mailbox ON account_emailaddress ({mailbox_sql('email')}) WHERE verified",
            "DROP INDEX emailaddress_mailbox",
        ),
    ]
