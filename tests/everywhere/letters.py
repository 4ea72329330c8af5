"""One letter of each kind, made of the words that a test gives: `LETTERS[kind](words)` is the Delivery to be sent."""

from datetime import timedelta
from typing import NamedTuple

from django.utils import timezone

from blog.models import MonthlyLetter, Post
from chapter.mail import queue as mail
from chapter.models import Delivery
from events.models import Event, Message
from events.rsvps import reminders
from followers.models import Announcement, Digest
from microactions import dates
from microactions.models import Microaction, ProposedAddress
from tests.factories import (
    make_announcement,
    make_comment,
    make_event,
    make_follower,
    make_makker,
    make_member,
    make_microaction,
    make_organiser,
    make_photo,
    make_post,
    make_proposal,
    make_question,
    make_rsvp,
    make_series,
    make_venue,
)

A_DAY = timedelta(days=1)
MEET = "https://meet.example.org/lean-coffee"


class Words(NamedTuple):
    """What people have typed, and the language of the reader. `line` is one line, `text` may have several."""

    line: str
    text: str
    reads: str = "nb"
    wrote: str = "nb"


def _delivery(kind, row, **fields):
    return Delivery.objects.create(kind=kind, object_id=row.pk, **fields)


def _event(words, **fields):
    venue = make_venue(
        name=words.line[:120],
        address=words.line,
        city=words.line[:80],
        directions=words.text,
        access_notes=words.text,
        language=words.wrote,
        map_url="https://maps.example.org/?a=1&b=2",
    )
    fields = {
        "venue": venue,
        "online_url": MEET,
        "state_reason": words.line,
        "reason_language": words.wrote,
        **fields,
    }
    return make_event(title=words.line, language=words.wrote, **fields)


def _rsvp(words, *, event=None, **fields):
    return make_rsvp(
        event=event or _event(words), name=words.line[:80], email="kari@example.org", language=words.reads, **fields
    )


def _of_rsvp(kind, status="going", **event_fields):
    return lambda words: _delivery(kind, _rsvp(words, event=_event(words, **event_fields), status=status))


def _reminder(words):
    rsvp = _rsvp(words)
    return _delivery("reminder", rsvp, sequence=reminders.sequence_of(rsvp.event))


def _questions_waiting(words):
    event, host = _event(words), make_member(language=words.reads)
    event.hosts.add(host)
    make_question(event=event, body=words.line), make_question(event=event, body=words.line)
    return _delivery("questions_waiting", host)


def _series_changed(words):
    made = make_series(title=words.line, language=words.wrote)
    first, *others = (
        make_event(
            title=words.line,
            language=words.wrote,
            starts_in=timedelta(days=7 * n),
            venue=_event(words).venue if n == 1 else None,
            online_url=MEET,
            state="cancelled" if n == 2 else "published",
            state_reason=words.line,
            reason_language=words.wrote,
            series=made,
            series_date=timezone.localdate() + timedelta(days=7 * n),
        )
        for n in (1, 2, 3)
    )
    rsvp = _rsvp(words, event=first)
    for event in others:
        _rsvp(words, event=event)
    return _delivery("series_changed", rsvp)


def _event_message(words):
    event = _event(words)
    message = Message.objects.create(
        event=event,
        author=make_member(),
        audience="all",
        language=words.wrote,
        subject=words.line,
        body=words.text,
        sent_at=timezone.now(),
        sent_to=1,
    )
    return _delivery("event_message", _rsvp(words, event=event), sequence=message.pk)


def _event_message_test(words):
    sent = _event_message(words)
    host = make_organiser(language=words.reads)
    message = Message.objects.get(pk=sent.sequence)
    return _delivery("event_message_test", message, recipient=f"member:{host.pk}")


def _proposal(kind, state, **fields):
    def make(words):
        made = make_proposal(
            what=words.line,
            place=words.line,
            when=words.line,
            name=words.line[:80],
            language=words.wrote,
            answer=words.text,
            state=state,
            email="kari@example.org",
        )
        if state == "accepted":
            made.event = _event(words)
            made.save()
        return _delivery(kind, made, **fields)

    return make


def _proposal_new(words):
    reader = make_organiser(language=words.reads)
    return _proposal("proposal_new", "open", recipient=f"member:{reader.pk}")(words)


def _photo_taken_out(words):
    photo = make_photo(event=_event(words, starts_in=-2 * A_DAY))
    photo.hidden_at, photo.hidden_note = timezone.now(), words.text
    photo.save()
    reader = make_organiser(language=words.reads)
    sequence = int(photo.hidden_at.timestamp()) // 60
    return _delivery("photo_taken_out", photo, recipient=f"member:{reader.pk}", sequence=sequence)


def _after_event(words, *, with_all):
    event = _event(words, starts_in=-A_DAY)
    if with_all:
        make_post(title=words.line, language=words.wrote, summary_of=event)
        _microaction(words, event=event)
    return _delivery("after_event", _rsvp(words, event=event))


def _microaction(words, **fields):
    return make_microaction(
        **{
            "what": words.line[:140],
            "moment": words.line[:80],
            "cue": words.line[:140],
            "first_step": words.line[:140],
            "name": words.line[:80],
            "email": "kari@example.org",
            "language": words.reads,
            "due_on": dates.today(),
            "visibility": "makker",
            # An organiser has let the person's links pass.
            "approved_at": timezone.now(),
            **fields,
        }
    )


def _of_microaction(kind, **fields):
    return lambda words: _delivery(kind, _microaction(words, **fields))


