"""What nobody in a chapter would send, and what everybody might: hostile values, and one valid form for each address.

The access table (tests/test_access.py) says which addresses there are and makes the rows they are about; `FORMS` below
says what each of them reads from a POST.
"""

from datetime import timedelta
from urllib.parse import urlencode

from django.core import signing
from django.utils import timezone

from blog.models import Post
from blog.summaries import actions as summaries
from chapter.forms import SALT
from events import messaging, planning
from events.models import Event, Message, Rsvp, Series, SisterChapter, WalkIn
from events.series import edits as series_edits
from microactions import makkers
from microactions.models import Microaction, ProposedAddress
from tests.environment import EVERYTHING
from tests.factories import (
    make_access_need,
    make_activity,
    make_board,
    make_comment,
    make_event,
    make_import_file,
    make_makker,
    make_member,
    make_microaction,
    make_organiser,
    make_photo,
    make_post,
    make_proposal,
    make_question,
    make_rsvp,
    make_season,
    make_series,
    make_session,
    make_sister,
    make_venue,
)

SCRIPT = "<script>alert(1)</script>"

# As they stand in an address or in a form, percent-encoded: some are no text at all.
VALUES = (
    "",
    "%00",
    "a%00%01%1b%7f%c2%85b",
    "%ff%fe",
    "%ed%a0%80%ed%bf%bf",
    "a%ef%bf%be%ef%bf%bf%ef%b7%90%f0%9f%bf%bf%f4%8f%bf%beb",
    "%e2%80%ae%d7%a9gnp.exe%e2%81%a6",
    "a%0d%0aBcc:%20victim@example.org%0d%0a%0d%0aX",
    "%27%22%3b--%25(x)s",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "{event.__class__}%7b%7b7*7%7d%7d%24%7b7%7d%25(x)s%25s%25n",
    "-1",
    "0",
    "1e400",
    "1" + "0" * 40,
    "9" * 5000,
    "abc",
    "kari@ex%e2%80%aeample.org",
    "%c5%bfteve@example.org",
    "kari@[127.0.0.1]",
    "kari@bl%c3%a5b%c3%a6r.no",
    "0000-00-00",
    "9999-99-99",
    "9999-12-31",
    "2027-03-28%2002:30",
    "/%5cevil.example.org",
    "//evil.example.org",
    "javascript:alert(1)",
    "n" * 10_000,
    "[" * 20_000,
    "../../../../etc/passwd",
)
PARTS = (
    "-1",
    "0",
    "9223372036854775808",
    "1" + "0" * 40,
    "1" + "0" * 5000,
    "..",
    "../..",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "%00",
    "a%00b",
    "%ff%fe",
    "%ed%a0%80",
    "%0d%0aSet-Cookie:x=1",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "n" * 8000,
)
# Every name that a view reads from an address, and some that none does.
PARAMETERS = (
    *("page", "q", "kind", "place", "year", "principle", "event", "state", "language", "left", "right", "old", "new"),
    *(
        "person",
        "outcome",
        "summary_of",
        "next",
        "idea",
        "change",
        "board",
        "blank",
        "series",
        "n",
        "v",
        "remind",
        "microaction",
        "kept",
        "at",
        "view",
        "page[]",
        "q[0][$ne]",
        "debug",
    ),
)
# What a form must not take from whoever sends it.
TRUSTED = {
    "status": "going",
    "is_organiser": "1",
    "is_staff": "1",
    "is_superuser": "1",
    "is_active": "1",
    "member": "1",
    "author": "1",
    "uploaded_by": "1",
    "held": "0",
    "is_held": "0",
    "approved_at": "2020-01-01",
    "published_at": "2020-01-01",
    "is_draft": "0",
    "queued_at": "2020-01-01",
    "token": "mine",
    "slug": "mine",
    "id": "1",
    "pk": "1",
    "cheers": "1000",
    "result_at": "2020-01-01",
}


