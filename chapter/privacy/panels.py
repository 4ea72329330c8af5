"""On the organisers' desk: a row when the nightly deletion failed, or has not run for two nights."""

from ..panels import panel
from .retention import last_report


@panel("desk now", template="chapter/privacy/_on_desk.html", order=90)
def retention_failing(subject, request):
    report = last_report()
    return {"report": report} if report.needs_a_look else None
