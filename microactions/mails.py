"""What the mails about microactions say; whether there is anything left to say is decided when they are sent."""

from django.utils.translation import override

from chapter.mail import Letter, letter, page_url

from . import makker_mails  # noqa: F401
from .check_ins import Outcome
from .models import Microaction
from .moderation import has_link


@letter("pledge_confirm")
def pledge_confirm(delivery):
    """To a guest: the page on which they confirm. Nothing once it is confirmed, gone or expired.

    Words with a link in them are left out: anybody could have typed them to have us mail them to somebody.
    """
    microaction = _find(delivery)
    if microaction is None or not microaction.is_pending:
        return None
    return _letter(microaction, "pledge_confirm", {"has_link": has_link(microaction)})


@letter("check_in")
def check_in(delivery):
    """The question of one round; nothing if it was answered, moved or stopped while the mail waited."""
    microaction = _find(delivery)
    if microaction is None or not microaction.is_open or microaction.mails_stopped:
        return None
    if delivery.sequence != microaction.round:
        return None
    stop_url = page_url("microaction_stop", microaction.token, language=microaction.language)
    return _letter(microaction, "check_in", {"stop_url": stop_url, "answers": _answers(microaction)}, stop_url)


def _find(delivery):
    microaction = Microaction.objects.select_related("member").filter(pk=delivery.object_id).first()
    return microaction if microaction and microaction.person_email else None


def _letter(microaction, template, context, unsubscribe_url=""):
    manage_url = _manage_url(microaction)
    return Letter(
        to=microaction.person_email,
        language=microaction.language,
        template=f"microactions/mail/{template}",
        context={"microaction": microaction, "manage_url": manage_url, **context},
        unsubscribe_url=unsubscribe_url,
    )


def _manage_url(microaction):
    return page_url("microaction_manage", microaction.token, language=microaction.language)


def _answers(microaction):
    """(label, address) of each answer: the same page with that answer chosen; only its button stores it."""
    with override(microaction.language):
        return [
            (str(label), f"{_manage_url(microaction)}?outcome={value}#report") for value, label in Outcome.choices
        ]
