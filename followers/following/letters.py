"""The question whether a mailbox wants to follow, and the answer to who follows already."""

from chapter.mail import Letter, letter, page_url
from chapter.models import Chapter

from ..models import Follower, Suppression


def _letter_to(follower, name):
    page = page_url("following", follower.token, language=follower.language)
    return Letter(
        to=follower.person_email,
        language=follower.language,
        template=f"followers/following/mail/{name}",
        context={"page": page, "follower": follower, "chapter": Chapter.load()},
    )


@letter("follow_confirm", unasked=True)
def follow_confirm(delivery):
    follower = Follower.objects.select_related("member").filter(pk=delivery.object_id).first()
    is_asked = follower and (not follower.is_confirmed or follower.paused_at)
    return _letter_to(follower, "follow_confirm") if is_asked and not _is_never_asked(follower) else None


def _is_never_asked(follower):
    return Suppression.objects.of(follower.person_email).filter(is_final=True).exists()


@letter("follow_already", unasked=True)
def follow_already(delivery):
    follower = Follower.objects.reachable().select_related("member").filter(pk=delivery.object_id).first()
    return follower and _letter_to(follower, "follow_already")
