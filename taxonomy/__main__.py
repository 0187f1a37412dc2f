"""`python -m taxonomy derive` and `python -m taxonomy cells [--json]`."""

import sys

from .cli import main

if __name__ == "__main__":
    sys.exit(main())
