"""What the mails about microactions say; whether there is anything left to say is decided when they are sent."""

from django.utils.translation import override

from chapter.mail.queue import Attachment, Letter, letter, page_url

from . import dates
from .check_ins.actions import Outcome
from .check_ins.calendar import microaction_ics
from .makkers import letters as makker_mails  # noqa: F401  its letters register themselves
from .models import Microaction, ProposedAddress
from .moderation import has_link

# Confirmations: not counted among the three


@letter("pledge_confirm")
def pledge_confirm(delivery):
    """To a guest: the page on which they confirm. Nothing once it is confirmed, gone or expired."""
    microaction = _find(delivery)
    if microaction is None or not microaction.is_pending:
        return None
    return _letter(microaction, "pledges/mail/pledge_confirm", **_for_strangers(microaction))


@letter("address_confirm")
def address_confirm(delivery):
    """To an address that was added later: the page on which its owner says yes or no. Nothing once they have."""
    rows = ProposedAddress.objects.select_related("microaction").exclude(email="")
    proposed = rows.filter(pk=delivery.object_id, microaction__mails_stopped=False).first()
    if proposed is None or not proposed.microaction.is_open:
        return None
    microaction = proposed.microaction
    address_url = page_url("microaction_address", proposed.token, language=microaction.language)
    return _letter(
        microaction,
        "addresses/mail/address_confirm",
        to=proposed.email,
        unsubscribe_url=address_url,
        **_for_strangers(microaction, address_url=address_url),
    )


@letter("pledge_noted")
def pledge_noted(delivery):
    """To a member: what they wrote down, for their calendar."""
    microaction = _find(delivery)
    if microaction is None or not microaction.is_open:
        return None
    return _letter(microaction, "pledges/mail/pledge_noted", attachments=(_calendar_entry(microaction),))


# The three


@letter("morning")
def morning(delivery):
    """That today is the day; nothing if it is not any more, or the microaction was moved or settled."""
    microaction = _find_round(delivery)
    if microaction is None or microaction.due_on != dates.today():
        return None
    return _letter(microaction, "check_ins/mail/morning")


@letter("check_in")
@letter("check_in_again")
def check_in(delivery):
    """A question of one round; nothing if it was answered, moved or stopped while the mail waited."""
    microaction = _find_round(delivery)
    return microaction and _letter(
        microaction, f"check_ins/mail/{delivery.kind}", context={"answers": _answers(microaction)}
    )


def _find(delivery):
    """The microaction, if its person can be reached and wants mail."""
    microaction = Microaction.objects.select_related("member").filter(pk=delivery.object_id).first()
    wants_mail = microaction and microaction.person_email and not microaction.mails_stopped
    return microaction if wants_mail else None


def _find_round(delivery):
    """As `_find`, if it is open and in the round that the mail was queued for."""
    microaction = _find(delivery)
    is_same = microaction and microaction.is_open and delivery.sequence == microaction.round
    return microaction if is_same else None


def _letter(microaction, template, *, to="", unsubscribe_url="", context=None, attachments=()):
    """A letter with the facts; every one can be stopped with one click."""
    stop_url = unsubscribe_url or page_url("microaction_stop", microaction.token, language=microaction.language)
    facts = {"microaction": microaction, "manage_url": _manage_url(microaction), "stop_url": stop_url}
    return Letter(
        to=to or microaction.person_email,
        language=microaction.language,
        template=f"microactions/{template}",
        context={**facts, **(context or {})},
        attachments=attachments,
        unsubscribe_url=stop_url,
    )


def _for_strangers(microaction, **context):
    """What may be mailed to an address that anybody could have typed.

    Words with a link in them are left out, of the letter and of the calendar: somebody may want us to mail them.
    """
    words_have_link = has_link(microaction)
    return {
        "context": {**context, "has_link": words_have_link},
        "attachments": () if words_have_link else (_calendar_entry(microaction),),
    }


def _calendar_entry(microaction):
    return Attachment("microaction.ics", microaction_ics(microaction), "text/calendar; method=PUBLISH")


def _manage_url(microaction):
    return page_url("microaction_manage", microaction.token, language=microaction.language)


def _answers(microaction):
    """(label, address) of each answer: the same page with that answer chosen; only its button stores it."""
    with override(microaction.language):
        return [
            (str(label), f"{_manage_url(microaction)}?outcome={value}#report") for value, label in Outcome.choices
        ]
