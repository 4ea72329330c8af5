"""The one mail to an address that was added later."""

from chapter.mail import Letter, letter, page_url

from ..letters import letter_about
from ..models import ProposedAddress


@letter("address_confirm", unasked=True)
def address_confirm(delivery) -> Letter | None:
    """The page on which the mailbox's owner says yes or no. Nothing once they have, or once the mails are stopped."""
    rows = ProposedAddress.objects.select_related("microaction").exclude(email="")
    proposed = rows.filter(pk=delivery.object_id, microaction__mails_stopped=False).first()
    if proposed is None or not proposed.microaction.is_open:
        return None
    microaction = proposed.microaction
    address_url = page_url("microaction_address", proposed.token, language=microaction.language)
    return letter_about(
        microaction,
        "addresses/mail/address_confirm",
        to=proposed.email,
        unsubscribe_url=address_url,
        context={"address_url": address_url},
    )
