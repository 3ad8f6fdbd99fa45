"""Acts that a verb tells by itself or with its object, by the table ``data/acts.csv``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from foedus.reading.clauses import is_passive
from foedus.reading.events.act import make
from foedus.reading.events.grammar import (
    doer_of,
    is_kind,
    is_present,
    measured,
    preps,
    thing_of,
)
from foedus.reading.events.nouns import are_several, is_attack, participants
from foedus.reading.events.shapes import fits
from foedus.reading.events.sides import state_of_code, target
from foedus.reading.events.voices import enemies, parties, sides_at_war
from foedus.reading.events.when import days_of
from foedus.reading.events.where import place_of
from foedus.reading.phrases import rows, words
from foedus.reading.quantities import is_a

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.reading.events.act import Act, Scene
    from foedus.reading.knowledge import Place
    from foedus.reading.tokens import Token
    from foedus.reading.values import EventMode, EventType

_NOUN_KINDS = frozenset(["talks", "agreement", "sanction", "border", "truce", "forces", "captive"])
"""Objects that tell what is done to them even where the parser has lost the verb."""
_CALLED_OFF = words("calls-off")
_STANDING = frozenset(["REJECT", "AGREE", "THREATEN", "SUPPORT", "REQUEST", "ACCUSE"])
_SPOKEN = _STANDING - {"SUPPORT"}
_DATED = frozenset([("demand", "REQUEST"), ("lay", "RETREAT"), ("give", "RETREAT")])
"""Acts so often told as attitudes or as background that they need a day."""
_DONE_TO = frozenset(["COERCE", "SANCTION", "CONCEDE", "AID"])
"""Acts whose recipient may stand as a place does: "delivered tanks to Ardal"."""
_OWN_DOING = frozenset(["AID", "MOBILIZE", "REJECT", "RETREAT"])


@cache
def patterns() -> dict[str, tuple[dict[str, str], ...]]:
    """Return the rows of the table by verb, those with a particle first."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows("acts.csv"):
        found.setdefault(row["verb"], []).append(row)
    return {
        verb: tuple(sorted(listed, key=lambda row: not row["particle"]))
        for verb, listed in found.items()
    }


def by_pattern(scene: Scene, verb: Token) -> tuple[Act, ...]:
    """Return the acts that a verb tells of by the first row of the table that fits."""
    for row in patterns().get(verb.lemma_.lower(), ()):
        if fits(scene, verb, row):
            acts = _brokered(scene, verb, row) or (_from_row(scene, verb, row),)
            return tuple(act for act in acts if act is not None)
    return ()


def by_swallowed(scene: Scene, verb: Token) -> Act | None:
    """Return the act of a verb that the parser took for an adjective: "Norrland hosted talks"."""
    noun = verb.head
    if verb.dep_ != "amod" or verb.tag_ not in {"VBD", "VBN"} or verb.i == 0 or noun.i < verb.i:
        return None
    doer = verb.nbor(-1)
    actors = parties(scene, doer) if doer.pos_ == "PROPN" and doer.dep_ != "compound" else ()
    if not actors or doer.whitespace_ == "" or any(c.dep_ == "det" for c in noun.children):
        return None
    for row in patterns().get(verb.lemma_.lower(), ()):
        if row["object"] in _NOUN_KINDS and not row["particle"] and is_kind(noun, row["object"]):
            kind = cast("EventType", row["type"]), cast("EventMode | None", row["mode"] or None)
            others = participants(scene, noun) if row["type"] in {"CONSULT", "AGREE"} else ()
            behind = preps(noun)
            aim = behind.get(row["recipient"]) or behind.get("against")
            act = make(scene, noun, kind, (*actors, *others), target(scene, aim))
            return act if act is not None and _counts(scene, act, row) else None
    return None


