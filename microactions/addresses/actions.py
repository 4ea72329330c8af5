"""An address for a microaction that has none: typed on its page, confirmed from the mailbox, or refused there.

Every verb is atomic and locks the microaction; mail is queued in the same transaction.
"""

from django.db import transaction

from chapter import mail

from .. import pairing, pledges
from ..models import Microaction, ProposedAddress


@transaction.atomic
def propose(microaction, *, email) -> None:
    """Queue the one mail that asks this address; an earlier proposal, and the link in its mail, end here.

    Raises MailboxFull. Does nothing for a microaction whose person can be reached already, or wants no mail.
    """
    microaction = pledges.lock(microaction)
    if not microaction.is_unnamed or microaction.is_pending or microaction.mails_stopped:
        return
    ProposedAddress.objects.filter(microaction=microaction).delete()
    proposed = ProposedAddress.objects.create(microaction=microaction, email=email)
    mail.post("address_confirm", proposed.pk, to=proposed.email)


@transaction.atomic
def confirm(proposed) -> Microaction:
    """The mailbox says yes: mails about the microaction go there from now on. Repeating it changes nothing.

    Raises ProposedAddress.DoesNotExist, Microaction.DoesNotExist for what was deleted meanwhile.
    """
    microaction = pledges.lock(proposed.microaction)
    proposed = ProposedAddress.objects.get(pk=proposed.pk)
    if proposed.email and microaction.is_unnamed:
        microaction.email, proposed.email = proposed.email, ""
        pledges.give_to_member(microaction)
        pledges.skip_reminder_today(microaction)
        microaction.save(update_fields=["member", "email", "reminded_at"])
        proposed.save(update_fields=["email"])
        pairing.pair_if_willing(microaction)
    return microaction


@transaction.atomic
def refuse(proposed) -> Microaction:
    """The mailbox says no: the address is deleted; after a yes, the mails are stopped. Raises as `confirm`."""
    microaction = pledges.lock(proposed.microaction)
    proposed = ProposedAddress.objects.get(pk=proposed.pk)
    if not proposed.email:
        return pledges.stop_mails(microaction)
    proposed.delete()
    return microaction
