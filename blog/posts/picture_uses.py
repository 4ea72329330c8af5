"""Which posts show a picture: as their cover, or in their text."""

from collections import defaultdict

from django.db.models import Q
from django.urls import reverse

from chapter import renditions
from chapter.pictures import Use, finder

from ..models import Post


@finder
def in_posts(images):
    """{image's key: uses}; one query, which searches the texts of all posts."""
    stems = {image.pk: _stem(image) for image in images}
    wanted = Q(cover__in=stems)
    for stem in stems.values():
        wanted |= Q(body__contains=stem)
    found = defaultdict(list)
    for post in Post.objects.filter(wanted).order_by("id") if stems else ():
        for pk, stem in stems.items():
            if post.cover_id == pk or stem in post.body:
                url = reverse("post_edit", args=[post.pk])
                found[pk].append(Use(title=post.title, url=url, language=post.language, in_text=stem in post.body))
    return found


def _stem(image):
    # A text may show any of the picture's sizes.
    sized = renditions.read(image.file.name)
    return sized.stem if sized else image.file.name
