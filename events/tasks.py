"""Periodic jobs of the events: letting go of what nobody confirmed, a net under the waitlist, reminders, other chapters."""

from procrastinate.contrib.django import app

from .rsvps import actions as rsvps
from .rsvps import reminders
from .series import actions as series
from .sisters import actions as sisters


@app.periodic(cron="23 * * * *")
@app.task(name="events.expire_pending", queueing_lock="events.expire_pending")
def expire_pending(timestamp):
    rsvps.expire_pending()


@app.periodic(cron="*/10 * * * *")
@app.task(name="events.fill_seats", queueing_lock="events.fill_seats")
def fill_seats(timestamp):
    """Every path fills seats by itself; this catches the event that was republished or changed by hand."""
    rsvps.fill_all()


@app.periodic(cron="41 3 * * *")
@app.task(name="events.top_up_series", queueing_lock="events.top_up_series")
def top_up_series(timestamp):
    """The next events of every series, before anybody is up."""
    series.top_up_all()


@app.periodic(cron="41 */2 * * *")
@app.task(name="events.refresh_sisters", queueing_lock="events.refresh_sisters")
def refresh_sisters(timestamp):
    """What other chapters have on; a feed that breaks keeps what it said when it was last good."""
    sisters.refresh_all()


@app.periodic(cron="*/15 * * * *")
@app.task(name="events.remind_due", queueing_lock="events.remind_due")
def remind_due(timestamp):
    """About a day before; a run that was missed is made up for as long as the event has not started."""
    reminders.remind_due()
