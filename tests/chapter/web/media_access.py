"""Who may open the editor's addresses, the pictures and the demo's mailbox."""

from django.core.mail import EmailMessage

from otg_site.demo.mailbox import backend as mailbox

EVERYBODY = {"anonymous": 200, "member": 200, "other": 200, "organiser": 200}
ORGANISERS = {"anonymous": 302, "member": 403, "other": 403, "organiser": 200}
POST_ONLY = dict.fromkeys(EVERYBODY, 405)


def a_mail(_owner):
    message = EmailMessage("Hello", "Text", to=["guest@example.org"])
    message.attach("meetup.ics", b"BEGIN:VCALENDAR", "text/calendar")
    mailbox.FileBackend().send_messages([message])
    return {"name": mailbox.names()[0]}


def an_attachment(owner):
    return {**a_mail(owner), "number": 0}


ROWS = [
    ("markdownx_markdownify", {}, POST_ONLY),
    ("markdownx_upload", {}, POST_ONLY),
    ("picture_new", {}, ORGANISERS),
    ("demo_mails", {}, EVERYBODY),
    ("demo_mail", a_mail, EVERYBODY),
    ("demo_mail_html", a_mail, EVERYBODY),
    ("demo_mail_file", an_attachment, EVERYBODY),
]
