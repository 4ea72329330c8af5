from django.db import migrations
from django.utils.translation import gettext_lazy as _

import chapter.fields
from chapter import addresses
from chapter.addresses import database, tidying

NORMAL = database.NORMAL.replace("'", "''")


def respell(apps, schema_editor):
    tidying.respell_members(
        apps.get_model("chapter", "Member").objects.all(), apps.get_model("account", "EmailAddress").objects.all()
    )
    chapters = apps.get_model("chapter", "Chapter").objects.all()
    for pk, email in tidying.respell(chapters, "contact_email"):
        chapters.filter(pk=pk).update(contact_email=email or "hello@chapter.example.org")


class Migration(migrations.Migration):
    """Addresses in small letters and with the ASCII form of their domain; the table of allauth, too."""

    dependencies = [
        ("chapter", "0006_log_by_the_site"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="member", name="member_email"),
        migrations.RunPython(respell, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="chapter",
            name="contact_email",
            field=chapter.fields.AddressField(
                default="hello@chapter.example.org", max_length=254, verbose_name="contact address"
            ),
        ),
        migrations.AlterField(
            model_name="member",
            name="email",
            field=chapter.fields.AddressField(
                error_messages={"unique": _("There is already a member with this email address.")},
                max_length=254,
                unique=True,
                verbose_name="e-mail",
            ),
        ),
        migrations.AddConstraint(
            model_name="chapter", constraint=addresses.is_normal("chapter_address", "contact_email")
        ),
        migrations.AddConstraint(model_name="member", constraint=addresses.is_normal("member_address")),
        migrations.RunSQL(
            "ALTER TABLE account_emailaddress ADD CONSTRAINT emailaddress_address "
            f"CHECK (email = '' OR email ~ '{NORMAL}')",
            "ALTER TABLE account_emailaddress DROP CONSTRAINT emailaddress_address",
        ),
    ]
