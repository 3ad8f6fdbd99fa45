"""The terminal door: parses, calls flow, prints; decides nothing.

Exit status: 0 when all went well, 1 when a person can mend what went wrong (its message is on
standard error), 2 for wrong usage. Anything else is a bug and shows its traceback.
"""

import os

# Before numpy is loaded: its many small products are slower on several threads than on one, and a
# sum split over threads could differ in its last digits from machine to machine.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from foedus.cli.app import main

__all__ = ["main"]
