"""Where an act was done, as its own clause tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.clauses import is_verbal
from foedus.reading.events.when import LIGHT
from foedus.reading.whereabouts import own_place

if TYPE_CHECKING:
    from foedus.reading.knowledge import Place
    from foedus.reading.names import Names
    from foedus.reading.tokens import Token

SPOKEN = frozenset(["REQUEST", "REJECT", "ACCUSE", "THREATEN", "SUPPORT", "SANCTION", "PROTEST"])
_STRIKES = frozenset(["ASSAULT", "COERCE"])
_BODILY = frozenset(["ASSAULT", "COERCE", "MOBILIZE", "AID", "RETREAT", "CONSULT"])


def place_of(names: Names, trigger: Token, type_: str = "ASSAULT") -> Place | None:
    """Return the place that the clause of an act of some type gives it, or its light verb's."""
    reach = 0 if type_ in SPOKEN else 3 if type_ in _STRIKES else 1
    bodily = type_ in _BODILY
    leaving = type_ == "RETREAT"
    found = own_place(names, trigger, reach=reach, bodily=bodily, leaving=leaving)
    if found is None and not is_verbal(trigger) and is_verbal(trigger.head):
        verb = trigger.head
        if trigger.dep_ in {"nsubj", "nsubjpass", "dobj"} and verb.lemma_.lower() in LIGHT:
            return own_place(names, verb, reach=reach, bodily=bodily)
    return found
