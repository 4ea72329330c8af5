"""Organisers read this month's letter, greet, and decide when it goes out."""

from django.shortcuts import redirect, render

from chapter.languages import current
from chapter.web import form_methods, organiser_required, posted
from followers.models import Announcement, Follower

from ..models import MonthlyLetter
from . import actions
from .forms import GreetingForm


@organiser_required
@form_methods
def monthly_letter(request):
    stored = MonthlyLetter.objects.filter(month=actions.this_month()).first()
    form = GreetingForm(posted(request), instance=stored, initial={} if stored else {"language": current()})
    if form.is_bound and form.is_valid():
        letter = actions.write(by=request.user, **form.cleaned_data)
        return redirect("tell", actions.KIND, letter.pk)
    context = {
        "form": form,
        "month": actions.this_month(),
        "readers": Follower.objects.reachable().filter(wants_letter=True).count(),
        "announcement": stored and Announcement.objects.of(actions.KIND, stored.pk).first(),
    }
    return render(request, "blog/monthly/letter.html", context)
