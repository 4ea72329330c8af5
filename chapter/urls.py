"""Addresses of the chapter's own pages, under the language prefix."""

from django.urls import path, re_path

from . import audit_views, organiser_views, picture_views, views

urlpatterns = [
    # The chapter's texts
    re_path(r"^(?P<key>about|code-of-conduct|privacy|accessibility)/$", views.page, name="page"),
    path("card.png", views.card, name="site_card"),
    # My page
    path("me/", views.me, name="me"),
    path("me/export/", views.me_export, name="me_export"),
    path("me/delete/", views.me_delete, name="me_delete"),
    # Organisers
    path("organise/chapter/", organiser_views.chapter_edit, name="chapter_edit"),
    path("organise/pages/", organiser_views.page_list, name="page_list"),
    path("organise/pages/<slug:key>/<slug:lang>/", organiser_views.page_edit, name="page_edit"),
    path("organise/members/", organiser_views.members, name="members"),
    path("organise/members/<int:pk>/organiser/", organiser_views.member_organiser, name="member_organiser"),
    path("organise/retention/", organiser_views.retention, name="retention"),
    path("organise/log/", audit_views.organise_log, name="organise_log"),
    # Pictures for texts
    path("organise/pictures/", picture_views.picture_new, name="picture_new"),
]
