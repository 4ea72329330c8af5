"""The form of a file that an organiser brings in."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class BringFileForm(forms.Form):
    """Each kind adds the help of `file`, MAX_MB and how the file is to be read."""

    MAX_MB = 5

    file = forms.FileField(
        label=gettext_lazy("File"),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty. Choose another one."),
            "missing": gettext_lazy("Choose a file."),
        },
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the texts"), choices=settings.LANGUAGES)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > self.MAX_MB * 1_000_000:
            raise forms.ValidationError(self.too_large())
        return file

    def too_large(self):
        return _("This file is larger than {number} MB. Choose a smaller one.").format(number=self.MAX_MB)
