"""Builders for tests: each makes one believable row; say only what the test is about."""

from datetime import date, time, timedelta
from itertools import count
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.text import slugify

from blog.models import Byline, Comment, Post
from chapter.addresses import mailbox
from chapter.models import ImportFile, Member, hidden_address, secret_token
from chapter.pictures.images import store_image
from chapter.text import comment_html, markdown
from chapter.wordings import adopt_wording
from events.models import (
    AccessNeed,
    Event,
    Photo,
    Proposal,
    Question,
    Rsvp,
    Season,
    Series,
    SisterChapter,
    SisterEvent,
    Venue,
)
from events.photos import taking_out
from facilitation.models import Board, BoardPledge, Dot, Participant, RetroItem, Round, Takeaway, Topic
from followers.models import Announcement, Follower, Suppression
from microactions.models import Makker, Microaction
from principles.models import Principle
from tests.pictures import encoded, plain, upload

_number = count(1)


def make_member(*, name=None, email=None, **fields):
    """A member with a verified address, as everybody who has signed in has."""
    n = next(_number)
    email = email or f"member{n}@example.org"
    member = Member.objects.create_user(email, name=name or f"Member {n}", **fields)
    member.emailaddress_set.create(email=member.email, verified=True, primary=True)
    return member


def make_organiser(**fields):
    return make_member(is_organiser=True, **fields)


def make_venue(*, name="Kafé Eksempel", **fields):
    return Venue.objects.create(**{"address": "Eksempelgata 1", "city": "Eksempelby", **fields, "name": name})


def in_a_week():
    """At five in the afternoon in Oslo: what begins at this very time, late at night, ends on the day after."""
    day = (timezone.now() + timedelta(days=7)).astimezone(ZoneInfo("Europe/Oslo"))
    return day.replace(hour=17, minute=0, second=0, microsecond=0)


def make_event(*, title="Lean Coffee", body="", language="nb", starts_in=None, hours=1, **fields):
    """A published event that starts in a week; `starts_in=timedelta(days=-7)` makes one that began just so long ago."""
    starts_at = fields.pop("starts_at", in_a_week() if starts_in is None else timezone.now() + starts_in)
    principles = fields.pop("principles", ())
    fields.setdefault("state", Event.State.PUBLISHED)
    fields.setdefault("slug", f"{slugify(title)}-{next(_number)}")
    event = Event.objects.create(starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours), **fields)
    event.principles.set(Principle.objects.filter(number__in=principles))
    adopt_wording(event, language=language, title=title, body=body)
    return event


def make_series(*, title="Lunch", body="", language="nb", principles=(), **fields):
    """Third Thursday of every month, 11:30–12:30 in Oslo, from 2020 on and also in July; it has no events yet."""
    rule = {"starts_on": date(2020, 1, 1), "starts_at": time(11, 30), "skips_july": False}
    fields = {
        **rule,
        "slug": f"{slugify(title)}-{next(_number)}",
        "online_url": "https://meet.example.org/",
        **fields,
    }
    series = Series.objects.create(**fields)
    series.principles.set(Principle.objects.filter(number__in=principles))
    adopt_wording(series, language=language, title=title, body=body)
    return series


def make_rsvp(*, event=None, status=Rsvp.Status.GOING, **fields):
    """A guest's RSVP unless `member` is given."""
    if "member" not in fields:
        n = next(_number)
        fields = {"name": f"Guest {n}", "email": f"guest{n}@example.org", **fields}
    fields.setdefault("queued_at", None if status == Rsvp.Status.PENDING else timezone.now())
    return Rsvp.objects.create(event=event or make_event(), status=status, **fields)


def make_access_need(*, rsvp=None, event=None, text="A seat near the door"):
    """What somebody told the hosts they need; the event is hosted, and asks."""
    event = event or (rsvp.event if rsvp else make_event(asks_access_needs=True))
    if not event.hosts.exists():
        event.hosts.add(make_member())
    return AccessNeed.objects.create(rsvp=rsvp or make_rsvp(event=event), text=text)


def make_question(*, event=None, body="Is there a lift?", **fields):
    """A guest's question that waits for a host unless `member` is given."""
    event = event or make_event()
    if "member" not in fields and "rsvp" not in fields:
        fields["rsvp"] = make_rsvp(event=event)
    if answer := fields.get("answer"):
        fields = {"answer_html": comment_html(answer), "answer_language": "nb", "status": "visible", **fields}
    return Question.objects.create(event=event, body=body, body_html=comment_html(body), **fields)


def make_proposal(*, what="Walk and talk", **fields):
    """A guest's open proposal unless `member` is given."""
    if "member" not in fields:
        n = next(_number)
        fields = {"name": f"Guest {n}", "email": f"guest{n}@example.org", **fields}
    values = {"place": "In the park", "when": "A Thursday in May", "language": "nb", "state": "open"}
    return Proposal.objects.create(what=what, **{**values, **fields})


def make_season(*, principle=3, starts_in=0, days=90):
    """A season from today on, unless it starts in some days."""
    first = timezone.localdate() + timedelta(days=starts_in)
    return Season.objects.create(principle_id=principle, starts_on=first, ends_on=first + timedelta(days=days))


