"""Addresses of events/, under the language prefix."""

urlpatterns: list = []
