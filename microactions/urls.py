"""Addresses of microactions/, under the language prefix."""

from django.urls import path

from chapter.page_cache import cached_page
from chapter.websub import with_hub_links

from .addresses import views as address_views
from .check_ins import views as check_in_views
from .makkers import views as makker_views
from .origins import views as origin_views
from .pledges import views as pledge_views
from .wall import views
from .wall.feeds import WallFeed

urlpatterns = [
    # The wall
    path("", views.wall, name="wall"),
    path("feed/", cached_page()(with_hub_links("wall_feed")(WallFeed())), name="wall_feed"),
    path("<int:pk>/", views.microaction, name="microaction"),
    path("<int:pk>/cheer/", views.microaction_cheer, name="microaction_cheer"),
    # Pledging
    path("new/", pledge_views.pledge, name="pledge"),
    path("ideas/", pledge_views.idea_bank, name="idea_bank"),
    path("look-in-your-mail/", pledge_views.pledge_sent, name="pledge_sent"),
    # How it went
    path("manage/<token:token>/", check_in_views.microaction_manage, name="microaction_manage"),
    path("manage/<token:token>/stop/", check_in_views.microaction_stop, name="microaction_stop"),
    path("manage/<token:token>/microaction.ics", check_in_views.microaction_ics, name="microaction_ics"),
    path("address/<token:token>/", address_views.microaction_address, name="microaction_address"),
    path("manage/<token:token>/makker/", makker_views.makker_box, name="makker_box"),
    path("manage/<token:token>/meetup/", origin_views.microaction_meetup, name="microaction_meetup"),
    # The makker
    path("makker/sent/", makker_views.makker_sent, name="makker_sent"),
    path("makker/invited/<token:key>/", makker_views.makker_invited, name="makker_invited"),
    path("makker/<token:token>/", makker_views.makker, name="makker"),
    path("makker/<token:token>/stop/", makker_views.makker_stop, name="makker_stop"),
    # Organisers
    path("came-of/<slug:slug>/", origin_views.event_origins, name="event_origins"),
    path("waiting/", views.microactions_waiting, name="microactions_waiting"),
    path("<int:pk>/review/", views.microaction_review, name="microaction_review"),
]
