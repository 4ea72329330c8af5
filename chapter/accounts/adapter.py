"""How allauth signs people in on this site: our language, our mails, our limits."""

import logging

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.translation import override

from .. import addresses, languages, mail
from ..models import Chapter
from ..web import client_address, errors
from .sign_in import run_sign_in_hooks

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """allauth's adapter, for sign-in by mailed code or passkey."""

    def save_user(self, request, user, form, commit=True):
        user.language = languages.current()
        user.name = form.cleaned_data.get("name", "")
        return super().save_user(request, user, form, commit)

    def clean_email(self, email):
        return addresses.checked(email)

    def post_login(self, request, user, **details):
        """Run the sign-in hooks and redirect in the member's own language."""
        with override(user.language):
            response = super().post_login(request, user, **details)
        run_sign_in_hooks(user)
        response["Location"] = languages.address_in(response.url, user.language)
        languages.remember(response, user.language)
        return response

    def get_client_ip(self, request):
        # The address of our own rate limits. Without one, a value that allauth can store.
        return client_address(request) or "0.0.0.0"  # noqa: S104 (not an address to listen on)

    def get_reauthentication_methods(self, user):
        # The passkey first: somebody who has just added one may know no other way.
        return sorted(super().get_reauthentication_methods(user), key=lambda method: "webauthn" not in method["id"])

    def send_account_already_exists_mail(self, email):
        login_url = settings.SITE_URL + reverse("account_login")
        self.send_mail("account/email/account_already_exists", email, {"login_url": login_url})

    def send_mail(self, template_prefix, email, context):
        """Send at once, since a queue would store live codes; a failing mail server gives the 503 page."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:
            logger.exception("the mail server did not take %s", template_prefix)
            raise ImmediateHttpResponse(errors.unavailable(self.request)) from error

    def send_notification_mail(self, *args, **kwargs):
        try:
            super().send_notification_mail(*args, **kwargs)
        except ImmediateHttpResponse:
            # The change it tells of is stored already.
            logger.warning("a notification was not sent")

    def render_mail(self, template_prefix, email, context, headers=None):
        """allauth's two templates, subject and text, as one letter in the language of the page."""
        chapter = Chapter.load()
        contact = format_html("<{}>", chapter.contact_email)
        context = {**context, "contact": contact, "language": languages.current()}
        message = super().render_mail(template_prefix, email, context, headers)
        written = mail.write(f"{escape(message.subject)}\n\n{message.body}", context)
        message.body = written.text
        message.reply_to = [chapter.contact_email]
        message.extra_headers |= {"Auto-Submitted": "auto-generated", "Content-Language": context["language"]}
        message.attach_alternative(written.html, "text/html")
        return message
