"""What the principles keep about people: who wrote a wording."""

from django.utils.translation import gettext_lazy as _

from chapter.privacy.registry import register

from .models import PrincipleWording


def export_wordings(member):
    return [
        {
            "principle": wording.principle_id,
            "language": wording.language,
            "title": wording.title,
            "adopted_on": wording.adopted_on.isoformat(),
            "written_at": wording.created_at.isoformat(),
        }
        for wording in PrincipleWording.objects.filter(author=member).without_texts().order_by("id")
    ]


# No `erase`: the chapter keeps its wording, and the database forgets the author with the account.
register(
    PrincipleWording,
    what=_("That you added a wording of a principle. It isn’t shown."),
    kept=_("Until you delete your account. The wording itself is kept."),
    export=export_wordings,
)
