"""The one mail to somebody who followed the chapter elsewhere."""

from chapter.mail import Letter, letter, page_url
from chapter.models import Chapter

from ..models import Follower
from .actions import KIND


@letter(KIND, unasked=False)
def follow_invited(delivery):
    follower = Follower.objects.filter(pk=delivery.object_id, confirmed_at=None).first()
    if follower is None:
        return None
    page = page_url("following", follower.token, language=follower.language)
    stop_url = page_url("follow_stop", follower.token, language=follower.language)
    return Letter(
        to=follower.email,
        language=follower.language,
        template="followers/inviting/mail/follow_invited",
        context={"page": page, "stop_url": stop_url, "chapter": Chapter.load()},
        unsubscribe_url=stop_url,
        list_name="invitation",
    )
