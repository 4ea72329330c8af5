from django.db import migrations

import chapter.fields
from chapter import addresses
from chapter.addresses import tidying


def respell(apps, schema_editor):
    makkers = apps.get_model("microactions", "Makker").objects.all()
    for pk, email in tidying.respell(makkers.filter(status="pending")):
        if not email:
            makkers.filter(pk=pk).update(status="invited", name="")
    tidying.respell_guests(makkers)
    tidying.respell_guests(apps.get_model("microactions", "Microaction").objects.all())
    proposed = apps.get_model("microactions", "ProposedAddress").objects.all()
    tidying.respell_guests(proposed)
    tidying.settle_constraints()


class Migration(migrations.Migration):
    dependencies = [
        ("chapter", "0007_addresses_in_one_form"),
        ("microactions", "0004_calendar_revision"),
    ]

    operations = [
        migrations.RunPython(respell, migrations.RunPython.noop, elidable=True),
        *(
            migrations.AlterField(
                model_name=name,
                name="email",
                field=chapter.fields.AddressField(blank=True, max_length=254, verbose_name="e-mail"),
            )
            for name in ("makker", "microaction", "proposedaddress")
        ),
        migrations.AddConstraint(model_name="makker", constraint=addresses.is_normal("makker_address")),
        migrations.AddConstraint(model_name="microaction", constraint=addresses.is_normal("microaction_address")),
        migrations.AddConstraint(
            model_name="proposedaddress", constraint=addresses.is_normal("proposed_address_is_normal")
        ),
    ]
