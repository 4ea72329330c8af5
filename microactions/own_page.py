"""The page of a microaction that belongs to its person."""

from django.shortcuts import redirect


def back_to_own_page(request, microaction):
    """To the page the person came from: a member's own, or the one behind the link."""
    if request.user.is_authenticated and microaction.member_id == request.user.pk:
        return redirect(microaction)
    return redirect("microaction_manage", microaction.token)
