"""How a member is introduced where they host and among the organisers."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Image, Member
from ..pictures import PortraitFormField, UnusableImage, delete_image, store_image
from ..web import posted


class IntroductionForm(forms.ModelForm):
    picture = PortraitFormField(
        label=gettext_lazy("A picture of you"),
        help_text=gettext_lazy("JPEG, PNG or WebP, at most 8 MB. We cut it to a small square."),
        required=False,
    )
    remove = forms.BooleanField(label=gettext_lazy("Remove the picture"), required=False)

    class Meta:
        model = Member
        fields = ("bio", "is_introduced", "is_on_about")
        labels = {
            "bio": gettext_lazy("A few words about you"),
            "is_introduced": gettext_lazy("Show my picture and these words at the events I host"),
            "is_on_about": gettext_lazy("Show me among the organisers on the page about the chapter"),
        }
        help_texts = {
            "bio": gettext_lazy("A sentence or two. They are also shown below the posts you write."),
            "is_introduced": gettext_lazy("Otherwise only your name is shown."),
        }
        widgets = {"bio": forms.Textarea(attrs={"rows": 3})}

    field_order = ("picture", "remove", "bio", "is_introduced", "is_on_about")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.portrait:
            del self.fields["remove"]
        if not self.instance.acts_as_organiser:
            del self.fields["is_on_about"]

    def store_picture(self) -> Image | None:
        """The new picture's row, None without one; a failure to store it becomes an error of the form."""
        if not self.cleaned_data.get("picture"):
            return None
        try:
            # The name stands beside it.
            given = {"alt": "", "is_decorative": True, "is_listed": False}
            return store_image(self.cleaned_data["picture"], **given, by=self.instance)
        except UnusableImage as error:
            self.add_error("picture", error)
            return None


@login_required
def me_introduction(request):
    # A form changes its member in memory, and a refused one must not show in the header.
    member = Member.objects.select_related("portrait").get(pk=request.user.pk)
    form = IntroductionForm(posted(request), request.FILES or None, instance=member)
    if form.is_valid():
        picture = form.store_picture()
        if not form.errors:
            introduce(form, picture=picture)
            messages.success(request, _("Saved."))
            return redirect("me_introduction")
    return render(request, "chapter/accounts/introduction.html", {"form": form, "member": member})


@transaction.atomic
def introduce(form, *, picture) -> None:
    """Store the words and where they are shown; `picture` takes the place of the one before, whose files go."""
    member, old = form.instance, form.instance.portrait
    if picture or form.cleaned_data.get("remove"):
        member.portrait = picture
    form.save()
    if old and old != member.portrait:
        delete_image(old)
