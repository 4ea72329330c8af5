"""Hosts and organisers add photos, describe them, put them in order, and decide about those taken out."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from chapter.pictures import image_code, uses_of
from chapter.web import key_page_of, organiser_required, posted

from ..access import host_required
from ..fields import ConfirmForm
from ..models import Photo
from . import actions, taking_out
from .forms import DescriptionForm, MoveForm, PhotosForm, ShowAgainForm
from .views import with_titles

PER_PAGE = 50

# Adding


@host_required
def photos_add(request, event):
    """A browser sends all files in one form; a script sends one at a time and is answered in JSON."""
    is_sent, is_script = request.method == "POST", not request.accepts("text/html")
    if is_sent:
        form = PhotosForm(request.POST, request.FILES)
    else:
        form = PhotosForm(initial={"credit": actions.last_credit(request.user)})
    if is_sent and form.is_valid():
        added = actions.add_all(
            event, form.cleaned_data["photos"], credit=form.cleaned_data["credit"], by=request.user
        )
        return _answer(event, added) if is_script else _after(request, event, added, form)
    if is_sent and is_script:
        return _refusal(error for errors in form.errors.values() for error in errors)
    return _add_page(request, event, form)


def _add_page(request, event, form):
    return render(request, "events/photos/organise/add.html", {**_list(event), "form": form})


def _after(request, event, added, form):
    _say(request, added)
    if not added.refused:
        return redirect("photos_add", event.slug)
    for refusal in added.refused:
        form.add_error("photos", f"{refusal.name}: {refusal.reason}")
    return _add_page(request, event, form)


def _answer(event, added):
    if added.refused:
        return _refusal(refusal.reason for refusal in added.refused)
    photo = (added.new + added.known)[0]
    edit = reverse("photo_edit", args=[event.slug, photo.pk])
    return JsonResponse({"new": len(added.new), "known": len(added.known), "edit": edit})


def _refusal(reasons):
    return JsonResponse({"error": " ".join(reasons)}, status=400)


def _say(request, added):
    if added.new:
        text = ngettext("%(number)s photo is saved.", "%(number)s photos are saved.", len(added.new))
        messages.success(request, text % {"number": len(added.new)})
    if added.known:
        text = ngettext("%(number)s was already here.", "%(number)s were already here.", len(added.known))
        messages.info(request, text % {"number": len(added.known)})


def _list(event):
    rows = list(event.photos.in_order())
    unfinished = [photo for photo in rows if not photo.is_shown and not photo.is_hidden]
    return {"event": event, "photos": rows, "unfinished": unfinished, "ready": len(rows) - len(unfinished)}


# One photo


@host_required
def photo_edit(request, event, pk):
    photo = get_object_or_404(event.photos.select_related("image"), pk=pk)
    if photo.is_hidden:
        return redirect("photo_decide", event.slug, pk)
    form = DescriptionForm(posted(request), initial=_described(photo, request.user))
    if form.is_bound and form.is_valid():
        return _describe(request, event, photo, form.cleaned_data)
    code = image_code(photo.image) if photo.is_shown else ""
    left = event.photos.unfinished().count()
    context = {"event": event, "photo": photo, "form": form, "left": left, "code": code}
    return render(request, "events/photos/organise/edit.html", context)


def _describe(request, event, photo, described):
    try:
        photo = actions.describe(photo, **described, by=request.user)
    except OSError:
        messages.error(request, _("We couldn’t move the photo’s files. Nothing was saved. Try again later."))
        return redirect("photo_edit", event.slug, photo.pk)
    messages.success(
        request, _("Saved. The photo is now shown.") if photo.is_shown else _("Saved. Only the hosts can see it.")
    )
    return _to_next(request, event, photo)


def _described(photo, member):
    image = photo.image
    credit = image.credit or ("" if photo.is_described else actions.last_credit(member))
    return {"alt": image.alt, "caption": image.caption, "credit": credit, "people_agreed": photo.people_agreed}


def _to_next(request, event, photo):
    # The next in order, or from the beginning again.
    waiting = event.photos.unfinished().exclude(pk=photo.pk).order_by("position", "id")
    following = waiting.filter(position__gte=photo.position).first() or waiting.first()
    if following and "next" in request.POST:
        return redirect("photo_edit", event.slug, following.pk)
    return redirect("photos_add", event.slug)


@host_required
@require_POST
def photo_move(request, event, pk):
    photo = get_object_or_404(event.photos, pk=pk)
    form = MoveForm(request.POST)
    if form.is_valid():
        actions.move(photo, up=form.cleaned_data["move"] == "up", by=request.user)
    response = redirect("photos_add", event.slug)
    response["Location"] += f"#photo-{pk}"
    return response


@host_required
def photo_delete(request, event, pk):
    photo = get_object_or_404(event.photos.select_related("image"), pk=pk)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        actions.delete(photo, by=request.user)
        messages.success(request, _("The photo has been deleted."))
        return redirect("photos_add", event.slug)
    context = {"event": event, "photo": photo, "form": form, "uses": _uses(photo)}
    return render(request, "events/photos/organise/delete.html", context)


# Taken out


@host_required
def photo_decide(request, event, pk):
    photo = get_object_or_404(event.photos.hidden().select_related("image"), pk=pk)
    form = ShowAgainForm(posted(request))
    if form.is_bound and form.is_valid():
        return _show_again(request, event, photo)
    context = {"event": event, "photo": photo, "form": form, "uses": _uses(photo)}
    return render(request, "events/photos/organise/decide.html", context)


def _show_again(request, event, photo):
    try:
        taking_out.show_again(photo, by=request.user)
        messages.success(request, _("The photo is shown again."))
        return redirect("photos_add", event.slug)
    except OSError:
        messages.error(request, _("We couldn’t move the photo’s files. The photo is still hidden. Try again later."))
        return redirect("photo_decide", event.slug, photo.pk)


@organiser_required
def photos_taken_out(request):
    hidden = with_titles(Photo.objects.hidden())
    page = key_page_of(hidden, request, per_page=PER_PAGE, by=("hidden_at", "id"), descending=False)
    uses = uses_of([photo.image for photo in page])
    rows = [(photo, uses.get(photo.image_id, [])) for photo in page]
    return render(request, "events/photos/organise/taken_out.html", {"page": page, "rows": rows})


def _uses(photo):
    return uses_of([photo.image]).get(photo.image_id, [])
