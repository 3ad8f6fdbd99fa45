"""Whether a page can be about an armed conflict, told from its raw bytes before it is parsed.

A crawl holds thousands of pages on other things for each report of a war, and cleaning a page costs
a hundred times what looking for words in it does. The gate must let every report through that
reading would use (see ``conflict_words.csv`` there), so it asks for little: two mentions, anywhere
in the page, of words without which such a report is not written.
"""

from __future__ import annotations

# ruff: noqa: SIM905 - word lists read best as words

WORDS: tuple[bytes, ...] = tuple(
    word.replace("_", " ").encode()
    for word in (
        "military soldier troop missile drone weapon ceasefire cease-fire truce armistice armed "
        "army _war_ _wars_ _war, _war. -war _wartime warring rebel insurgen guerrilla militia "
        "paramilitar shell artillery mortar howitzer hostage prisoner _pow peace invasion invaded "
        "occupied annex frontline front_line front-line civilian casualt refugee displaced "
        "genocide atrocit nuclear chemical_weapon disarm demobil fighter defence defense deterren "
        "withdraw security_guarantee garrison incursion offensive airstrike air_strike air_raid "
        "rocket air_force navy buffer_zone line_of_contact"
    ).split()
)
"""Pieces of words, in small letters; the commonest in reports of war come first."""

ENOUGH = 2


def may_be_about_conflict(content: bytes) -> bool:
    """Say whether a page mentions words of armed conflict often enough to be worth parsing.

    Examples
    --------
    >>> may_be_about_conflict(b"<p>Troops crossed the river; the <b>ceasefire</b> is over.</p>")
    True
    >>> may_be_about_conflict(b"<p>A software award for the drone that delivers letters.</p>")
    False
    """
    text = content.lower()
    seen = 0
    for word in WORDS:
        at = text.find(word)
        while at >= 0:
            seen += 1
            if seen >= ENOUGH:
                return True
            at = text.find(word, at + len(word))
    return False
