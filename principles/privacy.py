"""What the principles keep about people: who wrote a wording."""

from chapter.privacy import TEXT_STAYS, WROTE_A_TEXT, Basis, register

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
    what=WROTE_A_TEXT,
    kept=TEXT_STAYS,
    export=export_wordings,
    basis=Basis.INTEREST,
)
