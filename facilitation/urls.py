"""Addresses of boards. Those without a language stand in `short` and `stream`."""

from django.urls import path

from .live import views as live_views
from .page import activity_views, session_views, views
from .paper_card import views as paper_card_views

# /b/<code> is what stands on the wall.
short = [path("b/<slug:code>", views.board_short, name="board_short")]
# Under /live/boards/, which the proxy hands to the process that serves streams.
stream = [path("<slug:code>/", live_views.board_live, name="board_live")]

urlpatterns = [
    # Organisers
    path("open/<slug:slug>/", views.board_open, name="board_open"),
    # The table
    path("<slug:code>/", views.board, name="board"),
    path("<slug:code>/join/", views.board_join, name="board_join"),
    path("<slug:code>/do/<slug:verb>/", views.board_do, name="board_do"),
    path("<slug:code>/mine/", views.board_mine, name="board_mine"),
    path("<slug:code>/card/", paper_card_views.board_card, name="board_card"),
    path("<slug:code>/leave/", paper_card_views.board_leave, name="board_leave"),
    # What the room does beside the Lean Coffee
    path("<slug:code>/activities/", activity_views.board_activities, name="board_activities"),
    path("<slug:code>/activities/<int:pk>/", activity_views.board_activity, name="board_activity"),
    path("<slug:code>/activities/<int:pk>/cards/", activity_views.board_cards, name="board_cards"),
    path("<slug:code>/activities/open/<slug:kind>/", activity_views.board_activity_open, name="board_activity_open"),
    # Sessions
    path("<slug:code>/sessions/", session_views.board_sessions, name="board_sessions"),
    path("<slug:code>/sessions.ics", session_views.board_sessions_ics, name="board_sessions_ics"),
    path("<slug:code>/sessions/<int:pk>/", session_views.board_session, name="board_session"),
    path("<slug:code>/sessions/<int:pk>/agreed/", session_views.board_session_agreed, name="board_session_agreed"),
    path("<slug:code>/sessions/<int:pk>/board/", session_views.board_session_board, name="board_session_board"),
    path("<slug:code>/sessions/<int:pk>.ics", session_views.board_session_ics, name="board_session_ics"),
    # The wall
    path("<slug:code>/screen/", views.board_screen, name="board_screen"),
    # Polling, where the stream is not there
    path("<slug:code>/shared/", live_views.board_shared, name="board_shared"),
]