def _from_row(scene: Scene, verb: Token, row: dict[str, str]) -> Act | None:
    type_ = cast("EventType", row["type"])
    spoken = type_ in _SPOKEN and is_present(verb) and _is_performed(scene, verb)
    if type_ in _STANDING and not spoken and _is_no_act(verb, type_):
        return None
    if type_ == "CONSULT" and _is_to_the_press(verb) and not scene.issuer:
        return None
    mode = cast("EventMode | None", row["mode"] or None)
    thing = thing_of(verb)
    if mode == "meeting" and thing is not None and thing.lemma_ in {"call", "conversation"}:
        mode = "call"
    act = make(scene, verb, (type_, mode), _actors(scene, verb, row), _recipients(scene, verb, row))
    if act is None:
        return None
    if spoken and act.days is None and scene.parsed.report.published:
        act.days = scene.parsed.report.published, scene.parsed.report.published
    if row["verb"] in _CALLED_OFF and type_ in {"CONSULT", "COOPERATE", "RETREAT"}:
        return _called_off(scene, act)
    return act if _counts(scene, act, row) else None


def _is_to_the_press(verb: Token) -> bool:
    """Say whether somebody only speaks to those who report it: "spoke to us", "met reporters"."""
    behind = preps(verb)
    press = {"us", "me", "reporters", "journalists", "press", "correspondents", "media"}
    return any(n is not None and n.lower_ in press for n in (behind.get("to"), behind.get("with")))


def _counts(scene: Scene, act: Act, row: dict[str, str]) -> bool:
    """Say whether an act is told with enough to be one; settle what its kind leaves open."""
    if act.mode is not None and not _is_told_of(scene, act):
        return False
    if act.type == "CONCEDE" and row["object"] == "truce" and not _is_own_truce(scene, act):
        return False
    if (row["verb"], act.type) in _DATED and act.days is None:
        return False
    if act.type == "MOBILIZE" and _are_helpers(scene, act):
        act.type = "AID"
    elif act.type == "AID" and row["verb"] == "send" and not act.recipients and _is_force(act):
        act.type = "MOBILIZE"
    if (
        act.type == "COERCE" and not act.actors and doer_of(act.trigger) is None
    ):  # "martial law was declared in nine districts"
        act.actors, act.recipients = act.recipients, ()
    return bool(act.actors) or act.type in {"AID", "RETREAT"}


def _is_own_truce(scene: Scene, act: Act) -> bool:
    """Say whether who declares a truce is to keep it; a truce of others makes it their agreement."""
    thing = thing_of(act.trigger)
    pair = participants(scene, thing) if thing is not None else ()
    if len(pair) > 1 and not set(pair) & set(act.actors):
        act.type, act.actors = "AGREE", pair
        return True
    war = sides_at_war(scene)
    return not war or bool(set(war) & set(act.actors))


def _are_helpers(scene: Scene, act: Act) -> bool:
    """Say whether those sent come to keep the peace: peacekeepers, or anybody sent by the UN."""
    known = {n.actor.name: n.actor.kind for n in scene.names.namings if n.actor}
    peace = any(word.lemma_ == "peacekeeper" for word in act.trigger.subtree)
    return peace or any(known.get(name) == "organisation" for name in act.actors)


def _is_force(act: Act) -> bool:
    """Say whether what is sent fights rather than helps: troops, tanks, vehicles."""
    thing = thing_of(act.trigger)
    sent = [] if thing is None else [thing, *thing.conjuncts]
    return any(
        is_kind(noun, "forces") or noun.lemma_ in {"tank", "vehicle", "jet"} for noun in sent
    )


def _is_no_act(verb: Token, type_: EventType) -> bool:
    """Say whether a verb tells an attitude, asks a question, or only marks out a thing."""
    if is_present(verb) and not (type_ in {"REQUEST", "ACCUSE"} and verb.dep_ == "ROOT"):
        return True
    if type_ != "REQUEST":
        return False
    asks = [c for c in verb.children if c.dep_ in {"ccomp", "mark"}]
    if any(word.lower_ in {"whether", "if"} for c in asks for word in c.subtree):
        return True
    if any(c.tag_ in {"WRB", "WP", "WDT"} for a in asks for c in a.children):
        return True
    return verb.dep_ == "relcl" and (
        any(c.lower_ in {"that", "which"} for c in verb.children)
        or any(c.dep_ == "prep" and not list(c.children) for c in verb.children)
    )


