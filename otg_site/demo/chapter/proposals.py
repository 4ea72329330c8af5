"""The demo's proposed meetups, the theme of its season, an event that asks what people need, and questions about it."""

from datetime import timedelta

from chapter.text import comment_html
from events.models import AccessNeed, Proposal, Rsvp, Season

from . import texts


def load(found, members, calendar):
    told = texts.toml("proposals")
    for plan in told["proposal"]:
        _propose(plan, members, calendar)
    _announce(told["season"], told["next_season"], calendar)
    _tell(told["need"], found, members)
    for plan in told["question"]:
        _ask(plan, found, members)


def _propose(plan, members, calendar):
    columns = {name: plan[name] for name in ("what", "body", "place", "when", "language")}
    person = (
        {"member": members[plan["member"]]} if "member" in plan else {"name": plan["name"], "email": plan["email"]}
    )
    Proposal.objects.create(
        **columns,
        **person,
        principle_id=plan.get("principle"),
        state=Proposal.State.OPEN,
        created_at=calendar.moment - timedelta(days=plan["days_back"]),
    )


def _announce(now, after, calendar):
    last = calendar.day(now["days_ahead"])
    Season.objects.create(principle_id=now["principle"], starts_on=calendar.day(-now["days_back"]), ends_on=last)
    Season.objects.create(
        principle_id=after["principle"],
        starts_on=last + timedelta(days=1),
        ends_on=calendar.day(after["days_ahead"]),
    )


def _tell(need, found, members):
    event = found[need["event"]]
    type(event).objects.filter(pk=event.pk).update(asks_access_needs=True)
    rsvp = Rsvp.objects.holding().get(event=event, member=members[need["member"]])
    AccessNeed.objects.create(rsvp=rsvp, text=need["text"])


def _ask(plan, found, members):
    body, answer = plan["body"], plan.get("answer", "")
    answered = {"answer": answer, "answer_html": comment_html(answer), "answer_language": "nb", "status": "visible"}
    found[plan["event"]].questions.create(
        member=members[plan["member"]],
        language=plan["language"],
        body=body,
        body_html=comment_html(body),
        **(answered if answer else {}),
    )
