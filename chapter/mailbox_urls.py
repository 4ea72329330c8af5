"""Addresses of the demo's mailbox."""

urlpatterns: list = []
