"""Mails to makkers: to confirm an address, on the day, and when the site has paired two people."""

from chapter.mail import Letter, letter, page_url
from chapter.models import Delivery

from .. import dates
from ..models import Makker
from ..moderation import is_spared


@letter("makker_confirm", unasked=True)
def makker_confirm(delivery) -> Letter | None:
    """To a guest who said yes with an address. Nothing once they have answered, or if another address was typed since."""
    makker = _find(delivery)
    if makker is None or makker.status != Makker.Status.PENDING or _is_outdated(delivery):
        return None
    # Anybody could have typed the address: nothing that was typed is mailed there.
    return _letter(makker, "makker_confirm")


@letter("makker_nudge", unasked=False)
def makker_nudge(delivery) -> Letter | None:
    """On the day itself. Nothing if the makker left or stopped the mail, or if the microaction is settled."""
    makker = _find_accepted(delivery)
    if makker is None or not makker.microaction.is_open or makker.microaction.due_on != dates.today():
        return None
    return _letter(makker, "makker_nudge", stop_url=_stop_url(makker))


@letter("makker_found", unasked=False)
def makker_found(delivery) -> Letter | None:
    makker = _find_accepted(delivery)
    if makker is None or makker.paired_with is None:
        return None
    return _letter(makker, "makker_found", stop_url=_stop_url(makker), mine=makker.paired_with)


def _find(delivery):
    rows = Makker.objects.select_related("member", "microaction__member", "paired_with")
    makker = rows.filter(pk=delivery.object_id).first()
    return makker if makker and makker.person_email else None


def _find_accepted(delivery):
    makker = _find(delivery)
    return makker if makker and makker.is_accepted and not makker.mails_stopped else None


def _is_outdated(delivery):
    same = Delivery.objects.filter(kind=delivery.kind, object_id=delivery.object_id)
    return same.filter(sequence__gt=delivery.sequence).exists()


def _stop_url(makker):
    return page_url("makker_stop", makker.token, language=makker.language)


def _letter(makker, template, *, stop_url="", **context):
    page = page_url("makker", makker.token, language=makker.language)
    spared = is_spared(makker.microaction)
    known = {"makker": makker, "microaction": makker.microaction, "makker_url": page, "stop_url": stop_url}
    said = {"shows_words": makker.shows_words and not spared, "person": "" if spared else makker.person}
    return Letter(
        to=makker.person_email,
        language=makker.language,
        template=f"microactions/makkers/mail/{template}",
        context={**said, **known, **context},
        unsubscribe_url=stop_url,
    )
