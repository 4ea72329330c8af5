"""Portraits of the organisers who have one: head and shoulders in the site's own colours."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow
from PIL import ImageDraw

from chapter.models import Member
from chapter.pictures import draw_portrait, store_image

from .pictures import tokens

SIDE = 800
# Key: background, jumper, hair; a skin nobody has, since nobody here exists.
DRAWN = {"sunniva": ("principle-6-soft", "principle-5", "principle-1"), "kari": ("principle-3-soft", "ink", "warn")}
SKIN = "principle-1-soft"


def load():
    for key, colours in DRAWN.items():
        member = Member.objects.get(email=f"{key}@example.org")
        drawing = draw_portrait(_portrait(colours))
        member.portrait = store_image(drawing, alt="", is_decorative=True, is_listed=False, by=member)
        member.save(update_fields=["portrait"])


def _portrait(colours):
    known = tokens()
    back, jumper, hair = (known[name] for name in colours)
    picture = Pillow.new("RGB", (SIDE, SIDE), back)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((220, 90, 580, 560), fill=hair)
    pen.ellipse((110, 560, 690, 1100), fill=jumper)
    pen.rounded_rectangle((350, 440, 450, 640), 50, fill=known[SKIN])
    pen.ellipse((265, 170, 535, 510), fill=known[SKIN])
    pen.pieslice((235, 110, 565, 420), 180, 360, fill=hair)
    for x in (345, 455):
        pen.ellipse((x - 13, 325, x + 13, 351), fill=known["ink"])
    pen.arc((350, 350, 450, 440), 25, 155, fill=known["ink"], width=10)
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return SimpleUploadedFile("portrait.png", buffer.getvalue(), "image/png")
