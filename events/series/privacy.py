"""What series keep about people."""

from django.utils.translation import gettext_lazy as _

from chapter.privacy import register

from ..models import Series, SeriesWording


def export_hosting(member):
    return [{"series": series.slug} for series in member.hosted_series.order_by("id")]


def stop_hosting(member, *, keep_texts):
    member.hosted_series.clear()


def export_wordings(member):
    rows = SeriesWording.objects.filter(author=member).select_related("series").order_by("id")
    return [{"series": row.series.slug, "language": row.language, "title": row.title} for row in rows]


register(
    Series,
    what=_("Which series you host."),
    kept=_("Until you delete your account."),
    export=export_hosting,
    erase=stop_hosting,
)
register(
    SeriesWording,
    what=_("That you wrote a series’ text."),
    kept=_("Until you delete your account; the text stays without your name."),
    export=export_wordings,
)
