"""Storing the chapter's settings, with its logo."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .. import audit
from ..pictures import UnusableImage, delete_image, store_image

audit.describe("chapter_changed", _("changed the chapter’s details"))


def settings_saved(form, *, by) -> bool:
    """Store what a valid form says; False, with an error in the form, if its logo could not be stored."""
    try:
        logo = _stored(form.cleaned_data.get("logo_file"), by=by)
    except UnusableImage as error:
        form.add_error("logo_file", error)
        return False
    _save(form, logo, by=by)
    return True


def _stored(drawing, *, by):
    # The chapter's name stands beside it.
    return store_image(drawing, alt="", is_decorative=True, is_listed=False, by=by) if drawing else None


@transaction.atomic
def _save(form, logo, *, by):
    chapter, old = form.instance, form.instance.logo
    if logo or form.cleaned_data.get("remove_logo"):
        chapter.logo = logo
    audit.record("chapter_changed", by=by, subject=form.save())
    if old and old != chapter.logo:
        delete_image(old)
