"""Pictures: checked, re-encoded, stored in renditions."""

from . import costs, images, withdrawing
from .descriptions import image_code, placeholder, undescribed_images
from .drawings import tiles_of
from .forms import LogoFormField, PictureForm, PortraitFormField
from .images import ACCEPT, MAX_BYTES, UPLOADS_A_DAY, UnusableImage, delete_image, draw, store_image
from .small import draw_portrait
from .uses import Use, finder, uses_of

__all__ = [
    "ACCEPT",
    "MAX_BYTES",
    "UPLOADS_A_DAY",
    "LogoFormField",
    "PictureForm",
    "PortraitFormField",
    "UnusableImage",
    "Use",
    "costs",
    "delete_image",
    "draw",
    "draw_portrait",
    "finder",
    "image_code",
    "images",
    "placeholder",
    "store_image",
    "tiles_of",
    "undescribed_images",
    "uses_of",
    "withdrawing",
]
