"""Pledges: how a microaction comes to be, becomes public, and is taken away again.

Every verb is atomic and locks the one microaction it changes; mail is queued in the same transaction. The steps that
rooms above share (`give_to_member`, `skip_reminder_today`, `revise`, `show`) change a locked row and leave saving to them.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chapter import audit, mail
from chapter.models import Member
from chapter.refusals import Refused
from events.models import Event

from .. import dates, pairing
from ..models import Microaction
from ..moderation import has_link, hold_if_needed

# Which, and whose, is behind the link: the log holds no words of theirs.
audit.describe("microaction_approved", gettext_lazy("approved a public microaction"))
audit.describe("microaction_hidden", gettext_lazy("removed a microaction from the wall"))

Status, Visibility = Microaction.Status, Microaction.Visibility


class NotOpen(Refused):
    """It has an answer or waits for confirmation: its words stay as they are."""


@transaction.atomic
def pledge_as_member(member, *, language, **pledge) -> Microaction:
    """Store a member's pledge, open at once; mails the calendar entry.

    Raises ValidationError for a day that cannot be chosen.
    """
    microaction = _store(Microaction(member=member, language=language, status=Status.OPEN, **pledge))
    mail.post("pledge_noted", microaction.pk)
    pairing.pair_if_willing(microaction)
    return microaction


@transaction.atomic
def pledge_as_guest(email, *, language, **pledge) -> Microaction:
    """Store a guest's pledge, pending, which nobody else sees; mails the link to confirm it. Raises as above, and MailboxFull."""
    guest = {"email": email, "language": language, "status": Status.PENDING}
    microaction = _store(Microaction(**guest, **pledge))
    mail.post("pledge_confirm", microaction.pk, to=microaction.email)
    return microaction


@transaction.atomic
def pledge_unnamed(*, language, **pledge) -> Microaction:
    """Store a pledge without account or address, open at once. Its manage link is the only way back to it."""
    return _store(Microaction(language=language, status=Status.OPEN, **pledge))


def _store(microaction):
    dates.validate_day(microaction.due_on)
    _keep_name_for_others(microaction)
    hold_if_needed(microaction)
    skip_reminder_today(microaction)
    microaction.save(force_insert=True)
    return microaction


def _keep_name_for_others(microaction):
    if microaction.visibility == Visibility.ME:
        microaction.name = ""


def skip_reminder_today(microaction) -> None:
    if microaction.due_on <= dates.today():  # who pledges or confirms on the day itself knows that it is today
        microaction.reminded_at = timezone.now()


def lock(microaction) -> Microaction:
    """The microaction read again under its row's lock. Raises Microaction.DoesNotExist if it was deleted meanwhile."""
    return Microaction.objects.select_for_update(of=("self",)).select_related("member").get(pk=microaction.pk)


@transaction.atomic
def confirm(token) -> Microaction:
    """Open the pending pledge of this token, for the member who has verified its address if there is one.

    Repeating it changes nothing. Raises Microaction.DoesNotExist.
    """
    microaction = Microaction.objects.select_for_update().get(token=token)
    if microaction.is_pending:
        microaction.status = Status.OPEN
        give_to_member(microaction)
        skip_reminder_today(microaction)
        microaction.save(update_fields=["status", "member", "email", "reminded_at"])
        pairing.pair_if_willing(microaction)
    return microaction


def give_to_member(microaction) -> None:
    if member := Member.objects.owner_of(microaction.email):
        microaction.member, microaction.email = member, ""


@transaction.atomic
def adopt_guest_rows(member) -> None:
    # Not the unconfirmed ones: somebody else may have typed the address.
    Microaction.objects.guests_of(member).exclude(status=Status.PENDING).hand_over_to(member)


@transaction.atomic
def reword(microaction, *, what, moment="", cue="", first_step="") -> Microaction:
    """Change the words of an open microaction; new links wait for an organiser as in a new one.

    Locks the row. Raises NotOpen, Microaction.DoesNotExist.
    """
    microaction = lock(microaction)
    if not microaction.is_open:
        raise NotOpen(_("Not changed: you can only edit the text while the microaction is in progress."))
    microaction.what, microaction.moment = what, moment
    microaction.cue, microaction.first_step = cue, first_step
    revise(microaction)
    hold_if_needed(microaction)
    microaction.save(update_fields=["what", "moment", "cue", "first_step", "held", "revision", "revised_at"])
    return microaction


@transaction.atomic
def tell_origin(microaction, *, event, principle) -> Microaction:
    """Set the event and the principle that it came of, or None. Whoever waits for a makker waits among those of the event.

    Locks the Event first, then the microaction.
    """
    if event:
        Event.objects.lock(event.pk)
    microaction = lock(microaction)
    microaction.event, microaction.principle = event, principle
    microaction.wants_makker = microaction.wants_makker and event is not None
    microaction.save(update_fields=["event", "principle", "wants_makker"])
    pairing.pair_if_willing(microaction)
    return microaction


def revise(microaction) -> None:
    # SEQUENCE and DTSTAMP of its calendar entry
    microaction.revision, microaction.revised_at = microaction.revision + 1, timezone.now()


@transaction.atomic
def change_visibility(microaction, *, visibility, name="") -> Microaction:
    microaction = lock(microaction)
    show(microaction, visibility=visibility, name=name)
    microaction.save(update_fields=["visibility", "name", "held"])
    return microaction


def show(microaction, *, visibility, name) -> None:
    microaction.visibility, microaction.name = visibility, name
    _keep_name_for_others(microaction)
    hold_if_needed(microaction)


@transaction.atomic
def approve(microaction, *, by=None) -> None:
    """Let it be public; if it has links, those of the same person need no organiser from now on."""
    microaction = lock(microaction)
    microaction.held, microaction.hidden_at = False, None
    microaction.approved_at = timezone.now() if has_link(microaction) else None
    microaction.save(update_fields=["held", "hidden_at", "approved_at"])
    audit.record("microaction_approved", by=by, subject=microaction)


@transaction.atomic
def hide(microaction, *, by=None) -> None:
    microaction = lock(microaction)
    microaction.held, microaction.hidden_at, microaction.approved_at = True, timezone.now(), None
    microaction.save(update_fields=["held", "hidden_at", "approved_at"])
    audit.record("microaction_hidden", by=by, subject=microaction)


@transaction.atomic
def delete(microaction) -> None:
    # Cheers go with it; mails that are queued find no row and are dropped.
    Microaction.objects.filter(pk=microaction.pk).delete()


@transaction.atomic
def stop_mails(microaction) -> Microaction:
    microaction = lock(microaction)
    microaction.mails_stopped = True
    microaction.save(update_fields=["mails_stopped"])
    return microaction