def make_sister(*, name="One Team Gov Eksempelriket", **fields):
    """Another chapter, whose feed was good an hour ago."""
    fields.setdefault("feed_url", f"https://chapter{next(_number)}.example.org/events.ics")
    fields.setdefault("fetched_at", timezone.now() - timedelta(hours=1))
    return SisterChapter.objects.create(name=name, **fields)


def make_sister_event(*, chapter=None, title="Breakfast", starts_in=timedelta(days=5), hours=1, **fields):
    starts_at = timezone.now() + starts_in
    fields = {
        "uid": f"uid-{next(_number)}",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=hours),
        **fields,
    }
    return SisterEvent.objects.create(chapter=chapter or make_sister(), title=title, **fields)


def make_microaction(*, what="Invite the team next door for coffee", **fields):
    """A public, open microaction of a new member, due in a week."""
    if "member" not in fields and "email" not in fields:
        fields["member"] = make_member()
    if fields.get("status") in Microaction.RESULTS:
        fields.setdefault("result_at", timezone.now())
    fields.setdefault("visibility", Microaction.Visibility.PUBLIC)
    fields.setdefault("due_on", timezone.localdate() + timedelta(days=7))
    return Microaction.objects.create(what=what, **fields)


def make_makker(*, microaction=None, status=Makker.Status.ACCEPTED, **fields):
    """The makker of somebody's microaction that only the two of them see; a new member unless `member` or `email` is given."""
    if status != Makker.Status.INVITED:
        fields.setdefault("accepted_at", timezone.now())
        if not {"member", "email"} & set(fields):
            fields["member"] = make_member()
    microaction = microaction or make_microaction(visibility="makker")
    return Makker.objects.create(microaction=microaction, status=status, **fields)


def make_post(*, title="What we learned", body="We met and talked.", author="Kari Eksempel", **fields):
    """A post published an hour ago; `is_draft=True` makes a draft."""
    principles = fields.pop("principles", ())
    fields.setdefault("is_draft", False)
    fields.setdefault("published_at", None if fields["is_draft"] else timezone.now() - timedelta(hours=1))
    fields.setdefault("slug", f"{slugify(title)}-{next(_number)}")
    post = Post.objects.create(title=title, body=body, **markdown.columns(body), **fields)
    post.principles.set(Principle.objects.filter(number__in=principles))
    Byline.objects.create(post=post, name=author)
    return post


def make_comment(*, post=None, body="Thank you for this.", status=Comment.Status.VISIBLE, **fields):
    """A member's, unless a guest's name or address is given."""
    html = markdown.to_html(body)
    if not fields.keys() & {"name", "email"}:
        fields.setdefault("member", make_member())
    return Comment.objects.create(
        post=post or make_post(),
        body=body,
        body_html=html,
        status=status,
        **fields,
    )


# Boards


def make_board(*, event=None, **fields):
    """A board that nobody leads; `phase="closed"` makes a sealed one."""
    if fields.get("phase") == Board.Phase.CLOSED:
        fields = {"closed_at": timezone.now(), "sealed_at": timezone.now(), **fields}
    return Board.objects.create(at_event=None if fields.get("session") else event or make_event(), **fields)


def make_participant(*, board=None, leads=False, **fields):
    """Somebody at the board; with `leads` the board is theirs, and the board that was given knows it."""
    board = board or make_board()
    fields.setdefault("number", board.participants.count() + 1)
    participant = Participant.objects.create(board=board, **fields)
    if leads:
        board.leader = participant
        board.save(update_fields=["leader"])
    return participant


def make_leader(**fields):
    return make_participant(leads=True, **fields)


def make_led_board(**fields):
    """A board that somebody leads: `board.leader`."""
    return make_leader(board=make_board(**fields)).board


def make_topic(*, board=None, text="How do we begin?", **fields):
    """A note of nobody in particular, the last on the board; `dots` are given to it as dots of the room."""
    board = board or make_board()
    fields.setdefault("room_dots", fields.pop("dots", 0))
    fields.setdefault("position", board.topics.count() + 1)
    return Topic.objects.create(board=board, text=text, **{"client_id": uuid4(), **fields})


def make_dots(topic, participant, number=1):
    """In the participant's next slots, round every verb; the database still refuses one too many."""
    first = Dot.objects.filter(participant=participant).count() + 1
    dots = [Dot(topic=topic, participant=participant, slot=slot) for slot in range(first, first + number)]
    return Dot.objects.bulk_create(dots)


def make_round(*, topic=None, ends_in=timedelta(minutes=8), **fields):
    """The next round of a topic, which is talked about from now on unless the round is settled.

    `ends_in=timedelta(0)` makes one that waits for the thumbs; `result="continue"` a settled one.
    """
    topic = topic or make_topic(board=make_board(phase=Board.Phase.TALK))
    if not fields.get("result") and not topic.is_talking:
        topic.state = Topic.State.TALKING
        topic.save(update_fields=["state"])
    now = timezone.now()
    fields.setdefault("number", topic.rounds.count() + 1)
    return Round.objects.create(topic=topic, **{"started_at": now, "ends_at": now + ends_in, **fields})


