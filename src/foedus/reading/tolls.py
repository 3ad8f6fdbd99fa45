"""Numbers that measure a toll: "the death toll stood at 30", "put the number killed at 2,000"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.clauses import governors, is_verbal
from foedus.reading.fates import LIGHT, SELF, role_words
from foedus.reading.things import PEOPLE, item_of

if TYPE_CHECKING:
    from foedus.reading.tokens import Token
    from foedus.reading.values import Item, Role

_TOLLS: dict[str, Role] = {
    **dict.fromkeys(["toll", "deaths", "fatalities", "dead", "death"], "killed"),
    **dict.fromkeys(["injuries", "wounded", "injured"], "wounded"),
}  # fmt: skip
_MEASURES = frozenset({"number", "total", "count", "figure", "tally", "estimate", "toll", "losses"})


def of_level(word: Token) -> tuple[Token, Role, Item | None] | None:
    """Return what a bare number measures: "the death toll stood at 30", "put the dead at 45".

    Returns
    -------
    tuple or None
        The word of the toll, what became of those counted, and what they are where that is said.
    """
    for above in list(governors(word))[1:6]:
        if is_verbal(above) or above.lemma_.lower() in _MEASURES | {"dead", "death"}:
            nouns = [above, *above.children]
            for noun in nouns:
                if noun == word or (is_verbal(noun) and noun.lower_ not in SELF):
                    continue
                found = _toll(noun)
                if found is not None:
                    return noun, *found
        if is_verbal(above) and above.lemma_.lower() not in LIGHT and above.dep_ != "acl":
            return None
    return None


def _toll(noun: Token) -> tuple[Role, Item | None] | None:
    """Return what a noun of toll measures: "death toll", "number of civilians killed"."""
    lemma = noun.lemma_.lower()
    if lemma in _MEASURES:
        for inner in noun.subtree:
            role = SELF.get(inner.lower_) or (
                role_words("verb").get(inner.lemma_.lower()) if inner.dep_ == "acl" else None
            )
            if role is not None:
                item = next((item_of(c) for c in noun.subtree if item_of(c) in PEOPLE), None)
                return role, item
    role = _TOLLS.get(noun.lower_) or _TOLLS.get(lemma)
    return (role, None) if role is not None else None
