"""Addresses of the demo's mailbox."""

from django.urls import path

from otg_site.demo.mailbox import views as mailbox_views

urlpatterns = [
    path("", mailbox_views.mails, name="demo_mails"),
    path("<slug:name>/", mailbox_views.mail, name="demo_mail"),
    path("<slug:name>/html/", mailbox_views.mail_html, name="demo_mail_html"),
    path("<slug:name>/<int:number>/", mailbox_views.mail_file, name="demo_mail_file"),
]
