"""Access checks, the first line of a view."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _


def lacks_second_factor(user) -> bool:
    return user.is_authenticated and user.lacks_second_factor


def to_second_factor(request):
    messages.info(request, _("The organisers’ pages need a passkey. Add one here first, then come back."))
    return redirect("mfa_index")


def organiser_required(view):
    """Only organisers; in production only with a passkey or another second factor.

    A visitor is sent to sign in, another member gets 403, an organiser without second factor is sent to add one.
    """

    @login_required
    @wraps(view)
    def checked(request, *args, **kwargs):
        if not request.user.is_organiser:
            raise PermissionDenied
        if lacks_second_factor(request.user):
            return to_second_factor(request)
        return view(request, *args, **kwargs)

    return checked
