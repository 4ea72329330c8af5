"""Addresses of microactions/, under the language prefix."""

urlpatterns: list = []
