"""The letter to confirm a guest's comment. It quotes nothing from the form: anyone may type anyone's address."""

from chapter.mail import Letter, letter, page_url

from ..models import Comment


@letter("comment_confirm", unasked=True)
def comment_confirm(delivery):
    comment = Comment.objects.filter(pk=delivery.object_id).first()
    if comment is None or not comment.is_unconfirmed:
        return None
    return Letter(
        to=comment.email,
        language=comment.language,
        template="blog/comments/mail/comment_confirm",
        context={"comment_url": page_url("guest_comment", comment.token, language=comment.language)},
    )
