#!/usr/bin/env python
"""Django's command line, on the embedded PostgreSQL where DATABASE_URL names no other."""

import os
import sys

from otg_site import postgres


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otg_site.settings")
    postgres.use_embedded_if_unset()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
