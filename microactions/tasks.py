"""The hourly jobs that remind people of their day, nudge makkers, and ask how it went, on the chapter's clock; the feed's hub."""

from procrastinate.contrib.django import app

from chapter import websub

from . import check_ins, makkers
from .wall.feeds import WallFeed


@app.periodic(cron="7 * * * *")
@app.task(name="microactions.remind_due", queueing_lock="microactions.remind_due")
def remind_due(timestamp):
    # A morning that was missed is not made up for: the day is over, or half over.
    if check_ins.is_morning():
        check_ins.remind_due()


@app.periodic(cron="7 * * * *")
@app.task(name="microactions.ask_due", queueing_lock="microactions.ask_due")
def ask_due(timestamp):
    # After a standstill the next run asks what was missed.
    if check_ins.is_asking_hour():
        check_ins.ask_due()


@app.periodic(cron="11 * * * *")
@app.task(name="microactions.nudge_makkers", queueing_lock="microactions.nudge_makkers")
def nudge_makkers(timestamp):
    if check_ins.is_morning():
        makkers.nudge_due()


@app.periodic(cron="*/5 * * * *")
@app.task(name="microactions.tell_hub", queueing_lock="microactions.tell_hub")
def tell_hub(timestamp):
    websub.tell("wall_feed", WallFeed().entries)
