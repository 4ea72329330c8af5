"""Addresses of blog/, under the language prefix."""

urlpatterns: list = []
