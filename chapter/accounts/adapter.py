"""How allauth signs people in on this site: our language, our mails, our limits."""

from datetime import timedelta
from email.utils import make_msgid

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.sites.shortcuts import get_current_site
from django.db import transaction
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from .. import addresses, languages, mail
from ..addresses import mailbox, normal
from ..models import CODE_GOOD_FOR, WITHOUT_CODE, Chapter, Member
from ..web import client_address, ratelimits
from . import codes
from .sign_in import run_sign_in_hooks

# allauth's mails that anybody can cause by typing an address: those with a code, and those that say that there is or is
# no account. All others tell a member what they did.
CODES = {
    "account/email/login_code",
    "account/email/email_confirmation",
    "account/email/email_confirmation_signup",
}
UNASKED = {"account/email/account_already_exists", "account/email/unknown_account"}
# Of mails that carry the code in their subject, where it is read without opening them.
HEADINGS = {
    "account/email/login_code": gettext_lazy("Your sign-in code"),
    "account/email/email_confirmation": gettext_lazy("Confirm your email address"),
    "account/email/email_confirmation_signup": gettext_lazy("Confirm your email address"),
}
SIGNED_OUT = "account/messages/logged_out.txt"
CONFIRMED = "account/messages/email_confirmed.txt"
SENT = {"account/messages/login_code_sent.txt", "account/messages/email_confirmation_sent.txt"}
A_DAY = timedelta(days=1)
# By one client address, to however many mailboxes.
TOLD_A_MINUTE = 20
# What allauth's forms say, in our words.
ERRORS = {
    "account_inactive": gettext_lazy("This account has been switched off."),
    "cannot_remove_primary_email": gettext_lazy("You sign in with this address, so it can’t be removed."),
    "duplicate_email": gettext_lazy("This address is already yours."),
    "email_taken": gettext_lazy("Another account already uses this address."),
    "incorrect_code": gettext_lazy("That isn’t the right code. Check the email and try again."),
    "invalid_login": gettext_lazy("Enter a valid email address."),
    "max_email_addresses": gettext_lazy("You can’t have more than %d addresses."),
    "rate_limited": gettext_lazy("Too many attempts. Wait a little, then try again."),
    "same_as_current": gettext_lazy("This is already your address."),
    "select_only_one": gettext_lazy("Choose only one."),
    "too_many_login_attempts": gettext_lazy("Too many attempts. Wait a little, then ask for a new code."),
    "unverified_primary_email": gettext_lazy("Confirm the address first."),
}
SECOND_FACTOR_ERRORS = {
    "add_email_blocked": gettext_lazy("Turn off two-step sign-in before you add an address."),
    "cannot_delete_authenticator": gettext_lazy("You can’t remove your last two-step sign-in method."),
    "cannot_generate_recovery_codes": gettext_lazy(
        "Recovery codes come with a passkey or an app. Add one of them first."
    ),
    "incorrect_code": gettext_lazy("That isn’t the right code. Check the app and try again."),
    "unverified_email": gettext_lazy("Confirm your email address first."),
}
WAYS = {
    "mfa_reauthenticate": gettext_lazy("Use the app or a recovery code"),
    "mfa_reauthenticate:webauthn": gettext_lazy("Use my passkey"),
}


class AccountAdapter(DefaultAccountAdapter):
    """allauth's adapter, for sign-in by mailed code or passkey."""

    error_messages = {**DefaultAccountAdapter.error_messages, **ERRORS}

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
        ways = sorted(super().get_reauthentication_methods(user), key=lambda method: "webauthn" not in method["id"])
        return [{**way, "description": WAYS.get(way["id"], way["description"])} for way in ways]

    def send_account_already_exists_mail(self, email):
        login_url = settings.SITE_URL + reverse("account_login")
        self.send_mail("account/email/account_already_exists", email, {"login_url": login_url})

    @transaction.atomic
    def send_mail(self, template_prefix, email, context):
        """Queue it, as far as the budget of the mailbox goes. The page says the same either way, and takes as long."""
        good_for = A_DAY
        if template_prefix in CODES | UNASKED:
            is_code = template_prefix in CODES
            is_own = is_code and _is_own(email)
            # Who has no account gets a code as well, of a name that nobody has and that nobody is told.
            code = codes.new_code(email if is_code else f"{WITHOUT_CODE}{email}")
            if code is None:
                return
            context = {**context, "code": code}
            good_for = CODE_GOOD_FOR if is_code else A_DAY
            if not self._may_send(email, is_own=is_own):
                # Written and queued all the same, too late to be sent.
                good_for = timedelta()
        mail.post_sealed(self._written(template_prefix, email, context), good_for=good_for)

    def _may_send(self, email, *, is_own):
        """Whether the budgets allow it. An owner's code needs none, but asks them all, without counting: by the clock
        nobody shall tell members."""
        asker, scope = client_address(self.request), "own code" if is_own else "told"
        # Whoever asks may ask on, so what goes to people who have no account is limited here.
        is_many = ratelimits.uses(asker, scope, seconds=60)[0] > TOLD_A_MINUTE
        return (_passes_gate(email, counts=not is_own) and not is_many) or is_own

    def _written(self, template_prefix, email, context):
        known = {"request": self.request, "email": email, "current_site": get_current_site(self.request)}
        return self.render_mail(template_prefix, email, {**known, **context})

    def add_message(self, request, level, message_template=None, message_context=None, **more):
        """allauth's "a mail was sent" is on the page already; of it remains what those hear who ask once more."""
        if message_template in SENT:
            if codes.is_asked_again(message_context["email"], message_template):
                messages.info(
                    request, _("The email is already on its way. The code in the previous one still works.")
                )
            return
        if message_template == CONFIRMED and not self.request.user.is_authenticated:
            # Of whoever signs up: the next one says that they are in.
            return
        if message_template == SIGNED_OUT:
            # Drafts in this browser are nobody else's business (`static/js/editor/stored.js`).
            more["extra_tags"] = "signed-out"
        super().add_message(request, level, message_template, message_context, **more)

    def render_mail(self, template_prefix, email, context, headers=None):
        """allauth's two templates, subject and text, as one letter in the language of the page."""
        chapter = Chapter.load()
        contact = format_html("<{}>", chapter.contact_email)
        context = {**context, "contact": contact, "language": languages.current()}
        message = super().render_mail(template_prefix, email, context, headers)
        written = mail.write(
            f"{escape(message.subject)}\n\n{message.body}", context, heading=HEADINGS.get(template_prefix, "")
        )
        letter = mail.Mail(
            message.subject,
            written.text,
            message.from_email,
            message.to,
            reply_to=[chapter.contact_email],
            headers={
                "Message-ID": make_msgid(domain=mail.host()),
                "Auto-Submitted": "auto-generated",
                "Content-Language": context["language"],
            },
        )
        letter.attach_html(written.html)
        return letter


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {**DefaultMFAAdapter.error_messages, **SECOND_FACTOR_ERRORS}

    def generate_authenticator_name(self, user, type):
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey") if number == 1 else _("Passkey %(number)d") % {"number": number}


def _is_own(email):
    # Looked up in any case: for an address without an account, allauth has asked for its member a second time.
    has_owner = Member.objects.owner_of(email) is not None
    # A mailbox has any number of tagged addresses, and a rule for each would be none for all.
    return has_owner or mailbox(email) == normal(email)


def _passes_gate(email, *, counts):
    try:
        with transaction.atomic():
            mail.gate.pass_one(email)
            if not counts:
                transaction.set_rollback(True)
    except mail.MailboxFull:
        return False
    return True