def make_takeaway(*, topic=None, text="Ask those it is for.", **fields):
    return Takeaway.objects.create(topic=topic or make_topic(), text=text, **{"client_id": uuid4(), **fields})


def make_retro_item(*, board=None, kind=RetroItem.Kind.PLUS, text="Good coffee", **fields):
    return RetroItem.objects.create(
        board=board or make_board(), kind=kind, text=text, **{"client_id": uuid4(), **fields}
    )


def make_board_pledge(*, board=None, participant=None, in_summary=False, **fields):
    """A microaction from the board; `fields` are the microaction's."""
    board = board or make_board()
    microaction = make_microaction(event=board.event, **fields)
    return BoardPledge.objects.create(
        board=board, participant=participant, microaction=microaction, client_id=uuid4(), in_summary=in_summary
    )


def make_activity(*, board=None, kind="1-3-9", **fields):
    """In its first step, beside what the board shows."""
    fields = {"sizes": "1-3-9", "minutes": "0", "question": "What helps?", "step": "alone", **fields}
    return (board or make_board()).activities.create(kind=kind, client_id=uuid4(), **fields)


# Sessions


def make_sessions(*, board=None, step="pitch", **fields):
    """The sessions of a board that somebody leads, at this step and shown to the room."""
    board = board or make_led_board()
    if step == "closed":
        fields.setdefault("closed_at", timezone.now())
    made = board.activities.create(kind="sessions", step=step, client_id=uuid4(), **fields)
    made.board = board
    board.activity = made
    board.save(update_fields=["activity"])
    return made


def make_session(*, activity=None, title="Plain language", **fields):
    activity = activity or make_sessions()
    made = activity.sessions.create(title=title, **{"client_id": uuid4(), **fields})
    made.activity = activity
    return made


def make_session_room(activity, name="Loftet"):
    return activity.rooms.create(name=name, position=activity.rooms.count() + 1)


def make_session_slot(activity, starts_in=timedelta(0), minutes=45):
    """A time that begins so long after the event does."""
    starts_at = activity.board.event.starts_at + starts_in
    return activity.slots.create(starts_at=starts_at, ends_at=starts_at + timedelta(minutes=minutes))


# Photos


def make_photo(*, event=None, hidden=False, **fields):
    """A photo of a past event that everybody sees, with real files; `is_described=False` makes one that waits.

    `hidden=True` makes one that was taken out, by the verb itself.
    """
    event = event or make_event(starts_in=timedelta(days=-2))
    described = fields.get("is_described", True)
    n = next(_number)
    words = {"alt": f"Cups on table {n}"} if described else {"alt": "", "is_decorative": True}
    words |= {name: fields.pop(name) for name in ("alt", "caption", "credit") if name in fields}
    image = store_image(upload(encoded(plain(color=(n * 7 % 256, n * 13 % 256, n % 256)))), **words, is_listed=False)
    fields = {"is_described": True, "people_agreed": described, "position": n, "digest": f"{n}", **fields}
    photo = Photo.objects.create(event=event, image=image, **fields)
    if hidden:
        taking_out.take_out(photo)
        photo = Photo.objects.select_related("image").get(pk=photo.pk)
    return photo


def make_follower(*, email=None, is_confirmed=True, series=(), principles=(), **fields):
    """A guest who follows, and said yes an hour ago; `member=` makes it a member."""
    if "member" not in fields:
        fields["email"] = email or f"follower{next(_number)}@example.org"
    said = timezone.now() - timedelta(hours=1)
    follower = Follower.objects.create(**{"confirmed_at": said if is_confirmed else None, **fields})
    follower.series.set(series)
    follower.principles.set(Principle.objects.filter(number__in=principles))
    return follower


def make_suppression(email, *, is_final=False):
    """A mailbox that stopped following; `is_final` if it wants never to be asked again."""
    return Suppression.objects.create(digest=hidden_address(mailbox(email)), token=secret_token(), is_final=is_final)


def make_announcement(*, event=None, kind="meetup", **fields):
    """Announced, and due since a minute; nobody is written down yet."""
    fields = {"due_at": timezone.now() - timedelta(minutes=1), **fields}
    return Announcement.objects.create(kind=kind, object_id=(event or make_event()).pk, **fields)


def make_import_file(*, state="tried", content=b"title,start\nKaffe,2026-10-15 11:30\n", **fields):
    """A small table of events that was read, and waits to be brought in."""
    options = {"language": "nb", "publish": False, "time_zone": "Europe/Oslo"}
    if fields.get("kind") == "posts":
        options |= {"drafts": False, "pictures": False}
    rows = [["made", "2026-10-15 11:30 Kaffe", ""]]
    report = {"rows": rows, "notes": [], "counts": {"made": 1}}
    return ImportFile.objects.create(
        **{"name": "events.csv", "state": state, "content": content, "options": options, "report": report, **fields}
    )