def _comment_confirm(words):
    made = make_comment(
        name=words.line[:80], email="kari@example.org", body=words.text, status="unconfirmed", language=words.reads
    )
    return _delivery("comment_confirm", made)


def _address_confirm(words):
    made = _microaction(words)
    return _delivery("address_confirm", ProposedAddress.objects.create(microaction=made, email="kari@example.org"))


def _of_makker(kind, *, status="accepted", paired=False):
    def make(words):
        made = make_makker(
            microaction=_microaction(words, language=words.wrote),
            paired_with=_microaction(words) if paired else None,
            name=words.line[:80],
            email="buddy@example.org",
            language=words.reads,
            status=status,
        )
        return _delivery(kind, made)

    return make


def _follower(words, **fields):
    return make_follower(language=words.reads, **fields)


def _news(kind, **event_fields):
    def make(words):
        announcement = make_announcement(kind=kind, event=_event(words, **event_fields))
        digest = Digest.objects.create(follower=_follower(words))
        digest.news.create(announcement=announcement, follower=digest.follower)
        return _delivery("news", digest)

    return make


def _new_post(words):
    announcement = make_announcement(
        kind="post", event=make_post(title=words.line, lead=words.text, language=words.wrote)
    )
    digest = Digest.objects.create(follower=_follower(words, wants_posts=True))
    digest.news.create(announcement=announcement, follower=digest.follower)
    return _delivery("news", digest)


def _monthly_letter(words):
    # It tells of all that is there: of what this test has made, and of nothing before.
    Post.objects.update(is_draft=True)
    Event.objects.update(state="draft")
    Microaction.objects.all().delete()
    _new_post(words)
    done = {"status": "done", "result": words.line, "result_at": timezone.now(), "visibility": "public"}
    _microaction(words, language=words.wrote, **done)
    _event(words)
    greeting = {"greeting": words.text, "language": words.wrote}
    letter, _is_new = MonthlyLetter.objects.update_or_create(month=dates.today().replace(day=1), defaults=greeting)
    Announcement.objects.all().delete()
    announcement = make_announcement(kind="letter", event=letter)
    digest = Digest.objects.create(follower=_follower(words, wants_letter=True))
    digest.news.create(announcement=announcement, follower=digest.follower)
    return _delivery("news", digest)


def _meetup_off(words):
    delivery = _news("meetup", state="cancelled")(words)
    news = Digest.objects.get(pk=delivery.object_id).news.get()
    mail.send(delivery.pk)
    off = make_announcement(kind="meetup_off", event=Event.objects.get(pk=news.announcement.object_id))
    later = Digest.objects.create(follower=news.follower)
    later.news.create(announcement=off, follower=news.follower)
    return _delivery("news", later)


LETTERS = {
    "follow_confirm": lambda words: _delivery("follow_confirm", _follower(words, is_confirmed=False)),
    "follow_already": lambda words: _delivery("follow_already", _follower(words)),
    "follow_invited": lambda words: _delivery("follow_invited", _follower(words, is_confirmed=False)),
    "news": _news("meetup"),
    "news of a post": _new_post,
    "news of the month": _monthly_letter,
    "news of a meetup called off": _meetup_off,
    "rsvp_confirm": _of_rsvp("rsvp_confirm", "pending"),
    "rsvp_already": _of_rsvp("rsvp_already"),
    "rsvp_added": _of_rsvp("rsvp_added"),
    "rsvp_added to the waitlist": _of_rsvp("rsvp_added", "waitlisted"),
    "rsvp_going": _of_rsvp("rsvp_going"),
    "rsvp_promoted": _of_rsvp("rsvp_promoted"),
    "rsvp_cancelled": _of_rsvp("rsvp_cancelled", "cancelled"),
    "rsvp_removed": _of_rsvp("rsvp_removed", "cancelled"),
    "rsvp_waitlisted": _of_rsvp("rsvp_waitlisted", "waitlisted", capacity=1),
    "rsvp_claim": _of_rsvp("rsvp_claim", "waitlisted"),
    "reminder": _reminder,
    "event_cancelled": _of_rsvp("event_cancelled", state="cancelled"),
    "event_postponed": _of_rsvp("event_postponed", state="postponed"),
    "event_moved": _of_rsvp("event_moved"),
    "series_changed": _series_changed,
    "event_message": _event_message,
    "event_message_test": _event_message_test,
    "proposal_confirm": _proposal("proposal_confirm", "unconfirmed"),
    "proposal_new": _proposal_new,
    "proposal_accepted": _proposal("proposal_accepted", "accepted"),
    "proposal_declined": _proposal("proposal_declined", "declined"),
    "photo_taken_out": _photo_taken_out,
    "questions_waiting": _questions_waiting,
    "comment_confirm": _comment_confirm,
    "after_event": lambda words: _after_event(words, with_all=False),
    "after_event with a summary": lambda words: _after_event(words, with_all=True),
    "pledge_confirm": _of_microaction("pledge_confirm", status="pending"),
    "pledge_noted": _of_microaction("pledge_noted"),
    "address_confirm": _address_confirm,
    "morning": _of_microaction("morning"),
    "check_in": _of_microaction("check_in"),
    "check_in_again": _of_microaction("check_in_again"),
    "makker_confirm": _of_makker("makker_confirm", status="pending"),
    "makker_nudge": _of_makker("makker_nudge"),
    "makker_found": _of_makker("makker_found", paired=True),
}
