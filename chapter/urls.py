"""Addresses of the chapter's own pages, under the language prefix."""

from django.urls import path

from . import picture_views

urlpatterns: list = [
    # about, code-of-conduct, privacy, accessibility
    # me/
    # Pictures for texts
    path("organise/pictures/", picture_views.picture_new, name="picture_new"),
]
