"""Sign-in the way this site does it: allauth's flows, our language and our rules."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Remembers the language a person signed up in."""

    def save_user(self, request, user, form, commit=True):
        from .languages import current

        user.language = current()
        return super().save_user(request, user, form, commit)
