"""On the organisers' desk: what only whoever runs the server can mend, while an organiser sees nothing but its effects."""

from django.conf import settings

from chapter.panels import panel

from .state import look


@panel("desk now", template="otg_site/health/_on_desk.html", order=80)
def site_is_unwell(subject, request):
    if not settings.WATCHED:
        return None
    state = look()
    is_unwell = state.worker_is_silent or state.mail_fails or state.mails_failed or state.backup_is_late
    return {"state": state} if is_unwell else None
