"""Sign-in hook: what a member follows as a guest becomes the member's own."""

from chapter.accounts import on_sign_in

from . import following

on_sign_in(following.adopt_guest_row)
