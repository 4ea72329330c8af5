"""Addresses that the editor's script calls; they have no language prefix, since the script knows only one address.

They have the names of markdownx's own views and replace them.
"""

from django.urls import path

from . import views

urlpatterns = [
    path("preview/", views.markdownify, name="markdownx_markdownify"),
    path("upload/", views.upload, name="markdownx_upload"),
]
