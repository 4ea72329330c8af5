"""1-3-9 as a kind of activity: its steps, what can be done, what is drawn."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..activities import Act, Kind, forms, on_row, register
from ..models import Activity
from . import drawing, gallery, groups, sheets
from .forms import (
    ClockForm,
    FewerForm,
    HeartForm,
    HideForm,
    LineEditForm,
    LineForm,
    LineRowForm,
    OfLevelForm,
    OpenForm,
    PosterForm,
    ReplanForm,
    TakeForm,
    WhereForm,
    WorkplaceForm,
)
from .groups import ALONE, GALLERY, GROUPS


def _page_of(line):
    return reverse("board_activity", args=[line.activity.board.code, line.activity_id])


def _hide(form, *, by, member):
    data = dict(form.cleaned_data)
    return sheets.hide(data.pop("line"), by=by, member=member, **data)


def _heart(line, me):
    return "facilitation/one_three_nine/_heart_inner.html", {"line": line}


def _poster(form, *, by, member):
    data = dict(form.cleaned_data)
    gallery.type_poster(data.pop("activity"), by=by, lines=data.pop("text"), **data)


ACTS = {
    # Lines
    "line": Act(LineForm, on_row("activity", sheets.write)),
    "line-edit": Act(LineEditForm, on_row("line", sheets.edit)),
    "line-remove": Act(LineRowForm, on_row("line", sheets.remove)),
    "line-take": Act(TakeForm, on_row("line", sheets.take)),
    "line-hide": Act(HideForm, _hide, leads_to=_page_of, for_organisers=True),
    "workplace": Act(WorkplaceForm, on_row("activity", sheets.tell_workplace), _("Saved.")),
    # Groups
    "whereabouts": Act(WhereForm, on_row("activity", sheets.say_where)),
    "fewer": Act(FewerForm, on_row("activity", groups.say_fewer)),
    # The gallery
    "heart": Act(HeartForm, on_row("line", gallery.set_heart), inner=_heart),
    "poster": Act(PosterForm, _poster, _("The poster is up.")),
    # Leading
    "next-level": Act(forms.StepForm, on_row("activity", groups.go_on)),
    "mix-again": Act(OfLevelForm, on_row("activity", groups.mix_again)),
    "replan": Act(ReplanForm, on_row("activity", groups.replan), _("Saved.")),
    "clock": Act(ClockForm, on_row("activity", groups.set_clock)),
}

register(
    Kind(
        value=Activity.Kind.ONE_THREE_NINE,
        invitation=_(
            "Everyone thinks alone, then in threes, then in nines. Each group writes on one sheet, and the last "
            "sheets become posters."
        ),
        folder="facilitation/one_three_nine",
        steps=(
            (ALONE, pgettext_lazy("step", "Alone")),
            (GROUPS, pgettext_lazy("step", "In groups")),
            (GALLERY, pgettext_lazy("step", "Gallery")),
        ),
        form=OpenForm,
        acts=ACTS,
        snapshot=drawing.Snapshot,
        own=drawing.own,
        lead=drawing.lead,
        close=gallery.close,
        time_is_up=groups.to_next_step,
        watching=(GALLERY,),
    )
)