def _called_off(scene: Scene, act: Act) -> Act | None:
    """Return talks or drills called off, by those who were to hold them."""
    act.status = "called-off"
    thing = thing_of(act.trigger)
    if thing is not None:  # "a conference planned for May has been called off"
        planned = next((w for w in thing.subtree if w.dep_ == "acl"), thing.head)
        published = scene.parsed.report.published
        if planned.lemma_ in {"plan", "schedule", "set", "expect"}:
            day = days_of(scene.times, planned, ahead=True, published=published)
            act.days = day or act.days
    if not act.actors and act.type == "COOPERATE":
        last = [a for a in scene.told if a.type == "COOPERATE"]
        act.actors = last[-1].actors if last else ()
    if act.type == "CONSULT" and len(act.actors) == 1:  # "broke off the talks"
        pair = sides_at_war(scene)
        act.actors = pair if act.actors[0] in pair else act.actors
    return act if act.actors or act.days else None


def _is_told_of(scene: Scene, act: Act) -> bool:
    """Say whether a meeting is told with enough: who took part, and when or where."""
    if act.mode == "mediation":
        return bool(act.actors)
    if scene.parsed.report.published and not (act.days or act.place):
        return False
    if are_several(scene, act.actors):
        return True
    if act.mode == "visit":
        whole = act.status == "happened" and act.trigger.dep_ not in {"acl", "advcl"}
        return bool(act.actors and (act.days or whole))
    known = {n.actor.name: n.actor.kind for n in scene.names.namings if n.actor}
    body = any(known.get(name) == "organisation" for name in act.actors)
    return bool(act.days and (act.place or body))


def _consulted(scene: Scene, verb: Token) -> Iterator[str]:
    """Yield who else takes part in talks that a verb tells of."""
    behind = preps(verb)
    for noun in (thing_of(verb), *(behind.get(w) for w in ("with", "between", "to"))):
        if noun is not None:
            yield from parties(scene, noun) or participants(scene, noun)


def _brokered(scene: Scene, verb: Token, row: dict[str, str]) -> tuple[Act | None, ...]:
    """Read "brokered a truce between Ardal and Velmark": mediation by one, an agreement of two."""
    thing = thing_of(verb)
    if row["mode"] != "mediation" or thing is None or not is_a(thing, "agreement"):
        return ()
    sides = participants(scene, thing)
    act = make(scene, verb, ("CONSULT", "mediation"), (*parties(scene, doer_of(verb)), *sides))
    agreed = make(scene, verb, ("AGREE", None), sides) if len(sides) > 1 else None
    if act is not None and act.status == "denied":
        agreed = None
    return (act if act and act.actors else None, agreed)


def _actors(scene: Scene, verb: Token, row: dict[str, str]) -> tuple[str, ...]:
    doer = doer_of(verb)
    actors = parties(scene, doer)
    if row["type"] == "CONSULT":
        return _consulting(scene, verb, row["mode"], actors)
    if row["type"] == "AGREE":
        return _agreeing(scene, verb, actors)
    if doer is None and is_passive(verb):
        return _unsaid(scene, verb, row)
    if not actors and row["type"] == "PROTEST":
        return _of_state(place_of(scene.names, verb, "COERCE"))
    if not actors and doer is not None and row["type"] == "MOBILIZE":
        on = preps(verb).get("on")
        return parties(scene, on) if on is not None and on.lemma_ == "side" else ()
    return actors


def _unsaid(scene: Scene, verb: Token, row: dict[str, str]) -> tuple[str, ...]:
    """Return who did what a passive does not say: who held the captives, who issued the document."""
    if row["object"] in {"captive", "freed"}:
        return _holders(scene, thing_of(verb))
    if row["type"] == "COERCE":
        return _of_state(place_of(scene.names, verb, "COERCE"))
    return scene.issuer if row["type"] in _OWN_DOING else ()


def _consulting(scene: Scene, verb: Token, mode: str, actors: tuple[str, ...]) -> tuple[str, ...]:
    actors += tuple(_consulted(scene, verb))
    if mode == "visit" and actors:
        return actors + _of_state(place_of(scene.names, verb, "CONSULT"))
    thing = thing_of(verb)
    if mode == "mediation" and thing is not None and is_kind(thing, "talks"):
        talks = measured(thing)
        between = any(c.lower_ in {"between", "with"} for c in talks.children)
        return actors + (participants(scene, talks) if between else sides_at_war(scene))
    return actors


def _of_state(place: Place | None) -> tuple[str, ...]:
    """Return the state that a place lies in."""
    country = place.country if place is not None else None
    return (state_of_code()[country],) if country in state_of_code() else ()


