"""For the migrations that put what is stored into its normal form. `rows` are querysets of historical models."""

from django.core.exceptions import ValidationError
from django.db import connection

from .database import NORMAL
from .keys import checked, mailbox


def respell(rows, column="email"):
    """Yields (primary key, normal form or "" if it has none) of each row that is not in its normal form."""
    odd = rows.exclude(**{column: ""}).exclude(**{f"{column}__regex": NORMAL})
    for pk, stored in odd.order_by("pk").values_list("pk", column):
        yield pk, _normal_or_nothing(stored)


def _normal_or_nothing(stored):
    try:
        return checked(stored)
    except ValidationError:
        # No mail ever reached it.
        return ""


def respell_guests(rows) -> None:
    """A guest whose address has no normal form stays, without an address."""
    for pk, email in respell(rows):
        rows.filter(pk=pk).update(email=email)


def respell_members(members, addresses) -> None:
    """Two accounts that turn out to be one address stay two: the second gets a tag, so that its mail still arrives."""
    for pk, email in respell(members):
        rivals = members.filter(email=email).exclude(pk=pk)
        if not email:
            email = f"account-{pk}@address.invalid"
        elif rivals.exists():
            email = _tagged(email, pk)
        members.filter(pk=pk).update(email=email)
    for pk, email in respell(addresses):
        _respell_address(addresses.filter(pk=pk), email, addresses)
    settle_constraints()


def _respell_address(row, email, addresses):
    kept = row.get()
    if email and addresses.filter(email=email).exclude(pk=kept.pk).exists():
        email = _tagged(email, kept.user_id)
    if email:
        row.update(email=email)
    else:
        row.delete()


def _tagged(email, number):
    local, _, domain = email.rpartition("@")
    return f"{local}+account{number}@{domain}"


def one_row_a_mailbox(rsvps) -> None:
    """Of the guests' active RSVPs of one mailbox to one event the best keeps the address. Seats stay whose they are."""
    order, seen = ["going", "waitlisted", "pending"], set()
    rows = (
        rsvps.filter(status__in=order).exclude(email="").values_list("pk", "event_id", "email", "status", "queued_at")
    )
    for pk, event_id, email, status, _queued_at in sorted(
        rows, key=lambda row: (order.index(row[3]), str(row[4]), row[0])
    ):
        key = (event_id, mailbox(email))
        if key in seen:
            _second_row(rsvps.filter(pk=pk), status)
        seen.add(key)


def _second_row(row, status):
    if status == "going":
        row.update(email="")
    else:
        row.update(status={"waitlisted": "cancelled", "pending": "expired"}[status])


def settle_constraints() -> None:
    """What was deleted may be checked at once: PostgreSQL alters no table that has checks outstanding."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
