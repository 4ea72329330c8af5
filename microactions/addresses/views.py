"""The page behind the link in the mail to an address that was added later."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from ..models import ProposedAddress
from . import actions
from .forms import AddressAnswerForm


@csrf_exempt  # a mail program's one-click POST (RFC 8058) has neither cookie nor token; the link's token is the proof
@never_cache
def microaction_address(request, token):
    # A mail program that POSTs by itself sends no answer, which counts as a no.
    proposed = get_object_or_404(ProposedAddress.objects.select_related("microaction"), token=token)
    if request.method != "POST":
        return render(request, "microactions/addresses/address.html", {"proposed": proposed})
    try:
        return _answer(request, proposed)
    except ObjectDoesNotExist:  # deleted meanwhile
        raise Http404 from None


def _answer(request, proposed):
    form = AddressAnswerForm(request.POST)
    if form.is_valid() and form.cleaned_data["answer"] == "yes":
        return redirect("microaction_manage", actions.confirm(proposed).token)
    microaction = actions.refuse(proposed)
    page = "addresses/address_refused" if proposed.email else "check_ins/stop"
    return render(request, f"microactions/{page}.html", {"microaction": microaction})
