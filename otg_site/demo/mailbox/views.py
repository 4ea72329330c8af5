"""The pages of the demo's mailbox; they exist in the demo and in tests only."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from chapter.mail import framed
from chapter.web import page_of

from . import backend as mailbox

PER_PAGE = 50
HERE_ALONE = {"alternates": []}


@require_safe
def mails(request):
    page = page_of(mailbox.names(), request, per_page=PER_PAGE)
    found = [mailbox.heading(name) for name in page]
    return render(request, "demo/mails.html", {**HERE_ALONE, "page": page, "mails": found})


@require_safe
@csp_update({"frame-src": [SELF]})
def mail(request, name):
    mail = _mail_or_404(name)
    context = {"mail": mail, "text": mailbox.with_links(mail.text)}
    return render(request, "demo/mail.html", {**HERE_ALONE, **context})


@require_safe
@xframe_options_sameorigin
def mail_html(request, name):
    """The HTML part alone, for the frame on the mail's page."""
    return framed(_mail_or_404(name).html)


@require_safe
def mail_file(request, name, number):
    files = _mail_or_404(name).files
    if number >= len(files):
        raise Http404
    file = files[number]
    response = HttpResponse(file.content, content_type="application/octet-stream")
    if file.content_type == "text/calendar":
        response["Content-Type"] = "text/calendar; charset=utf-8"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name)
    return response


def _mail_or_404(name):
    try:
        return mailbox.StoredMail(name)
    except FileNotFoundError as error:
        raise Http404 from error
