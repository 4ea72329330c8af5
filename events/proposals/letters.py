"""Letters about proposals. The one to confirm quotes nothing from the form: anyone may type anyone's address."""

from chapter.mail import Letter, letter, page_url
from chapter.models import Member

from ..models import Proposal


def _proposal_of(delivery):
    return Proposal.objects.select_related("member", "event").filter(pk=delivery.object_id).first()


def _to_proposer(proposal, name, **more):
    language = proposal.member.language if proposal.member else proposal.language
    url = page_url("proposal", proposal.token, language=language)
    return Letter(
        to=proposal.person_email,
        language=language,
        template=f"events/proposals/mail/{name}",
        context={"proposal": proposal, "proposal_url": url, **more},
    )


@letter("proposal_confirm", unasked=True)
def proposal_confirm(delivery):
    proposal = _proposal_of(delivery)
    return _to_proposer(proposal, "proposal_confirm") if proposal and proposal.is_unconfirmed else None


@letter("proposal_new", unasked=False)
def proposal_new(delivery):
    proposal, pk = _proposal_of(delivery), delivery.recipient.removeprefix("member:")
    reader = Member.objects.organisers().filter(pk=pk).first()
    if not (proposal and proposal.is_open and reader):
        return None
    url = page_url("proposal_decide", proposal.pk, language=reader.language)
    return Letter(
        to=reader.email,
        language=reader.language,
        template="events/proposals/mail/proposal_new",
        # A stranger's words, which without the second factor nobody reads on the page either.
        context={"proposal": proposal, "decide_url": url, "is_quoted": reader.acts_as_organiser},
    )


@letter("proposal_accepted", unasked=False)
def proposal_accepted(delivery):
    proposal = _proposal_of(delivery)
    if not (proposal and proposal.is_accepted and proposal.event):
        return None
    language = proposal.member.language if proposal.member else proposal.language
    urls = {
        "event_url": page_url("event", proposal.event.slug, language=language),
        "login_url": page_url("account_login", language=language),
    }
    return _to_proposer(proposal, "proposal_accepted", **urls)


@letter("proposal_declined", unasked=False)
def proposal_declined(delivery):
    proposal = _proposal_of(delivery)
    return _to_proposer(proposal, "proposal_declined") if proposal and proposal.is_declined else None
