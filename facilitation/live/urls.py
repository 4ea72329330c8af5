"""Addresses of what changes by itself: the stream, without a language in its path, and the polling that stands in for it."""

from django.urls import path

from . import views as live_views

# Under /live/boards/, which the proxy hands to the process that serves streams.
stream = [path("<slug:code>/", live_views.board_live, name="board_live")]
# Under /<lang>/board/.
polling = [path("<slug:code>/shared/", live_views.board_shared, name="board_shared")]
