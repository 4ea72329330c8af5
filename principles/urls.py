"""Addresses of principles/, under the language prefix."""

urlpatterns: list = []
