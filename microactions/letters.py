"""What every mail to the person of a microaction has in common; the letters themselves are in the rooms."""

from chapter.mail import Letter, page_url

from .models import Microaction


def microaction_of(delivery) -> Microaction | None:
    """The microaction of a queued mail; None if its person cannot be reached, or has stopped the mails."""
    microaction = Microaction.objects.select_related("member").filter(pk=delivery.object_id).first()
    wants_mail = microaction and microaction.person_email and not microaction.mails_stopped
    return microaction if wants_mail else None


def manage_url(microaction) -> str:
    return page_url("microaction_manage", microaction.token, language=microaction.language)


def letter_about(microaction, template, *, to="", unsubscribe_url="", context=None, attachments=()) -> Letter:
    """A letter in the microaction's language, to its person unless `to` is given; one click stops the mails about it."""
    stop_url = unsubscribe_url or page_url("microaction_stop", microaction.token, language=microaction.language)
    known = {"microaction": microaction, "manage_url": manage_url(microaction), "stop_url": stop_url}
    return Letter(
        to=to or microaction.person_email,
        language=microaction.language,
        template=f"microactions/{template}",
        context={**known, **(context or {})},
        attachments=attachments,
        unsubscribe_url=stop_url,
    )
