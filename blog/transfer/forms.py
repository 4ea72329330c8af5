"""The form of a file of posts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from chapter.transfer import BringFileForm


class PostFileForm(BringFileForm):
    MAX_MB = 25

    publish = forms.BooleanField(
        label=_("Publish what was published there"),
        required=False,
        help_text=_("Otherwise every post becomes a draft. No one is emailed."),
    )
    drafts = forms.BooleanField(
        label=_("Bring in drafts and private posts as well"),
        required=False,
        help_text=_("They stay drafts here."),
    )
    pictures = forms.BooleanField(
        label=_("Fetch pictures from the other blog"),
        required=False,
        initial=True,
        help_text=_("Otherwise the posts link to them. Pictures in a ZIP file are always brought in."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "The export of WordPress or Squarespace (XML), a Markdown file, or a folder of them with their pictures as a"
            " ZIP file. At most 25 MB."
        )
