"""``python -m budgetperf``."""

import sys

from budgetperf.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
