"""Who gets what on the ground floor; format in tests/test_access.py."""

from chapter.models import Member


def row(name, arguments, anonymous, member, organiser, other=None):
    roles = {"anonymous": anonymous, "member": member, "other": other or member, "organiser": organiser}
    return (name, arguments, roles)


def everyone(name, arguments, status=200):
    return row(name, arguments, status, status, status)


def members_only(name, status=200):
    return row(name, {}, 302, status, status)


def organisers_only(name, arguments):
    return row(name, arguments, 302, 403, 200)


ROWS = [
    everyone("site_card", {}),
    *[everyone("page", {"key": key}) for key in ("about", "code-of-conduct", "privacy", "accessibility")],
    members_only("me"),
    members_only("me_introduction"),
    members_only("me_export", 302),
    members_only("me_delete", 302),
    organisers_only("chapter_edit", {}),
    organisers_only("organise_log", {}),
    organisers_only("page_list", {}),
    organisers_only("page_edit", {"key": "about", "lang": "sv"}),
    organisers_only("members", {}),
    organisers_only("retention", {}),
    everyone("member_organiser", lambda member: {"pk": Member.objects.get(pk=member.pk).pk}, 405),
    # Signing in: who is in already is sent on
    row("account_login", {}, 200, 302, 302),
    row("account_request_login_code", {}, 302, 302, 302),
    row("account_confirm_login_code", {}, 302, 302, 302),
    row("account_signup", {}, 200, 302, 302),
    row("account_logout", {}, 302, 200, 200),
    everyone("account_inactive", {}),
    members_only("account_email"),
    everyone("account_email_verification_sent", {}, 302),
    members_only("account_reauthenticate", 302),
    members_only("account_reauthenticate_by_code"),
    # Passkeys, second factor, sessions
    members_only("mfa_index"),
    everyone("mfa_authenticate", {}, 302),
    members_only("mfa_reauthenticate", 302),
    members_only("mfa_activate_totp", 302),
    members_only("mfa_deactivate_totp", 404),
    members_only("mfa_view_recovery_codes", 404),
    members_only("mfa_generate_recovery_codes"),
    members_only("mfa_download_recovery_codes", 404),
    members_only("mfa_list_webauthn"),
    members_only("mfa_add_webauthn", 302),
    members_only("mfa_reauthenticate_webauthn", 302),
    row("mfa_remove_webauthn", {"pk": 1}, 302, 404, 404),
    row("mfa_edit_webauthn", {"pk": 1}, 302, 404, 404),
    everyone("mfa_login_webauthn", {}, 302),
    members_only("usersessions_list"),
]