def _in_days(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def _opened():
    return signing.dumps(int(timezone.now().timestamp()) - 10, salt=SALT)


def _event_fields(owner):
    names = ("title", "body", "language", "kind", "date", "start", "end", "end_date", "time_zone", "venue")
    values = ("Kaffe", "Vi møtes.", "nb", "lean_coffee", _in_days(9), "17:00", "19:00", "", "Europe/Oslo")
    venue = make_venue().pk
    more = {"online_url": "", "capacity": "9", "principles": "3", "already_happened": ""}
    more |= {"asks_access_needs": "on", "forget_needs": "", "place": "", "saves_venue": "on"}
    return {**dict(zip(names, (*values, venue), strict=True)), **more}


def _series_fields(owner):
    """With the dates that these fields give, as the page shows them."""
    rule = {"rule": "weekday", "every_weeks": "1", "nth": "3", "weekday": "3", "day_of_month": "1", "ahead": "1"}
    when = {"starts_on": "2040-01-01", "ends_on": "", "start": "17:00", "end": "19:00", "skips_july": "on"}
    names = ("title", "body", "language", "kind", "time_zone", "venue", "online_url", "capacity", "principles")
    what = dict(zip(names, ("Kaffe", "Vi", "nb", "talk", "Europe/Oslo", make_venue().pk, "", "9", "3"), strict=True))
    return {**what, **rule, **when, "publishes": "on", "shown": "2040-01-19", "dates": "2040-01-19"}


def _series_version():
    return series_edits.fingerprint(Series.objects.latest("pk"))


def _series_text(owner):
    return {"title": "Kaffe", "body": "", "version": _series_version()}


def _event_version():
    return planning.fingerprint(Event.objects.latest("pk"))


def _event_text(owner):
    return {"title": "Kaffe", "body": "", "version": _event_version()}


def _post_fields(owner):
    return {**POST_FIELDS, "version": Post.objects.latest("pk").version}


def _pledge_fields(owner):
    fields = {"what": "Ask the next team", "due_on": _in_days(7), "opened": _opened()}
    return {**fields, "principle": "2", "event": str(make_event().pk), "wants_makker": "on"}


def _buddy_fields(owner):
    return {"action": "buddy", "event": str(make_event().pk)}


def _guest_pledge(owner):
    return {**_pledge_fields(owner), "email": "kari@example.org", "website": ""}


def _question(owner, **fields):
    question = make_question(**fields)
    return {"slug": question.event.slug, "pk": question.pk}


def _linked(owner):
    return {"slug": make_rsvp(token="t" * 32).event.slug}


def _link(owner):
    return {"body": "Is there a lift?", "rsvp": "t" * 32}


def _guest_rsvp(owner):
    return {"name": "Kari", "email": "kari@example.org", "opened": _opened(), "website": ""}


def _proposal_fields(owner):
    texts = {"what": "Walk and talk", "body": "In pairs", "place": "The park", "when": "May"}
    return {**texts, "principle": "2", "opened": _opened()}


def _guest_proposal(owner):
    return {**_proposal_fields(owner), **_guest_rsvp(owner)}


def _guest_comment(owner):
    return {"body": "Thank you", **_guest_rsvp(owner)}


def _unconfirmed_comment(owner):
    return {"token": make_comment(status="unconfirmed", name="Kari", email="kari@example.org").token}


def _proposal(owner):
    return {"pk": make_proposal().pk}


def _acceptance(owner):
    names = ("kind", "date", "start", "end", "end_date", "time_zone", "venue", "online_url", "capacity")
    fields = _event_fields(owner)
    return {"answer_is": "yes", "already_happened": "", **{name: fields[name] for name in names}}


def _season(owner):
    return {"principle": "4", "starts_on": _in_days(200), "ends_on": _in_days(290)}


def _may_tell(owner):
    return {"token": make_rsvp(event=_asking()).token}


def _has_told(owner):
    return {"token": make_access_need(event=_asking()).rsvp.token}


def _asking():
    event = make_event(asks_access_needs=True)
    event.hosts.add(make_member())
    return event


POST_FIELDS = {
    "title": "Kaffe i høst",
    "language": "nb",
    "lead": "To setninger.",
    "body": "Vi *møttes*.",
    "principles": "1",
    "summary_of": "",
    "translation_of": "",
    "authors-TOTAL_FORMS": "3",
    "authors-INITIAL_FORMS": "0",
    "authors-0-name": "Ola Arrangør",
    "authors-0-bio": "Brews the coffee.",
    "cover-alt": "",
    "version": "",
}
DESCRIPTION = {"alt": "A table", "caption": "", "credit": "", "people_agreed": "on", "next": "1"}
VENUE = {"name": "Kafé", "address": "Gata 1", "city": "By", "language": "nb", "directions": "", "access_notes": ""}
MESSAGE = {"audience": "going", "language": "nb", "subject": "Ta med kopp", "body": "Vi har *kaffe*."}
CLIENT_ID = "5f9b8b5e-9a51-4a0a-8e43-6c1d3b7d0c11"
SISTER = {"name": "Eksempelriket", "home_url": "https://example.org/", "feed_url": "https://10.0.0.1/events.ics"}
WORDING = {"title": "Tittel", "body": "Tekst", "source_name": "Styret", "source_url": "https://example.org/"}
REPORT = {"action": "report", "outcome": "done", "new_date": "", "result": "Done", "visibility": "me", "name": ""}
ORIGIN = {"action": "origin", "event": "", "principle": "2"}
REWORD = {"action": "reword", "what": "Ring the archive", "moment": "at nine", "cue": "", "first_step": ""}
CHAPTER = {
    "name": "One Team Gov",
    "accent": "#a3007c",
    "first_contact_name": "Kari",
    "first_contact_reach": "kari@example.org",
    "second_contact_name": "Per",
    "second_contact_reach": "Call kari@example.org",
    "contact_email": "hei@example.org",
    "time_zone": "Europe/Oslo",
    "default_language": "nb",
    "guests_kept_days": "30",
    "reminder_hours": "24",
    "announce_days": "28",
    **dict.fromkeys(
        ("slack_url", "linkedin_url", "mastodon_url", "meetup_url", "movement_url"), "https://example.org/"
    ),
}


def _event(owner, **fields):
    return {"slug": make_event(**fields).slug}


def _series(owner):
    return {"slug": make_series().slug}


def _series_event(owner):
    """Cancelled, so that an edit of the series asks nothing about it."""
    made = make_event(series=make_series(), series_date=timezone.localdate(), state="cancelled")
    return {"slug": made.slug}


def _at_the_door(owner):
    return {"slug": make_rsvp(event=make_event(starts_in=timedelta(hours=-1), hours=3)).event.slug}


def _walked_in(owner):
    slug = _at_the_door(owner)["slug"]
    WalkIn.objects.create(event=Event.objects.get(slug=slug), client_id=CLIENT_ID)
    return {"slug": slug}


def _message(owner):
    event = make_rsvp().event
    return {"slug": event.slug, "pk": Message.objects.create(event=event, **MESSAGE).pk}


def _message_seen(owner):
    return {"seen": messaging.fingerprint(Message.objects.latest("id"))}


def _with_origin(owner):
    event = make_event()
    make_microaction(led_to=event, status="done")
    return {"slug": event.slug}


def _photo(owner, **fields):
    photo = make_photo(**fields)
    return {"slug": photo.event.slug, "pk": photo.pk}


def _take_out(owner):
    return {"note": "I am the one on the left.", "opened": _opened(), "website": ""}


def _board(owner):
    return {"code": make_board().code}


def _session(owner):
    made = make_session()
    return {"code": made.activity.board.code, "pk": made.pk}


def _cards(owner):
    activity = make_activity(kind="25-10", step="result")
    return {"code": activity.board.code, "pk": activity.pk}


def _going(owner):
    return {"slug": make_rsvp(member=owner).event.slug}


def _summary(owner):
    """The draft of a summary, with a board behind it."""
    event = make_event(starts_in=timedelta(days=-2))
    make_board(event=event, phase="closed")
    return {"pk": summaries.start_summary(event, owner).pk}


def _attendee(owner):
    rsvp = make_rsvp()
    return {"slug": rsvp.event.slug, "pk": rsvp.pk}


def _sister(owner):
    return {"pk": make_sister().pk}


def _proposed(owner):
    made = make_microaction(member=None, email="")
    return {"token": ProposedAddress.objects.create(microaction=made, email="kari@example.org").token}


def _pledged(owner):
    return {"token": make_microaction(member=owner).token}


def _invited(owner):
    return {"key": makkers.invitation_key(make_makker(status="invited"))}


def _led_to(owner):
    return {"led_to": make_event().pk}


def _origin(owner):
    return {"microaction": make_microaction().pk}


# Address, what it is about, who sends it, what a valid form holds (a dict or a function of the sender).
FORMS = [
    ("question_ask", _event, "member", {"body": "Is there a lift?"}),
    ("question_ask", _linked, "visitor", _link),
    ("question_answer", _question, "organiser", {"answer": "Yes, at the back.", "move": "answer"}),
    ("question_delete", lambda owner: _question(owner, member=owner), "member", {}),
    ("rsvp_create", _event, "visitor", _guest_rsvp),
    ("rsvp_create", _event, "member", {}),
    ("rsvp_create", _event, "member", {"shown_to": "going"}),
    ("rsvp_cancel", _going, "member", {}),
    ("rsvp_forget", _event, "visitor", {}),
    ("rsvp", lambda owner: {"token": make_rsvp(status=Rsvp.Status.PENDING).token}, "visitor", {"action": "confirm"}),
    ("rsvp", lambda owner: {"token": make_rsvp().token}, "visitor", {"action": "no_reminders"}),
    (
        "rsvp",
        lambda owner: {"token": make_rsvp(member=owner).token},
        "member",
        {"action": "show_name", "shown_to": "everyone", "on": "me"},
    ),
    ("event_new", {}, "organiser", _event_fields),
    ("series_new", {}, "organiser", _series_fields),
    ("series_edit", _series, "organiser", lambda o: {**_series_fields(o), "version": _series_version()}),
    ("event_and_later", _series_event, "organiser", lambda o: {**_series_fields(o), "version": _series_version()}),
    ("series_wording", lambda o: {**_series(o), "language": "sv"}, "organiser", _series_text),
    ("series_skip", _series, "organiser", {"date": "2040-01-19", "out": "on"}),
    ("series_end", _series, "organiser", {"cancels": "on", "reason": "Rain"}),
    (
        "event_edit",
        _event,
        "organiser",
        lambda owner: {**_event_fields(owner), "reason": "Rain", "version": _event_version()},
    ),
    (
        "event_wording",
        lambda o: {**_event(o), "language": "sv"},
        "organiser",
        _event_text,
    ),
    ("event_delete", lambda owner: _event(owner, state="draft"), "organiser", {}),
    ("door_tick", _at_the_door, "organiser", lambda owner: {"tick": f"{Rsvp.objects.latest('pk').pk}:yes"}),
    ("door_walk_in", _at_the_door, "organiser", {"client_id": CLIENT_ID, "name": "Kari"}),
    ("door_walk_in", _walked_in, "organiser", {"undo": CLIENT_ID}),
    ("door_close", _at_the_door, "organiser", {"action": "close"}),
    ("event_hosts", _event, "organiser", lambda owner: {"member": make_organiser().pk, "change": "add"}),
    ("site_export", {}, "organiser", {}),
    ("events_take", lambda owner: {"pk": make_import_file().pk}, "organiser", {}),
    ("posts_take", lambda owner: {"pk": make_import_file(kind="posts").pk}, "organiser", {}),
    ("message_new", _event, "organiser", MESSAGE),
    ("message_edit", _message, "organiser", MESSAGE),
    ("message_send", _message, "organiser", _message_seen),
    ("message_test", _message, "organiser", {}),
    ("message_delete", _message, "organiser", {}),
    ("event_publish", lambda owner: _event(owner, state="draft"), "organiser", {}),
    ("event_unpublish", _event, "organiser", {}),
    ("event_postpone", _event, "organiser", {"reason": "Rain"}),
    ("event_cancel", _event, "organiser", {"reason": "Rain"}),
    ("event_attendees", _event, "organiser", {"capacity": "9"}),
    ("event_duplicate", _event, "organiser", {}),
    ("attendee_remove", _attendee, "organiser", {}),
    ("attendee_add", _event, "organiser", {"name": "Kari", "email": "kari@example.org"}),
    ("photo_edit", lambda o: _photo(o, is_described=False), "organiser", DESCRIPTION),
    ("photo_move", _photo, "organiser", {"move": "up"}),
    ("photo_delete", _photo, "organiser", {}),
    ("photo_decide", lambda o: _photo(o, hidden=True), "organiser", {"agreed": "on"}),
    ("photo_take_out", lambda o: {"pk": make_photo().pk}, "visitor", _take_out),
    ("venue_new", {}, "organiser", {**VENUE, "map_url": ""}),
    ("venue_edit", lambda owner: {"pk": make_venue().pk}, "organiser", {**VENUE, "map_url": ""}),
    ("propose", {}, "visitor", _guest_proposal),
    ("propose", {}, "member", _proposal_fields),
    ("proposal", lambda o: {"token": make_proposal(state="unconfirmed").token}, "visitor", {"action": "confirm"}),
    ("proposal_decide", _proposal, "organiser", _acceptance),
    ("proposal_decide", _proposal, "organiser", {"answer_is": "no", "answer": "Not now"}),
    ("season_new", {}, "organiser", _season),
    ("season_edit", lambda o: {"pk": make_season().pk}, "organiser", _season),
    ("season_delete", lambda o: {"pk": make_season().pk}, "organiser", {}),
    ("access_need", _may_tell, "visitor", {"text": "A ramp", "consent": "on"}),
    ("access_need", _has_told, "visitor", {"withdraw": "1"}),
    (
        "sister_edit",
        _sister,
        "organiser",
        lambda owner: {**SISTER, "feed_url": SisterChapter.objects.latest("pk").feed_url},
    ),
    ("sister_delete", _sister, "organiser", {}),
    ("pledge", {}, "visitor", _guest_pledge),
    ("pledge", {}, "member", _pledge_fields),
    (
        "microaction_cheer",
        lambda o: {"pk": make_microaction(status="done").pk},
        "visitor",
        {"cheer": "yes", "next": "/nb/"},
    ),
    ("microaction_manage", _pledged, "visitor", REPORT),
    ("microaction_manage", _pledged, "visitor", REWORD),
    ("microaction_manage", _pledged, "visitor", {"action": "visibility", "visibility": "me", "name": "Kari"}),
    ("microaction_manage", _pledged, "visitor", ORIGIN),
    ("microaction_manage", _pledged, "visitor", _buddy_fields),
    ("makker_box", _pledged, "visitor", {"action": "invite"}),
    ("makker_box", lambda o: {"token": make_microaction(event=make_event()).token}, "visitor", {"action": "want"}),
    ("makker_invited", _invited, "visitor", _guest_rsvp),
    ("makker_invited", _invited, "member", {}),
    ("makker", lambda o: {"token": make_makker().token}, "visitor", {"action": "line", "line": "Good luck"}),
    ("microaction_meetup", lambda o: {"token": make_microaction(status="done").token}, "visitor", _led_to),
    ("event_origins", _event, "organiser", _origin),
    ("event_origins", _with_origin, "organiser", lambda o: {"unlink": Microaction.objects.order_by("pk").last().pk}),
    (
        "microaction_manage",
        lambda o: {"token": make_microaction(member=None, email="").token},
        "visitor",
        {"action": "address", "email": "kari@example.org"},
    ),
    ("microaction_review", lambda o: {"pk": make_microaction().pk}, "organiser", {"decision": "hide"}),
    ("post_new", {}, "organiser", POST_FIELDS),
    ("post_edit", lambda o: {"pk": make_post(is_draft=True).pk}, "organiser", _post_fields),
    ("post_edit", _summary, "organiser", lambda o: {**_post_fields(o), "update": "1"}),
    (
        "post_publish",
        lambda o: {"pk": make_post(is_draft=True).pk},
        "organiser",
        {"when": "now", "day": "", "hour": ""},
    ),
    ("post_unpublish", lambda o: {"pk": make_post().pk}, "organiser", {}),
    ("post_delete", lambda o: {"pk": make_post(is_draft=True).pk}, "organiser", {}),
    ("post_summary", lambda o: _event(o, starts_in=timedelta(days=-2)), "organiser", {}),
    ("comment_create", lambda o: {"pk": make_post().pk}, "member", {"body": "Thank you"}),
    ("comment_create", lambda o: {"pk": make_post().pk}, "visitor", _guest_comment),
    ("guest_comment", _unconfirmed_comment, "visitor", {"action": "confirm"}),
    ("guest_comment", _unconfirmed_comment, "visitor", {"action": "delete"}),
    ("comment_moderate", lambda o: {"pk": make_comment().pk}, "organiser", {"move": "hide", "queue": ""}),
    ("comment_delete", lambda o: {"pk": make_comment(member=o).pk}, "member", {}),
    ("principle_wording_new", {"number": 3}, "organiser", {**WORDING, "language": "sv", "adopted_on": "2020-01-01"}),
    ("board_open", _event, "organiser", {}),
    ("board_session_agreed", _session, "visitor", {"agreed": "We meet in May.", "version": "0"}),
    ("board_session_board", _session, "visitor", {}),
    ("board_cards", _cards, "visitor", {"cards": "1", "into": "2"}),
    ("board_leave", _board, "visitor", {}),
    ("board_join", _board, "visitor", {"nickname": "Kari", "been_before": "yes", "name_in_summary": "on"}),
    ("me", {}, "member", {"name": "Kari", "organisation": "Etaten", "language": "nb"}),
    ("me_introduction", {}, "member", {"bio": "Kari", "is_introduced": "on"}),
    ("me_introduction", {}, "organiser", {"bio": "Kari", "is_introduced": "on", "is_on_about": "on"}),
    ("me_delete", {}, "member", {"texts": "keep"}),
    ("feed_rotate", {}, "member", {}),
    ("chapter_edit", {}, "organiser", CHAPTER),
    ("page_edit", {"key": "about", "lang": "sv"}, "organiser", WORDING),
    ("member_organiser", lambda owner: {"pk": make_member().pk}, "organiser", {"make": "yes"}),
    ("account_login", {}, "visitor", {"login": "kari@example.org", "next": "/nb/me/"}),
    ("account_signup", {}, "visitor", {"email": "kari@example.org", "name": "Kari", "next": "/nb/me/"}),
    ("account_logout", {}, "member", {"next": "/nb/"}),
    ("account_email", {}, "member", {"action_add": "", "email": "kari2@example.org"}),
]
# Answered on the spot, taken or not: forms of scripts and mail programs, and sign-ins that have only half begun.
ON_THE_SPOT = [
    # An address that is not public: nobody is asked.
    ("sister_new", {}, "organiser", SISTER),
    ("rsvp_stop", lambda o: {"token": make_rsvp().token}, "visitor", {}),
    ("microaction_stop", _pledged, "visitor", {}),
    ("makker_stop", lambda o: {"token": make_makker().token}, "visitor", {}),
    ("makker", lambda o: {"token": make_makker().token}, "visitor", {"action": "leave"}),
    ("microaction_address", _proposed, "visitor", {"answer": "yes"}),
    ("markdownx_markdownify", {}, "organiser", {"content": "*text*", "language": "nb"}),
    ("markdownx_upload", {}, "organiser", {"image": "", "alt": "", "language": "nb"}),
    ("photos_add", _event, "organiser", {"photos": "", "credit": "Kari"}),
    ("picture_new", {}, "organiser", {"picture": "", "alt": "", "caption": "", "credit": "", "is_decorative": ""}),
    ("posts_bring", {}, "organiser", {"file": "", "language": "nb", "publish": "on", "drafts": "", "pictures": "on"}),
    (
        "events_bring",
        {},
        "organiser",
        {"file": "", "language": "nb", "months_back": "24", "dates": "", "publish": "on"},
    ),
    ("account_confirm_login_code", {}, "visitor", {"code": "0000 0000", "action": "", "next": "/nb/"}),
    ("account_email_verification_sent", {}, "visitor", {"code": "0000 0000", "email": "", "action": ""}),
    ("account_reauthenticate", {}, "member", {"password": "x", "next": "/nb/"}),
    ("account_reauthenticate_by_code", {}, "member", {"code": "0000 0000", "next": "/nb/"}),
    ("mfa_authenticate", {}, "visitor", {"code": "123456"}),
    ("mfa_reauthenticate", {}, "member", {"code": "123456", "next": "/nb/"}),
    ("mfa_reauthenticate_webauthn", {}, "member", {"credential": "{}", "next": "/nb/"}),
    ("mfa_login_webauthn", {}, "visitor", {"credential": "{}"}),
    ("mfa_add_webauthn", {}, "member", {"name": "Key", "credential": "{}", "passwordless": "1"}),
    ("mfa_activate_totp", {}, "member", {"code": "123456"}),
    ("mfa_generate_recovery_codes", {}, "member", {}),
    ("usersessions_list", {}, "member", {"action": "x"}),
]


ON_THE_SPOT_NAMES = {row[0] for row in ON_THE_SPOT}
# Pages that read their address; the others get one mixture.
READERS = {
    *(
        "events",
        "events_past",
        "elsewhere",
        "wall",
        "blog",
        "search",
        "principles_compare",
        "principle_history",
        "pledge",
    ),
    *("members", "microaction_manage", "post_new", "posts", "comments_waiting", "microactions_waiting"),
    *("embed", "embed_help", "events_json", "events_feed"),
    *(
        "members",
        "organise_log",
        "microaction_manage",
        "post_new",
        "posts",
        "comments_waiting",
        "microactions_waiting",
    ),
    *(
        "picture_new",
        "demo_mails",
        "principle_wording_new",
        "idea_bank",
        "board",
        "board_card",
        "board_mine",
        "board_shared",
    ),
    *("propose", "proposals"),
}


def mixed(names, turn):
    """Each name with another hostile value; over len(VALUES) turns every name has every value once."""
    return "&".join(f"{name}={VALUES[(turn + place) % len(VALUES)]}" for place, name in enumerate(names))


def spoilt(fields, *, every=1 if EVERYTHING else 9):
    """Bodies in which one field of a valid form is hostile or missing; each field gets one in `every` values."""
    for place, field in enumerate(fields):
        others = urlencode({name: value for name, value in fields.items() if name != field})
        yield others
        for value in VALUES[place % every :: every]:
            yield f"{others}&{field}={value}"
