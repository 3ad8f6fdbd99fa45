"""Who is struck, who struck, and who is at war with whom."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from foedus.reading.events.grammar import preps
from foedus.reading.knowledge import states
from foedus.reading.phrases import rows

if TYPE_CHECKING:
    from spacy.tokens import Token

    from foedus.reading.events.act import Act, Scene
    from foedus.reading.names import Names


@cache
def state_of_code() -> dict[str, str]:
    """Return the name of each state by its ISO code."""
    return {actor.country: name for name, actor in states().items() if actor.country}


def owners(names: Names, noun: Token) -> tuple[str, ...]:
    """Return whose weapon or attack a noun is: "a Velmarkian raid", "the raid by Velmark"."""
    found = tuple(dict.fromkeys(actor.side or actor.name for actor in names.modifiers(noun)))
    by = preps(noun).get("by")
    return found or (names.parties(by) if by is not None else ())


def target(names: Names, noun: Token | None) -> tuple[str, ...]:
    """Return whose a thing that was struck is: its owner, or the state that the place lies in."""
    if noun is None:
        return ()
    naming = names.naming(noun)
    if naming and naming.actor and naming.actor.kind != "person":
        return (naming.actor.side or naming.actor.name,)
    parties = names.parties(noun) or tuple(a.side or a.name for a in names.modifiers(noun))
    if parties:
        return parties
    country = next((p.country for w in noun.subtree if (p := names.place(w)) and p.country), None)
    return (state_of_code()[country],) if country in state_of_code() else ()


def struck(names: Names, behind: dict[str, Token]) -> tuple[str, ...]:
    """Return who is struck, by the prepositions of an attack."""
    for word in ("on", "at", "against", "in", "into", "over", "near"):
        if word in behind:
            found = target(names, behind[word])
            if found:
                return found
    return ()


def name_attackers(scene: Scene, acts: list[Act]) -> None:
    """Give attacks without a doer or a victim the one that the rest of the report shows."""
    known = [
        (a.actors[0], a.recipients[0])
        for a in acts
        if a.type == "ASSAULT" and a.actors and a.recipients
    ]
    known += [(b, a) for a, b in known]  # two sides at war strike each other
    named = {n.actor.side for n in scene.names.namings if n.actor and n.actor.side}
    for row in rows("dyads.csv"):
        if row["side_a"] in named or row["side_b"] in named:
            known.extend([(row["side_a"], row["side_b"]), (row["side_b"], row["side_a"])])
    for act in acts:
        if act.type != "ASSAULT":
            continue
        if not act.recipients and act.place and act.place.country in state_of_code():
            where = state_of_code()[act.place.country]
            act.recipients = (where,) if where not in act.actors else ()
        if not act.actors and act.recipients:
            act.actors = next(((a,) for a, b in known if b == act.recipients[0]), ())
        elif not act.recipients and act.actors:
            act.recipients = next(((b,) for a, b in known if a == act.actors[0]), ())
