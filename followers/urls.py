"""Addresses of followers/, under the language prefix."""

from django.urls import path

from .announcing import organise_views as announce_views
from .following import spreading, views

urlpatterns = [
    path("", views.follow, name="follow"),
    path("member/", views.follow_as_member, name="follow_as_member"),
    path("poster/", spreading.follow_poster, name="follow_poster"),
    path("slide/", spreading.follow_slide, name="follow_slide"),
    path("code.png", spreading.follow_code, name="follow_code"),
    # Organisers
    path("organise/", announce_views.followers, name="followers"),
    path("organise/<int:pk>/stop/", announce_views.announcement_stop, name="announcement_stop"),
    path("organise/series/<slug:slug>/", announce_views.series_tell, name="series_tell"),
    path("organise/<slug:kind>/<int:pk>/", announce_views.tell, name="tell"),
    path("organise/<slug:kind>/<int:pk>/mail/", announce_views.tell_mail, name="tell_mail"),
    # The links in mails
    path("<token:token>/", views.following, name="following"),
    path("<token:token>/stop/", views.follow_stop, name="follow_stop"),
    path("<token:token>/rsvp/<slug:slug>/", views.follow_rsvp, name="follow_rsvp"),
]
