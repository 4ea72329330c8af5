"""Addresses that the editor's script calls; without a language, since the script knows one address only.

They bear the names of markdownx's own views and take their place.
"""

from django.urls import path

from . import views

urlpatterns = [
    path("preview/", views.markdownify, name="markdownx_markdownify"),
    path("upload/", views.upload, name="markdownx_upload"),
]
