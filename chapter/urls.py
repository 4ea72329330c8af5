"""Addresses of the chapter's own pages, under the language prefix."""

from django.urls import path

urlpatterns: list = [
    # about, code-of-conduct, privacy, accessibility
    # me/
]
_ = path
