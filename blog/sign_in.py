"""What a member wrote as a guest becomes theirs when they sign in."""

from chapter.accounts import on_sign_in

from .comments.actions import adopt_guest_rows

on_sign_in(adopt_guest_rows)
