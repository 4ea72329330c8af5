"""Addresses of the chapter's pages, under the language prefix."""

from django.urls import path, re_path

from .accounts import introduction, me
from .log import views as log_views
from .pages import organise_views, views
from .pictures import views as picture_views
from .share_cards import views as share_card_views

urlpatterns = [
    # The chapter's texts
    re_path(r"^(?P<key>about|code-of-conduct|privacy|accessibility)/$", views.page, name="page"),
    path("card.png", share_card_views.card, name="site_card"),
    # My page
    path("me/", me.me, name="me"),
    path("me/introduction/", introduction.me_introduction, name="me_introduction"),
    path("me/export/", me.me_export, name="me_export"),
    path("me/delete/", me.me_delete, name="me_delete"),
    # Organisers
    path("organise/chapter/", organise_views.chapter_edit, name="chapter_edit"),
    path("organise/pages/", organise_views.page_list, name="page_list"),
    path("organise/pages/<slug:key>/<slug:lang>/", organise_views.page_edit, name="page_edit"),
    path("organise/members/", organise_views.members, name="members"),
    path("organise/members/<int:pk>/organiser/", organise_views.member_organiser, name="member_organiser"),
    path("organise/retention/", organise_views.retention, name="retention"),
    path("organise/log/", log_views.organise_log, name="organise_log"),
    # Pictures for texts
    path("organise/pictures/", picture_views.picture_new, name="picture_new"),
]
