"""The hourly jobs that remind people of their day, nudge makkers, and ask how it went."""

from procrastinate.contrib.django import app

from .check_ins import actions as check_ins
from .makkers import nudges


@app.periodic(cron="7 * * * *")
@app.task(name="microactions.remind_due", queueing_lock="microactions.remind_due")
def remind_due(timestamp):
    """In the morning on the chapter's clock; a morning that was missed is over."""
    if check_ins.is_morning():
        check_ins.remind_due()


@app.periodic(cron="7 * * * *")
@app.task(name="microactions.ask_due", queueing_lock="microactions.ask_due")
def ask_due(timestamp):
    """By day on the chapter's clock; after a standstill the next run asks what was missed."""
    if check_ins.is_asking_hour():
        check_ins.ask_due()


@app.periodic(cron="11 * * * *")
@app.task(name="microactions.nudge_makkers", queueing_lock="microactions.nudge_makkers")
def nudge_makkers(timestamp):
    """In the morning of the day, on the chapter's clock; a day that was missed is not made up for."""
    if check_ins.is_morning():
        nudges.nudge_due()
