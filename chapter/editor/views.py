"""The Markdown editor's preview and picture upload, in place of markdownx's own views. For organisers."""

from functools import wraps

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from ..languages import CODES
from ..pictures import PictureForm, image_code, placeholder
from ..text import markdown
from ..web import ratelimits

PREVIEWS_A_MINUTE = 240


def organiser_script(view):
    """`web.organiser_required` for a script: 403 in JSON where a person is sent to sign in."""

    @wraps(view)
    def checked(request):
        if not _may_edit(request.user):
            return _refusal(_("Only organisers who are signed in can do this."), status=403)
        with override(_language_of(request)):
            return view(request)

    return checked


def _may_edit(user):
    return user.is_authenticated and user.acts_as_organiser


def _language_of(request):
    asked = request.POST.get("language")
    # These addresses have no language prefix: it is the language of the page with the editor.
    return asked if asked in CODES else request.user.language


def _refusal(message, *, status):
    return JsonResponse({"error": message}, status=status)


@require_POST
@organiser_script
def markdownify(request):
    ratelimits.limit_key(f"member:{request.user.pk}", "preview", times=PREVIEWS_A_MINUTE, seconds=60)
    content = request.POST.get("content")
    if content is None:
        return _refusal(_("There was no text to show."), status=400)
    if len(content) > markdown.MAX_LENGTH:
        return _refusal(_("The text is too long."), status=413)
    return HttpResponse(markdown.to_html(content))


class UploadForm(PictureForm):
    needs_description = False

    def clean_alt(self):
        return self.cleaned_data["alt"] or placeholder()


@require_POST
@organiser_script
def upload(request):
    """Store a picture and answer with its Markdown; an undescribed one gets a placeholder."""
    form = UploadForm(request.POST, {"picture": request.FILES.get("image")})
    image = form.store_and_log(by=request.user) if form.is_valid() else None
    if image is None:
        return _refusal(" ".join(error for errors in form.errors.values() for error in errors), status=400)
    return JsonResponse({"image_code": image_code(image), "image_path": image.file.url})
