"""What the mail worker would do, done at once."""

from chapter.mail import queue as mail
from chapter.mail import sealed
from chapter.models import Delivery, SealedMail


def deliver_all():
    """Send every mail that waits, in the order of queueing; those of the account pages last."""
    for pk in Delivery.objects.filter(sent_at=None, dropped_at=None).order_by("pk").values_list("pk", flat=True):
        mail.send(pk)
    deliver_account_mails()


def deliver_account_mails():
    for pk in SealedMail.objects.order_by("pk").values_list("pk", flat=True):
        sealed.send_sealed(pk)
