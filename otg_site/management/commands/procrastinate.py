"""The worker, as its package brings it, on the address where notices arrive."""

from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.management.commands import procrastinate

from chapter import notices
from otg_site.start import limits


class Command(procrastinate.Command):
    def handle(self, *args, **options):
        limits.say_if_missing()
        app.connector.get_worker_connector = lambda: PsycopgConnector(kwargs=notices.params())
        super().handle(*args, **options)
