"""The host's page of a question: answer it, let it be shown, or not."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from chapter.web import form_methods, posted

from ..access import host_required
from . import actions
from .forms import AnswerForm


@never_cache
@form_methods
@host_required
def question_answer(request, event, pk):
    question = get_object_or_404(event.questions.select_related("member", "rsvp__member"), pk=pk)
    form = AnswerForm(posted(request), initial={"answer": question.answer})
    if form.is_valid():
        actions.decide(question, **form.cleaned_data, by=request.user)
        done = _("The question is shown.") if question.is_visible else _("The question isn’t shown.")
        messages.success(request, done)
        return redirect(f"{event.get_absolute_url()}#questions")
    return render(request, "events/questions/answer.html", {"event": event, "question": question, "form": form})
