"""Cut what is asked of a database into as much as one statement takes."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")

AT_ONCE = 500
"""Values that are given to one statement."""


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """Yield values in lists that one statement takes.

    Examples
    --------
    >>> [len(part) for part in chunks(range(1200))]
    [500, 500, 200]
    """
    rest = iter(values)
    while part := list(islice(rest, AT_ONCE)):
        yield part
