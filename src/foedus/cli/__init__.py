"""The terminal door: parses, calls flow, prints; decides nothing.

Exit status: 0 when all went well, 1 when a person can mend what went wrong (its message is on
standard error), 2 for wrong usage. Anything else is a bug and shows its traceback.
"""

from foedus.cli.app import main

__all__ = ["main"]
