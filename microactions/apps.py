"""Pledges, check-ins and results."""

from django.apps import AppConfig


class MicroactionsConfig(AppConfig):
    name = "microactions"
