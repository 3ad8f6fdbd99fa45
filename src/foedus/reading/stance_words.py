"""A stance taken, the words that take one, and the speech that reports it.

The cues lie in ``data/stance_cues.csv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

from foedus.reading.clauses import clause, governors, is_verbal
from foedus.reading.cues import frames
from foedus.reading.phrases import rows

if TYPE_CHECKING:
    from foedus.reading.tokens import Token
    from foedus.reading.values import Stance

Holder = Literal["subject", "owner", "speaker", "for", "agent"]
FLIPPED: dict[Stance, Stance] = {
    "accepts": "rejects",
    "supports": "opposes",
    "open-to": "rejects",
    "rejects": "open-to",
    "opposes": "open-to",
}
"""What a stance becomes when it is denied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """A stance taken: the word that takes it, the words it reaches over, and where its holder is."""

    stance: Stance
    word: Token
    reach: list[Token]
    holder: Holder
    issue: str | None = None
    """The issue where the way of taking the stance says it by itself."""


@cache
def cues(kind: str) -> dict[str, Stance]:
    """Return the stance that each cue of a kind takes: verb, noun or adjective."""
    return {
        row["cue"]: cast("Stance", row["stance"])
        for row in rows("stance_cues.csv")
        if row["kind"] == kind
    }


def take(
    verb: Token, stance: Stance, holder: Holder = "subject", *, issue: str | None = None
) -> Take:
    """Return the stance that a verb takes over its clause."""
    return Take(stance=stance, word=verb, reach=clause(verb), holder=holder, issue=issue)


def speech_above(verb: Token) -> Token | None:
    """Return the verb of speech that reports a clause, before or behind it."""
    for above in governors(verb):
        if above != verb and is_verbal(above) and above.lemma_.lower() in frames():
            return above
    beside = [c for c in verb.children if c.dep_ == "parataxis" and c.lemma_.lower() in frames()]
    return beside[0] if beside else None
