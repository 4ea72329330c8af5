"""Find me a makker: two people of the same event who both want one become each other's.

A verb that makes somebody willing calls `pair` in the same transaction. It locks the Event's row first, so that two who
become willing at once are paired one after the other, then the microactions of all who are willing, in the order of ids.
"""

from itertools import permutations
from random import shuffle

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from chapter import mail
from chapter.addresses import mailbox
from events.models import Event

from . import dates
from .models import Makker, Microaction

Status, Visibility = Makker.Status, Microaction.Visibility


def wanting() -> QuerySet:
    """Those that want a makker and have none, also where no mail could tell their person of one."""
    taken = Makker.objects.filter(microaction=OuterRef("pk")).exclude(status=Status.INVITED)
    rows = Microaction.objects.open().filter(wants_makker=True, due_on__gte=dates.today())
    return rows.filter(~Exists(taken)).order_by("created_at", "id")


def willing() -> QuerySet:
    return wanting().filter(mails_stopped=False).with_address()


def can_want(microaction) -> bool:
    return bool(microaction.event_id) and _could_be_told(microaction)


def lacks_event(microaction) -> bool:
    """Whether all that it would need to be paired is to say from which event it is."""
    return not microaction.event_id and _could_be_told(microaction)


def _could_be_told(microaction):
    has_time = microaction.is_open and microaction.due_on >= dates.today()
    return bool(has_time and microaction.person_email and not microaction.mails_stopped)


def pair_if_willing(microaction) -> None:
    """For a microaction that has just been opened, in the caller's transaction. Reloads its visibility."""
    if microaction.wants_makker and microaction.event_id and microaction.is_open:
        pair(microaction.event_id)
        microaction.refresh_from_db(fields=["visibility", "wants_makker"])


@transaction.atomic
def pair(event_id) -> None:
    """Pair all who are willing at this event, oldest first; mails both of each pair. Repeating it is safe."""
    Event.objects.lock(event_id)
    _pair_all(_lock(willing().filter(event_id=event_id)))


@transaction.atomic
def pair_in_room(event_id, called) -> None:
    """Pair at random those who want a makker and are in one room, with or without an address; one may be left over.

    `called` is {microaction id: what its person is called in the room}. Mails those who have an address. Repeating it is
    safe.
    """
    Event.objects.lock(event_id)
    waiting = _lock(wanting().filter(event_id=event_id, pk__in=called))
    shuffle(waiting)
    _pair_all(waiting, called)


def _pair_all(waiting, called=None):
    while waiting:
        first = waiting.pop(0)
        other = next((row for row in waiting if not is_same_person(first, row)), None)
        if other:
            waiting.remove(other)
            _make_pair(first, other, called or {})


def _lock(rows):
    # Read again once they are locked: one may have been closed while we waited for its row.
    ids = list(rows.values_list("pk", flat=True))
    list(Microaction.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    return list(rows.filter(pk__in=ids).select_related("member"))


def is_same_person(microaction, other) -> bool:
    return is_of(microaction, member=other.member, email=other.email)


def is_of(microaction, *, member=None, email="") -> bool:
    if member and microaction.member_id:
        return microaction.member_id == member.pk
    if member:
        return _is_address_of(member, microaction.email)
    if microaction.member_id:
        return _is_address_of(microaction.member, email)
    return bool(email) and mailbox(microaction.email) == mailbox(email)


def _is_address_of(member, email):
    return bool(email) and mailbox(email) in map(mailbox, member.verified_addresses())


def _make_pair(one, two, called):
    for mine, others in permutations([one, two]):
        Makker.objects.filter(microaction=mine).delete()
        person = _person(others, called.get(others.pk, ""))
        makker = Makker.objects.create(microaction=mine, paired_with=others, **person)
        mine.wants_makker = False
        mine.save(update_fields=["wants_makker", *show_to_makker(mine)])
        if makker.person_email:
            mail.post("makker_found", makker.pk)


def _person(microaction, called):
    # Accepted at once: by wishing for a makker they agreed to be one.
    person = {"member": microaction.member, "email": microaction.email, "language": microaction.language}
    name = "" if microaction.member else microaction.name or called
    return {**person, "name": name, "status": Status.ACCEPTED, "accepted_at": timezone.now()}


def show_to_makker(microaction) -> list[str]:
    """Raise, unsaved, "only me" to "my makker and I"; returns the fields to save."""
    if microaction.visibility == Visibility.ME:
        microaction.visibility = Visibility.MAKKER
    return ["visibility"]
