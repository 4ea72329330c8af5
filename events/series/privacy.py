"""What series keep about people."""

from chapter.privacy import authorship_of, hosting_of

from ..models import Series, SeriesWording

hosting_of(Series)
authorship_of(SeriesWording)
