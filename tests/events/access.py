"""Who gets what under events/. The page of a link in a mail is for whoever has the link; POST-only addresses say 405."""

from tests.factories import make_event, make_question, make_rsvp


def _slug(owner):
    return {"slug": make_rsvp(member=owner).event.slug}


def _draft(owner):
    return {"slug": make_event(state="draft").slug}


def _token(owner):
    return {"token": make_rsvp(member=owner).token}


def _everybody(status):
    return dict.fromkeys(("anonymous", "member", "other", "organiser"), status)


def _question(owner):
    question = make_question(member=owner)
    return {"slug": question.event.slug, "pk": question.pk}


QUESTION_ROWS = [
    ("question_ask", _slug, {**_everybody(200), "anonymous": 302}),
    ("question_ask", _draft, {**_everybody(404), "organiser": 302}),
    ("question_answer", _question, {"anonymous": 302, "member": 404, "other": 404, "organiser": 200}),
    ("question_delete", _question, _everybody(405)),
]
RSVP_ROWS = [
    ("rsvp_create", _slug, _everybody(405)),
    ("rsvp_sent", _slug, _everybody(200)),
    ("rsvp_sent", _draft, {**_everybody(404), "organiser": 200}),
    ("event_coming", _slug, _everybody(200)),
    ("event_coming", _draft, _everybody(404)),
    ("rsvp_forget", _slug, _everybody(405)),
    ("rsvp_cancel", _slug, {**_everybody(405), "anonymous": 302}),
    ("rsvp", _token, _everybody(200)),
    ("rsvp_stop", _token, _everybody(200)),
    ("rsvp_stop", {"token": "nobody-has-this-token"}, _everybody(404)),
    ("rsvp", {"token": "nobody-has-this-token"}, _everybody(404)),
]
