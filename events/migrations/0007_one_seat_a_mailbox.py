from django.db import migrations, models

import chapter.fields
from chapter import addresses
from chapter.addresses import tidying


def respell(apps, schema_editor):
    rsvps = apps.get_model("events", "Rsvp").objects.all()
    for pk, email in tidying.respell(rsvps.filter(status="pending")):
        if not email:
            rsvps.filter(pk=pk).update(status="expired")
    tidying.respell_guests(rsvps)
    tidying.one_row_a_mailbox(rsvps)
    tidying.respell_guests(apps.get_model("events", "Proposal").objects.all())
    tidying.settle_constraints()


class Migration(migrations.Migration):
    """Addresses in one form, and one active RSVP for each mailbox and event, whatever the `+tag`."""

    dependencies = [
        ("chapter", "0007_addresses_in_one_form"),
        ("events", "0006_when_a_tick_was_pressed"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="rsvp", name="rsvp_one_per_address"),
        migrations.RunPython(respell, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="proposal",
            name="email",
            field=chapter.fields.AddressField(blank=True, max_length=254, verbose_name="e-mail"),
        ),
        migrations.AlterField(
            model_name="rsvp",
            name="email",
            field=chapter.fields.AddressField(blank=True, max_length=254, verbose_name="e-mail"),
        ),
        migrations.AddConstraint(model_name="proposal", constraint=addresses.is_normal("proposal_address")),
        migrations.AddConstraint(model_name="rsvp", constraint=addresses.is_normal("rsvp_address")),
        migrations.AddConstraint(
            model_name="rsvp",
            constraint=models.UniqueConstraint(
                "event",
                addresses.Mailbox("email"),
                condition=models.Q(("status__in", ["pending", "going", "waitlisted"]), models.Q(("email", ""), _negated=True)),
                name="rsvp_one_per_mailbox",
            ),
        ),
    ]
