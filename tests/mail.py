"""What the mail worker would do, done at once."""

from chapter.mail import queue as mail
from chapter.models import Delivery


def deliver_all():
    """Send every mail that waits, in the order of queueing."""
    for pk in Delivery.objects.filter(sent_at=None, dropped_at=None).order_by("pk").values_list("pk", flat=True):
        mail.send(pk)
