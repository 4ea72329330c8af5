"""Addresses that the editor's script calls; without a language, since the script knows one address only.

They bear the names of markdownx's own views and take their place.
"""

from django.urls import path

from . import editor

urlpatterns = [
    path("preview/", editor.markdownify, name="markdownx_markdownify"),
    path("upload/", editor.upload, name="markdownx_upload"),
]