def _agreeing(scene: Scene, verb: Token, actors: tuple[str, ...]) -> tuple[str, ...]:
    behind = preps(verb)
    for word in ("with", "between"):
        actors += parties(scene, behind.get(word))
    thing = thing_of(verb)
    if thing is None or not is_a(thing, "agreement"):
        return actors
    if actors and not are_several(scene, actors):  # "signed an agreement on water with Velmark"
        deep = (w for w in thing.subtree if w.dep_ == "pobj" and w.head.lower_ == "with")
        actors += tuple(name for word in deep for name in parties(scene, word))
    if actors:
        return actors
    pair = participants(scene, thing)
    if len(pair) > 1:
        return pair
    # "the accord that ended the war was signed in Osthaven": by the two that fought it
    plain = {"agreement", "deal", "accord", "truce", "ceasefire", "treaty", "pact", "armistice"}
    if doer_of(verb) is not None or thing.lemma_ not in plain:
        return ()
    told = [a.actors for a in scene.told if a.type == "AGREE" and len(a.actors) > 1]
    again = told and any(c.lower_ == "the" for c in thing.children)
    return told[-1] if again else sides_at_war(scene)


def _holders(scene: Scene, captives: Token | None) -> tuple[str, ...]:
    """Return who held those that were freed: hostages are held by the group, not by the state."""
    if captives is None or measured(captives).lemma_ != "hostage":
        return ()
    groups = [n.actor.name for n in scene.names.namings if n.actor and n.actor.kind == "group"]
    pair = sides_at_war(scene)
    return tuple(side for side in pair if side in groups)[:1]


def _recipients(scene: Scene, verb: Token, row: dict[str, str]) -> tuple[str, ...]:
    slot, thing = row["recipient"], thing_of(verb)
    if slot == "attack":
        return _attackers(scene, verb)
    done_to = target if row["type"] in _DONE_TO else parties
    if slot == "dobj":
        return done_to(scene, thing)
    if slot == "owner":
        owners = scene.names.modifiers(thing) if thing is not None else ()
        return tuple(a.name for a in owners) or (
            _doers_before(scene) if row["type"] == "SUPPORT" else ()
        )
    behind = preps(verb)
    found = done_to(scene, behind.get(slot) or (behind.get("upon") if slot == "on" else None))
    if not found and thing is not None:  # "imposed sanctions on X", "closed its border with X"
        inner = preps(measured(thing))
        found = done_to(scene, inner.get(slot) or inner.get("against"))
        if not found and row["type"] == "COERCE":  # "closed the strait to Velmarkian ships"
            found = done_to(scene, behind.get("to") or inner.get("to"))
    if not found and row["type"] == "AID":  # "promised Ardal tanks"
        found = parties(scene, next((c for c in verb.children if c.dep_ == "dative"), None))
    return found or (parties(scene, thing) if slot == "on" and thing is not None else ())


def _doers_before(scene: Scene) -> tuple[str, ...]:
    """Return who did what is welcomed: whoever agreed, yielded or withdrew last."""
    kinds = {"AGREE", "CONCEDE", "RETREAT"}
    return next(
        (
            a.actors
            for a in reversed(scene.told)
            if a.type in kinds and a.actors and a.status != "planned"
        ),
        (),
    )


def _attackers(scene: Scene, verb: Token) -> tuple[str, ...]:
    """Return who is condemned: the one named, or who made the attack that is."""
    thing = thing_of(verb)
    found = parties(scene, thing)
    if found or thing is None:
        return found
    owners = tuple(a.side or a.name for a in scene.names.modifiers(thing))
    if owners or not is_attack(thing):
        return owners
    known = [a.actors for a in scene.told if a.type == "ASSAULT" and a.actors]
    if known:
        return known[-1]
    struck = [a.recipients[0] for a in scene.told if a.type == "ASSAULT" and a.recipients]
    named = {n.actor.side for n in scene.names.namings if n.actor}
    return tuple(e for e in enemies(scene, struck[-1]) if e in named)[:1] if struck else ()


def _is_performed(scene: Scene, verb: Token) -> bool:
    """Say whether a document does by its words what they say: "we call on", "the Command rejects"."""
    by = parties(scene, doer_of(verb))
    return bool(scene.issuer) and set(by) == set(scene.issuer)
