"""Addresses that the editor's script calls; without a language, since the script knows one address only."""

urlpatterns: list = []
