"""The editor: three forms on one page, saved together."""

from django.db import IntegrityError, transaction

from .. import posts
from ..summaries import third_parties
from .covers import CoverForm
from .forms import PostForm, bylines_for


class Editor:
    """The text, the authors and the cover of one post, bound to a request."""

    def __init__(self, request, post):
        self.post, self.by = post, request.user
        data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        self.form = PostForm(data, instance=post)
        self.bylines = bylines_for(post, by=self.by, data=data)
        self.cover = CoverForm(data, files, cover=post.cover, by=self.by)
        self.conflict = None

    def save(self):
        """Whether everything is stored. If not, the forms say why, and `conflict` is what a colleague has saved."""
        valid = [form.is_valid() for form in (self.form, self.bylines, self.cover)]
        if not all(valid) or not self.cover.store_new():
            return False
        try:
            self._save_post()
        except posts.ChangedMeanwhile as changed:
            self._keep_both(changed.stored)
        except IntegrityError:
            self._say_what_is_taken()
        return self.conflict is None and not self.form.errors

    def context(self):
        return {
            "post": self.post,
            "form": self.form,
            # In the order of the page, for its summary of errors.
            "forms": [self.form, self.cover, self.bylines],
            "bylines": self.bylines,
            "cover": self.cover,
            "conflict": self.conflict,
            "file_lost": self.cover.must_choose_again,
            "mentions": third_parties.in_post(self.post) if self.post.pk else [],
        }

    @transaction.atomic
    def _save_post(self):
        # In the transaction: the description of a kept picture is stored with the text or not at all.
        self.post.cover = self.cover.result()
        given = self.form.cleaned_data
        posts.save(
            self.post,
            version=given["version"],
            by=self.by,
            principles=given["principles"],
            bylines=self.bylines.authors(),
        )

    def _say_what_is_taken(self):
        # A colleague was faster with a summary or translation: validated again, the form sees it and says so.
        self.cover.drop_new()
        self.form.full_clean()
        if not self.form.errors:
            raise

    def _keep_both(self, stored):
        # What was typed stays in the forms, and nothing of it is stored.
        self.cover.drop_new()
        self.conflict = stored
        self.form.let_replace(stored)
