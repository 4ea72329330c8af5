"""Periodic jobs: expire unconfirmed RSVPs, fill seats, end holds, extend series, read sister chapters, remind, tell of
questions."""

from procrastinate.contrib.django import app

from . import questions, rsvps
from .rsvps import reminders
from .series import actions as series
from .sisters import actions as sisters
from .transfer import bringing  # noqa: F401  the job that reads a file


@app.periodic(cron="23 * * * *")
@app.task(name="events.expire_pending", queueing_lock="events.expire_pending")
def expire_pending(timestamp):
    rsvps.expire_pending()


@app.periodic(cron="*/10 * * * *")
@app.task(name="events.fill_seats", queueing_lock="events.fill_seats")
def fill_seats(timestamp):
    # Every verb fills seats by itself; this catches an event that was republished or changed by hand.
    rsvps.fill_all()


@app.periodic(cron="* * * * *")
@app.task(name="events.end_holds", queueing_lock="events.end_holds")
def end_holds(timestamp):
    rsvps.end_holds()


@app.periodic(cron="41 3 * * *")
@app.task(name="events.top_up_series", queueing_lock="events.top_up_series")
def top_up_series(timestamp):
    series.top_up_all()


@app.periodic(cron="41 */2 * * *")
@app.task(name="events.refresh_sisters", queueing_lock="events.refresh_sisters")
def refresh_sisters(timestamp):
    sisters.refresh_all()


@app.periodic(cron="*/15 * * * *")
@app.task(name="events.remind_due", queueing_lock="events.remind_due")
def remind_due(timestamp):
    # A run that was missed is made up for as long as the event has not started.
    reminders.remind_due()


@app.periodic(cron="7 6-19 * * *")
@app.task(name="events.tell_of_questions", queueing_lock="events.tell_of_questions")
def tell_of_questions(timestamp):
    # Those that came after the one mail of their day, the next morning.
    questions.tell_of_waiting()
