"""The periodic job of the blog: one mail to each person who was at a meetup."""

from procrastinate.contrib.django import app

from .summaries import after_event


@app.periodic(cron="*/15 * * * *")
@app.task(name="blog.write_after_events", queueing_lock="blog.write_after_events")
def write_after_events(timestamp):
    # A run that was missed is made up for within the week.
    after_event.write_due()
