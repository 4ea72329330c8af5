"""An evening of our own invention, as a board knows it: the shape that a summary must be able to tell.

Five people, of whom one organises, one has been before and three are new; five notes, three of them variants of one
topic, which the thumbs continued three times; no time for the other two. It came of a microaction from an earlier
meetup. Whoever has not ticked it is called something with "Hemmelig", so that a leak is seen.
"""

from datetime import UTC, datetime, timedelta

from facilitation.models import RetroItem, Topic
from microactions.models import Microaction
from tests.factories import (
    make_board,
    make_board_pledge,
    make_event,
    make_member,
    make_microaction,
    make_participant,
    make_retro_item,
    make_round,
    make_rsvp,
    make_takeaway,
    make_topic,
    make_venue,
)

SECRET = "Hemmelig"
EVENING = datetime(2025, 9, 17, 15, 0, tzinfo=UTC)
TOPICS = [
    "Hvordan deler vi det som virker, med dem som ikke er i rommet?",
    "Hva gjør vi når to kontorer blir til ett?",
    "Å lede uten å bestemme alt selv",
]
VARIANTS = ["Maler som flere kan bruke", "Hvem har løst dette før oss?"]
NOTES = [
    "Begynn med én side, ikke med et system.",
    "Et bibliotek i nabobyen legger ut rutinene sine, og folk låner dem.",
    "Den som deler, må få høre at det ble brukt.",
    "Personvern først: del malen, ikke saken.",
    "Vi leter i tre kanaler før vi spør et menneske.",
    "Ti minutter i uka er nok hvis de står i kalenderen.",
    "Åpent fra start er lettere enn å åpne etterpå.",
    "Det finnes alltid noen som har prøvd før.",
    "Ikke vent på at det blir pent.",
    "Små steder har like gode idéer, men færre som hører dem.",
    "Å stille spørsmål er også å dele.",
    "Ting tar tid: ett steg i måneden holder.",
]
MICROACTIONS = [
    "Vise én kollega hvordan vi gjør Lean Coffee",
    "Legge ut malen for møtereferat",
    "Høre med BF og K hva de gjorde i fjor",
    "Rydde i fellesmappa på fredag",
]
PLUS = ["Alle snakket", "God kaffe", "Nye fjes fra tre etater", "Vi holdt tiden"]
DELTA = ["Si fra om temaet på forhånd", "Finn et bord med mindre støy", "Vi kunne vært flere"]


def golden_event(*, language="nb"):
    """The evening, over, with its closed board."""
    venue = make_venue(name="Kafé Perrong", city="Eksempelby")
    event = make_event(title="Neste stopp: Eksempelby", language=language, starts_at=EVENING, venue=venue)
    _came_of_a_microaction(event, language)
    board = make_board(event=event, language=language, phase="closed")
    _people(board)
    _talk(board)
    _microactions(board)
    for kind, texts in ((RetroItem.Kind.PLUS, PLUS), (RetroItem.Kind.DELTA, DELTA)):
        for text in texts:
            make_retro_item(board=board, kind=kind, text=text)
    make_event(title="Kaffe og arkiv", language=language, starts_in=timedelta(days=20), venue=venue)
    return event


def _came_of_a_microaction(event, language):
    earlier = make_event(title="Lean Coffee på toget", language=language, starts_at=EVENING - timedelta(days=35))
    make_microaction(what="Holde et treff i min egen by", name="Anna Eksempel", event=earlier, led_to=event)


def _people(board):
    sat = [("Anna E.", True, True), ("Stamgjest", True, False), ("Nykommer", False, False)]
    for nickname, been_before, is_organiser in sat:
        make_participant(
            board=board,
            nickname=nickname,
            been_before=been_before,
            is_organiser=is_organiser,
            name_in_summary=nickname != "Stamgjest",
        )
    board.participants.filter(nickname="Stamgjest").update(nickname=f"{SECRET} Stamgjest")
    for number in (1, 2):
        make_participant(board=board, nickname=f"{SECRET} {number}", been_before=False)
        make_rsvp(event=board.event, name=f"{SECRET} Gjest {number}")


def _talk(board):
    """Written in another order than the dots make of it."""
    author = board.participants.get(number=2)
    make_topic(board=board, text=TOPICS[2], dots=2, author=author, show_nickname=True)
    first = make_topic(board=board, text=TOPICS[0], dots=4, author=author, state=Topic.State.DONE)
    make_topic(board=board, text=TOPICS[1], dots=3, detail=f"Sier {SECRET}", state=Topic.State.PARKED)
    for text in VARIANTS:
        make_topic(board=board, text=text, dots=1, merged_into=first, author=author, show_nickname=True)
    for result in ("continue", "continue", "continue", "move_on"):
        make_round(topic=first, result=result, up=4, down=1)
    for text in NOTES:
        make_takeaway(topic=first, text=text, author=author)
    make_takeaway(topic=first, text=f"{SECRET} og skjult", is_hidden=True)
    make_topic(board=board, text=f"{SECRET} og trukket", state=Topic.State.WITHDRAWN)


def _microactions(board):
    person = make_member(name=f"{SECRET} Medlem")
    for number, what in enumerate(MICROACTIONS):
        seen = Microaction.Visibility.PUBLIC if number % 2 else Microaction.Visibility.ME
        name = f"{SECRET} Navn" if number % 2 else ""
        make_board_pledge(
            board=board, what=what, visibility=seen, name=name, member=person, in_summary=not number % 2
        )
    make_board_pledge(board=board, what=f"{SECRET} plan", visibility=Microaction.Visibility.ME)
