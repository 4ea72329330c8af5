"""Pictures for texts: upload one, copy its Markdown; works without a script."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ..models import Image
from ..web import key_page_of, organiser_required, posted
from .descriptions import image_code, is_placeholder
from .forms import PictureForm

PER_PAGE = 12


@organiser_required
def picture_new(request):
    form = PictureForm(posted(request), request.FILES or None)
    if form.is_valid() and form.store_and_log(by=request.user):
        messages.success(request, _("The picture is saved. Copy its text below into your post."))
        return redirect("picture_new")
    listed = Image.objects.filter(is_listed=True)
    page = key_page_of(listed, request, per_page=PER_PAGE, by=("created_at", "id"))
    for image in page:
        image.code = image_code(image)
        image.is_undescribed = is_placeholder(image.alt)
    return render(request, "chapter/pictures/list.html", {"form": form, "page": page})
