"""`python -m otg_site.demo`."""

import sys

from .run import main

sys.exit(main())
