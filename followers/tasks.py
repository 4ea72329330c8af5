"""Periodic jobs: tell the followers."""

from procrastinate.contrib.django import app

from .announcing import actions, meetups, sending, series


@app.periodic(cron="* * * * *")
@app.task(name="followers.tell", queueing_lock="followers.tell")
def tell(timestamp):
    # Called off first: what is over must not be spread.
    meetups.call_off()
    actions.spread_due()
    sending.send_portion()
    sending.invite_portion()


@app.periodic(cron="7 * * * *")
@app.task(name="followers.announce_series", queueing_lock="followers.announce_series")
def announce_series(timestamp):
    series.announce_due()
