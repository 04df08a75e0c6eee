"""``python -m benchmarks.prints``."""

from .command import main

main()
