"""An unconference of our own invention: the shape of a day that a summary must be able to tell.

One question; twelve cards with their sums; four posters of groups of six; three sessions; eight microactions, and what
was good and what should be different. What nobody may read is called something with "Hemmelig".
"""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from facilitation.models import Activity, Board, Card, Group, Participant, RetroItem, Session, SheetLine
from microactions.models import Microaction
from tests.factories import (
    make_board,
    make_board_pledge,
    make_event,
    make_retro_item,
    make_round,
    make_session,
    make_session_room,
    make_session_slot,
    make_takeaway,
    make_topic,
    make_venue,
)

SECRET = "Hemmelig"
DAY = datetime(2025, 6, 12, 8, 0, tzinfo=UTC)
QUESTION = "Hva burde være mye enklere enn det er?"
SUMS = [25, 25, 23, 23, 22, 20, 19, 17, 15, 12, 11, 8]
CARDS = [
    "Å finne ut hvem som har løst det før",
    "Å få svare på samme skjema bare én gang",
    "Å låne en kollega fra et annet bygg",
    "Å si nei til et møte",
    "Å lese et brev fra oss uten å ringe etterpå",
    "Å vise noe som ikke er ferdig",
    "Å få lov til å prøve i to uker",
    "Å dele en mal",
    "Å begynne i ny jobb",
    "Å bytte passord",
    "Å bestille et møterom",
    "Å finne nøkkelen til lageret",
]
POSTERS = {
    ("ved vinduet", 1): ["Én liste over hvem som kan hva", "Spør før du bygger"],
    ("under trappa", 2): ["Skjemaet husker deg", "Ingen spør om det vi vet"],
    ("", 3): ["To uker er en prøve, ikke et prosjekt"],
    ("på scenen", 4): ["Les brevet høyt", "Stryk første avsnitt", "Spør en som fikk det"],
}
SESSIONS = {
    "Brev som folk forstår": (["Begynn med svaret.", "Les høyt for noen utenfor."], "Tre brev skrives om før jul."),
    "Lån en kollega": (["To dager er nok til å lære noe."], ""),
    "Skuffer vi vil tømme": ([], ""),
}
MICROACTIONS = [
    "Lese ett brev høyt hver fredag",
    "Låne bort meg selv i to dager",
    "Legge ut malen for møter",
    "Spørre hvem som har gjort det før",
    "Vise noe halvferdig på mandag",
    "Stryke et felt i skjemaet",
    "Ta med en nabo til lunsj",
    "Si nei til ett møte",
]
PLUS = ["Alle hadde en lapp med", "Ingen holdt foredrag"]
DELTA = ["Mer tid i gruppene"]


def hall_day(*, language="nb"):
    event = make_event(
        title="En dag uten foredrag",
        language=language,
        starts_at=DAY,
        venue=make_venue(name="Loftet", city="Eksempelby"),
    )
    board = make_board(event=event, language=language, phase="closed")
    people = [Participant(board=board, number=n, nickname=f"{SECRET} {n}", been_before=False) for n in range(1, 25)]
    Participant.objects.bulk_create(people)
    _cards(board)
    _posters(board)
    _sessions(board)
    for number, what in enumerate(MICROACTIONS):
        seen = Microaction.Visibility.PUBLIC if number % 2 else Microaction.Visibility.ME
        make_board_pledge(board=board, what=what, visibility=seen, in_summary=not number % 2, member=None)
    make_board_pledge(board=board, what=f"{SECRET} plan", visibility=Microaction.Visibility.ME, member=None)
    for kind, texts in ((RetroItem.Kind.PLUS, PLUS), (RetroItem.Kind.DELTA, DELTA)):
        for text in texts:
            make_retro_item(board=board, kind=kind, text=text)
    return event


def _activity(board, kind, hours, **fields):
    opened = {"step": Activity.CLOSED, "closed_at": timezone.now(), "opened_at": DAY + timedelta(hours=hours)}
    return board.activities.create(kind=kind, client_id=uuid4(), **{**opened, **fields})


def _cards(board):
    """Typed in from a wall of paper, in no order; one is put together with another."""
    activity = _activity(board, "25-10", 0, question=QUESTION)
    for text, total in sorted(zip(CARDS, SUMS, strict=True)):
        Card.objects.create(activity=activity, client_id=uuid4(), text=text, paper_total=total)
    first = activity.cards.get(text=CARDS[0])
    activity.cards.create(client_id=uuid4(), text="Å vite hvem som vet", paper_total=9, merged_into=first)


def _posters(board):
    activity = _activity(board, "1-3-9", 1, question="Hva gjør vi med det?", sizes="1-3-6")
    large = [
        Group.objects.create(activity=activity, level=2, number=number, whereabouts=where)
        for where, number in POSTERS
    ]
    for group, lines in zip(large, POSTERS.values(), strict=True):
        small = Group.objects.create(activity=activity, level=1, number=group.number, joined_into=group)
        SheetLine.objects.create(activity=activity, group=small, client_id=uuid4(), text=f"{SECRET} utkast")
        for text in lines:
            SheetLine.objects.create(activity=activity, group=group, client_id=uuid4(), text=text)
    SheetLine.objects.create(
        activity=activity, group=large[0], client_id=uuid4(), text=f"{SECRET} og skjult", is_hidden=True
    )


def _sessions(board):
    activity = _activity(board, "sessions", 2)
    activity.board = board
    slot = make_session_slot(activity, timedelta(hours=2))
    for number, (title, (notes, agreed)) in enumerate(SESSIONS.items()):
        room = make_session_room(activity, f"Rom {number}")
        session = make_session(activity=activity, title=title, agreed=agreed, room=room, slot=slot)
        for text in notes:
            session.notes.create(client_id=uuid4(), text=text)
        session.notes.create(client_id=uuid4(), text=f"{SECRET} notat", is_hidden=True)
    make_session(activity=activity, title=f"{SECRET} uten plass")


def add_board_of_session(event, title):
    """A board of the session with this title, where one of two topics was talked about."""
    session = Session.objects.get(activity__board__at_event=event, title=title)
    board = make_board(session=session, phase=Board.Phase.TALK)
    topic = make_topic(board=board, text="Hvem svarer publikum?", dots=2)
    make_round(topic=topic, result="move_on")
    make_takeaway(topic=topic, text="Svar innen en uke")
    make_takeaway(topic=topic, text=f"{SECRET} skjult", is_hidden=True)
    make_topic(board=board, text=f"{SECRET} rakk vi ikke")
    return board
