"""Words of a text made comparable: terms for searching, and a sketch for telling copies.

Both are kept in the database; who changes what a text yields here must add a migration that makes
them anew.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORD = re.compile(r"[^\W_]+")

_LONGEST = 40
"""Letters of a word that count."""

TERMS_MOST = 20_000
"""Different terms of one report that are searched: PostgreSQL takes 1 MB of them."""

_SHINGLE = 5
_SAMPLE = 16


def fold(text: str) -> str:
    """Return a text without case and accents."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text).casefold()  # some letters have no case until then
    bare = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in bare if not unicodedata.combining(c))


def terms(text: str) -> list[str]:
    """Return the terms of a text in their order: its words without case, accents and plural s.

    Examples
    --------
    >>> terms("Two parties' Ministers left Córdoba.")
    ['two', 'party', 'minister', 'left', 'cordoba']
    """
    return [_singular(word[:_LONGEST]) for word in _WORD.findall(fold(text))]


def placed_terms(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the terms of a text, each with where its word begins and ends."""
    for match in re.finditer(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*", text):
        for term in terms(match.group()):
            yield term, match.start(), match.end()


def distinct(found: Iterable[str]) -> list[str]:
    """Return each term once, in order, as many as are searched."""
    return list(dict.fromkeys(found))[:TERMS_MOST]


def distinct_terms(text: str) -> list[str]:
    """Return the terms of a text as `distinct` does, at less cost."""
    words = dict.fromkeys(_WORD.findall(fold(text)))
    return distinct(_singular(word[:_LONGEST]) for word in words)


def _singular(word: str) -> str:
    """Take the s of a plural away, by the first rule that applies.

    Source: the S stemmer of D. Harman, "How Effective Is Suffixing?", Journal of the American
    Society for Information Science 42 (1991).
    """
    if not word.endswith("s") or len(word) < 4:
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    # Its second rule, es to e, takes the s away as the third does.
    return word if word.endswith(("us", "ss")) else word[:-1]


def sketch(text: str) -> tuple[int, ...]:
    """Return a sample of a text's runs of five words, the same sample wherever they stand.

    A run is taken when its number is divisible by 16, so the share of one sample that is in another
    is an estimate of the share of one text that is in the other.

    Source: U. Manber, "Finding Similar Files in a Large File System", USENIX Winter Conference,
    1994.
    """
    words = [word.encode() for word in _WORD.findall(fold(text))]
    whole = b" ".join(words)
    ends = [end - 1 for end in accumulate(len(word) + 1 for word in words)]
    starts = [0, *(end + 1 for end in ends)]
    numbers = {zlib.crc32(whole[a:b]) for a, b in zip(starts, ends[_SHINGLE - 1 :], strict=False)}
    return tuple(sorted(n for n in numbers if not n % _SAMPLE))
