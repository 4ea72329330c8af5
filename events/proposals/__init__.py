"""Proposals: meetups that members and guests suggest."""
