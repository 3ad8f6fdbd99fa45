"""Where an act was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.names import LOCATIVE

if TYPE_CHECKING:
    from spacy.tokens import Token

    from foedus.reading.knowledge import Place
    from foedus.reading.names import Names


def place_of(names: Names, trigger: Token) -> Place | None:
    """Return the place nearest to a trigger among the words below it."""
    for word in sorted(trigger.subtree, key=lambda w: abs(w.i - trigger.i)):
        place = names.place(word)
        if (
            place
            and word.dep_ in {"pobj", "dobj"}
            and (word.head.lower_ in LOCATIVE or word.dep_ == "dobj")
        ):
            return place
    return None
