"""The periodic jobs of the blog: one mail to each person who was at a meetup, the monthly letter, the hub of the feeds."""

from procrastinate.contrib.django import app

from chapter import websub

from .monthly import actions as monthly
from .posts import feeds
from .summaries import after_event
from .transfer import bringing  # noqa: F401  the job that reads a file


@app.periodic(cron="*/15 * * * *")
@app.task(name="blog.write_after_events", queueing_lock="blog.write_after_events")
def write_after_events(timestamp):
    # A run that was missed is made up for within the week.
    after_event.write_due()


@app.periodic(cron="*/5 * * * *")
@app.task(name="blog.tell_hub", queueing_lock="blog.tell_hub")
def tell_hub(timestamp):
    websub.tell("blog_feed", feeds.entries)


@app.periodic(cron="13 8 1-3 * *")
@app.task(name="blog.send_letter", queueing_lock="blog.send_letter")
def send_letter(timestamp):
    # On the second or third day if the first was missed.
    monthly.send_by_itself()
