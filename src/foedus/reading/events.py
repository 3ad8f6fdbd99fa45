"""Events of a report: who did what to whom, when and where, and with what numbers.

Verbs are matched with ``data/acts.csv`` (PLOVER types); violence is found from weapons, attacks,
captures and casualties. What only might be is left out (`foedus.reading.moods`). Tellings of one act
are joined, and the report's numbers are hung on the act they belong to.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, cast

from foedus.reading.clauses import agent, clause, is_passive, is_verbal, subject
from foedus.reading.dates import find_times
from foedus.reading.knowledge import states
from foedus.reading.moods import SAYS, standing
from foedus.reading.names import LOCATIVE
from foedus.reading.parsed import line_of, span_of
from foedus.reading.phrases import rows
from foedus.reading.quantities import counts, is_a, item_of, listed
from foedus.reading.relevance import is_about_conflict
from foedus.reading.values import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from foedus.reading.dates import Time
    from foedus.reading.knowledge import Place
    from foedus.reading.names import Names
    from foedus.reading.parsed import Parsed
    from foedus.reading.quantities import Count
    from foedus.reading.values import Days, EventMode, EventStatus, EventType, Quantity, Span

_WEAPONS = frozenset(
    {"drone", "missile", "rocket", "bomb", "shell", "ballistic-missile", "cruise-missile"}
)
_LAUNCH = frozenset(["launch", "fire", "use", "send", "unleash", "drop"])
_HITS = frozenset(
    [
        "hit",
        "strike",
        "fall",
        "rain",
        "land",
        "tear",
        "slam",
        "crash",
        "pound",
        "damage",
        "bring",
        "kill",
        "wound",
        "set",
    ]
)
_ATTACKS = frozenset(
    [
        "attack",
        "strike",
        "hit",
        "bomb",
        "bombard",
        "shell",
        "raid",
        "ambush",
        "storm",
        "invade",
        "assault",
        "pound",
        "target",
    ]
)
_DOWNS = frozenset(["shoot", "down", "intercept", "destroy", "bring", "suppress", "repel"])
_CAPTURES = frozenset(
    ["take", "capture", "seize", "recapture", "retake", "enter", "overrun", "occupy", "cross"]
)
_CALLED_OFF = frozenset(["suspend", "break", "cancel", "call", "postpone"])
_NEAR_LINES = 3
_HARM = frozenset(
    {"launched", "destroyed", "hit", "killed", "wounded", "missing", "captured", "displaced"}
)


@dataclass(slots=True)
class Act:
    """An event in the making; joined with others of its kind before it becomes an `Event`."""

    type: EventType
    mode: EventMode | None
    status: EventStatus
    trigger: Token
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: Place | None
    days: Days | None
    speaker: str | None
    span: Span
    counts: list[Count] = field(default_factory=list)


def find_events(parsed: Parsed, names: Names) -> tuple[Event, ...]:
    """Return the events of a report in the order of their spans; none when it is not about a conflict."""
    if not is_about_conflict(parsed):
        return ()
    finder = _Finder(parsed, names)
    acts = [
        act for line in parsed.lines if line.kind != "headline" for act in finder.acts(line.number)
    ]
    if not acts:
        acts = [act for line in parsed.lines for act in finder.acts(line.number)]
    acts = _joined(acts)
    finder.name_attackers(acts)
    acts = _joined(acts)
    finder.name_delegates(acts)
    finder.hang_counts(acts)
    kept = [
        act
        for act in acts
        if act.actors or act.recipients or (act.counts and act.type == "ASSAULT" and act.days)
    ]
    return tuple(sorted((finder.event(act) for act in kept), key=lambda event: event.span))


@cache
def _patterns() -> dict[str, tuple[dict[str, str], ...]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows("acts.csv"):
        found.setdefault(row["verb"], []).append(row)
    return {verb: tuple(listed) for verb, listed in found.items()}


@cache
def _state_of_code() -> dict[str, str]:
    return {actor.country: name for name, actor in states().items() if actor.country}


def _preps(verb: Token) -> dict[str, Token]:
    found: dict[str, Token] = {}
    for child in verb.children:
        if child.dep_ in {"prep", "agent", "dative"}:
            for inner in child.children:
                if inner.dep_ in {"pobj", "pcomp"}:
                    found.setdefault(child.lower_, inner)
                elif inner.dep_ == "prep":  # "pulled out of the deal"
                    for deep in inner.children:
                        if deep.dep_ == "pobj":
                            found.setdefault(inner.lower_, deep)
    return found


def _object(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubjpass"} and child.lower_ not in {"that", "which", "who"}:
            return child
    if verb.dep_ in {"acl", "relcl"} and verb.tag_ == "VBN":
        return verb.head
    return None


class _Finder:
    """Finds the acts of one report; holds what was read beforehand and changes none of it."""

    def __init__(self, parsed: Parsed, names: Names) -> None:
        self.parsed = parsed
        self.names = names
        self.times = find_times(parsed)

    # --- finding ---

    def acts(self, line: int) -> Iterator[Act]:
        """Yield the acts of one line: by verb, by noun, and by the harm that was done."""
        doc = self.parsed.lines[line].doc
        found: list[Act] = []
        for token in doc:
            act = None
            if is_verbal(token) and token.pos_ == "VERB":
                act = self._violence(token) or self._by_pattern(token)
            elif token.pos_ == "NOUN":
                act = self._by_noun(token)
            if act:
                found.append(act)
        violent = {act.trigger.sent.start for act in found if act.type == "ASSAULT"}
        for count in counts(doc):
            harmed = count.quantity.role in {"killed", "wounded"} and is_verbal(count.act)
            if harmed and count.act.sent.start not in violent:
                act = self._act(count.act, "ASSAULT", "other", (), ())
                if act:
                    violent.add(count.act.sent.start)
                    found.append(act)
        yield from found

    def _doer(self, verb: Token) -> Token | None:
        if is_passive(verb) or (verb.dep_ == "acl" and verb.tag_ == "VBN"):
            return agent(verb)
        return subject(verb)

    def _by_pattern(self, verb: Token) -> Act | None:
        for row in _patterns().get(verb.lemma_.lower(), ()):
            if self._fits(verb, row):
                return self._from_row(verb, row)
        return None

    def _fits(self, verb: Token, row: dict[str, str]) -> bool:  # noqa: C901, PLR0911 - one case of grammar a branch
        particles = {c.lower_ for c in verb.children if c.dep_ in {"prt", "advmod", "prep"}}
        if row["particle"] and row["particle"] not in particles:
            return False
        wanted, thing, preps = row["object"], _object(verb), _preps(verb)
        doer = self._doer(verb)
        if wanted == "none":
            return thing is None
        if wanted == "any":
            return True
        if wanted in {"on", "for", "with"}:
            return wanted in preps
        if wanted == "content":
            return any(c.dep_ == "ccomp" for c in verb.children)
        if wanted == "of-agreement":
            noun = preps.get("of") or preps.get("from")
            return noun is not None and (is_a(noun, "agreement") or noun.pos_ == "PROPN")
        if wanted == "place":
            return thing is not None and self.names.place(thing) is not None
        if wanted.startswith("actor"):
            ok = thing is not None and bool(self.names.actors(thing))
            if wanted == "actor-for":
                return (ok or thing is None) and (
                    "for" in preps
                    or any(c.dep_ in {"xcomp", "ccomp"} and c.tag_ == "VB" for c in verb.children)
                )
            if wanted == "actor-off":
                return ok and any(c.lower_ == "off" for c in verb.children)
            return ok
        if wanted.endswith("-subject"):
            return doer is not None and is_a(doer, wanted.removesuffix("-subject"))
        if wanted == "soldier-any":
            nouns = [n for n in (thing, doer) if n is not None]
            return any(is_a(n, "soldier") or n.lemma_ in {"force", "army"} for n in nouns)
        return thing is not None and is_a(thing, wanted)

    def _from_row(self, verb: Token, row: dict[str, str]) -> Act | None:  # noqa: C901 - one case of grammar a branch
        doer, thing, preps = self._doer(verb), _object(verb), _preps(verb)
        type_ = cast("EventType", row["type"])
        actors = self.names.parties(doer) if doer is not None else ()
        if (
            type_ in {"REJECT", "AGREE", "THREATEN", "SUPPORT"}
            and verb.tag_ in {"VBZ", "VBP"}
            and not any(c.dep_ in {"aux", "auxpass"} for c in verb.children)
        ):
            return None
        if type_ == "REQUEST" and any(
            c.dep_ in {"ccomp", "mark"} and any(w.lower_ in {"whether", "if"} for w in c.subtree)
            for c in verb.children
        ):
            return None
        if type_ == "CONSULT":
            for noun in (thing, preps.get("with"), preps.get("between")):
                if noun is not None:
                    actors += (
                        self.names.parties(noun)
                        or self.names.parties(noun)
                        or tuple(self._participants(noun))
                    )
            if row["verb"] == "meet" and len(set(actors)) < 1:
                return None
        recipients: tuple[str, ...] = ()
        slot = row["recipient"]
        target = thing if slot in {"dobj", "attack"} else preps.get(slot)
        if target is not None:
            recipients = self.names.parties(target)
        if type_ == "AGREE" and "with" in preps:
            actors += self.names.parties(preps["with"])
        act = self._act(
            verb, type_, cast("EventMode | None", row["mode"] or None), actors, recipients
        )
        if act and row["verb"] in _CALLED_OFF and type_ == "CONSULT":
            act.status = "called-off"
        if (
            act
            and type_ == "CONSULT"
            and act.mode == "meeting"
            and len(act.actors) < 2
            and not (act.days and act.place)
        ):
            return None
        return act if act and (act.actors or type_ in {"AID", "RETREAT"}) else None

    def _participants(self, noun: Token) -> Iterator[str]:
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in {"with", "between", "of", "among"}:
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        yield from self.names.parties(inner)
        for actor in self.names.modifiers(noun):
            yield actor.name

    def _by_noun(self, noun: Token) -> Act | None:
        """Talks, a meeting or a call inside a phrase, with participants and a day or a place."""
        if not is_a(noun, "talks") or (
            noun.lemma_ in {"round", "contact", "discussion"} and not list(noun.children)
        ):
            return None
        head = noun.head
        if head.lemma_.lower() in _patterns() and any(
            r["object"] == "talks" for r in _patterns()[head.lemma_.lower()]
        ):
            return None
        actors = tuple(dict.fromkeys(self._participants(noun)))
        if len(actors) < 2:
            return None
        mode: EventMode = "call" if noun.lemma_ in {"call", "conversation"} else "meeting"
        return self._act(noun, "CONSULT", mode, actors, ())

    def _violence(self, verb: Token) -> Act | None:  # noqa: C901 - one case of grammar a branch
        lemma = verb.lemma_.lower()
        doer, thing, preps = self._doer(verb), _object(verb), _preps(verb)
        weapon = next((n for n in (thing, doer) if n is not None and self._armed(n)), None)
        actors: tuple[str, ...] = ()
        recipients: tuple[str, ...] = ()
        mode: EventMode = "aerial"
        if weapon is not None and thing is not None and weapon.i == thing.i and lemma in _LAUNCH:
            actors = self.names.parties(doer) if doer is not None else self._owners(weapon)
            recipients = self._struck(preps) or self._aimed_at(thing)
        elif weapon is not None and doer is not None and weapon.i == doer.i and lemma in _HITS:
            actors = self._owners(weapon)
            recipients = self._struck(preps) or self._target(thing)
        elif weapon is not None and thing is not None and weapon.i == thing.i and lemma in _DOWNS:
            defenders = self.names.parties(doer) if doer is not None else ()
            actors, recipients = self._owners(weapon), defenders
            if is_a(weapon, "aircraft"):
                actors, recipients = defenders, self._owners(weapon)
        elif lemma in _ATTACKS and (thing is not None or preps):
            for noun in (thing, verb.head):  # "the deal struck in Istanbul"
                if noun is not None and (is_a(noun, "agreement") or is_a(noun, "talks")):
                    return None
            attack = doer is not None and is_a(doer, "attack")
            actors = (
                self._owners(doer)
                if attack and doer is not None
                else self.names.parties(doer)
                if doer is not None
                else ()
            )
            recipients = self._target(thing) or self._struck(preps)
            if not actors and not recipients and not attack:
                return None
            mode = (
                "shelling"
                if lemma == "shell" or (doer is not None and is_a(doer, "tank"))
                else "aerial"
            )
        elif (
            thing is not None
            and is_a(thing, "attack")
            and lemma in {"carry", "launch", "mount", "begin", "conduct", "stage"}
        ):
            actors = self.names.parties(doer) if doer is not None else ()
            recipients = self._struck(preps) or self._struck(_preps(thing))
        elif (
            lemma in _CAPTURES
            and doer is not None
            and (is_a(doer, "soldier") or self.names.parties(doer))
            and self._takes_ground(verb, thing, preps)
        ):
            actors = self.names.parties(doer)
            recipients = self._target(thing) or self._struck(preps)
            mode = "ground"
        else:
            return None
        return self._act(
            verb, "ASSAULT", mode, actors, tuple(r for r in recipients if r not in actors)
        )

    def _armed(self, noun: Token) -> bool:
        return item_of(noun) in _WEAPONS or is_a(noun, "aircraft")

    def _takes_ground(self, verb: Token, thing: Token | None, preps: dict[str, Token]) -> bool:
        if verb.lemma_ == "cross":
            return "into" in preps and self.names.place(preps["into"]) is not None
        if thing is None:
            return False
        where = self.names.place(thing)
        return (
            is_a(thing, "settlement")
            or where is not None
            or (
                is_a(thing, "other")
                and verb.lemma_ in {"capture", "seize", "take"}
                and thing.lemma_ in {"base", "position", "camp"}
            )
        )

    def _owners(self, noun: Token) -> tuple[str, ...]:
        found = tuple(
            dict.fromkeys(actor.side or actor.name for actor in self.names.modifiers(noun))
        )
        by = _preps(noun).get("by")
        return found or (self.names.parties(by) if by is not None else ())

    def _struck(self, preps: dict[str, Token]) -> tuple[str, ...]:
        for word in ("on", "at", "against", "in", "into", "over", "near"):
            if word in preps:
                found = self._target(preps[word])
                if found:
                    return found
        return ()

    def _aimed_at(self, weapon: Token) -> tuple[str, ...]:
        """Return whom the weapons were for, where the parser hangs "at X" on the last of them."""
        each = (weapon, *weapon.conjuncts)
        return next((found for n in each if (found := self._struck(_preps(n)))), ())

    def _target(self, noun: Token | None) -> tuple[str, ...]:
        if noun is None:
            return ()
        naming = self.names.naming(noun)
        if naming and naming.actor and naming.actor.kind != "person":
            return (naming.actor.side or naming.actor.name,)
        parties = self.names.parties(noun) or tuple(
            a.side or a.name for a in self.names.modifiers(noun)
        )
        if parties:
            return parties
        country = next(
            (p.country for w in noun.subtree if (p := self.names.place(w)) and p.country), None
        )
        return (_state_of_code()[country],) if country in _state_of_code() else ()

    def _act(
        self,
        trigger: Token,
        type_: EventType,
        mode: EventMode | None,
        actors: tuple[str, ...],
        recipients: tuple[str, ...],
    ) -> Act | None:
        verb = (
            trigger
            if is_verbal(trigger)
            else next((a for a in _above(trigger) if is_verbal(a)), trigger)
        )
        how = standing(verb)
        if how is None:
            return None
        speaker = self.names.actor(how.speaker) if how.speaker is not None else None
        return Act(
            type=type_, mode=mode, status=how.status, trigger=trigger,
            actors=tuple(dict.fromkeys(actors)), recipients=tuple(dict.fromkeys(recipients)),
            place=self._place(trigger), days=self._days(trigger, verb, ahead=how.status == "planned"),
            speaker=speaker.name if speaker else None,
            span=span_of(clause(verb) if is_verbal(trigger) else trigger.subtree),
        )  # fmt: skip

    def _place(self, trigger: Token) -> Place | None:
        for word in sorted(trigger.subtree, key=lambda w: abs(w.i - trigger.i)):
            place = self.names.place(word)
            if (
                place
                and word.dep_ in {"pobj", "dobj"}
                and (word.head.lower_ in LOCATIVE or word.dep_ == "dobj")
            ):
                return place
        return None

    # --- time ---

    def _days(self, trigger: Token, verb: Token, *, ahead: bool) -> Days | None:
        doc = trigger.doc
        here = [
            t
            for t in self.times
            if t.line == line_of(trigger) and doc[t.first].sent == trigger.sent
        ]
        best: tuple[int, Time] | None = None
        for time in here:
            depth = _depth(doc[time.first], trigger, verb)
            if depth is not None and (best is None or depth < best[0]):
                best = depth, time
        if best is None and verb.dep_ == "conj" and is_verbal(verb.head):
            return self._days(verb.head, verb.head, ahead=ahead)
        if best is None:
            free = [t for t in here if not _is_of_speech(doc[t.first])]
            if len(free) != 1:
                return None
            best = 0, free[0]
        return (best[1].ahead or best[1].past) if ahead else best[1].past

    # --- joining and finishing ---

    def name_attackers(self, acts: list[Act]) -> None:
        """Give attacks without a doer or a victim the one that the rest of the report shows."""
        known = [
            (a.actors[0], a.recipients[0])
            for a in acts
            if a.type == "ASSAULT" and a.actors and a.recipients
        ]
        known += [(b, a) for a, b in known]  # two sides at war strike each other
        named = {n.actor.side for n in self.names.namings if n.actor and n.actor.side}
        for row in rows("dyads.csv"):
            if row["side_a"] in named or row["side_b"] in named:
                known.extend([(row["side_a"], row["side_b"]), (row["side_b"], row["side_a"])])
        for act in acts:
            if act.type != "ASSAULT":
                continue
            if not act.recipients and act.place and act.place.country in _state_of_code():
                where = _state_of_code()[act.place.country]
                act.recipients = (where,) if where not in act.actors else ()
            if not act.actors and act.recipients:
                act.actors = next(((a,) for a, b in known if b == act.recipients[0]), ())
            elif not act.recipients and act.actors:
                act.recipients = next(((b,) for a, b in known if a == act.actors[0]), ())

    def name_delegates(self, acts: list[Act]) -> None:
        """Add to talks between sides the persons that the report says led or took part for them.

        "Talks between Ardal and Velmark, with the involvement of X", "Ardal, led by Y".
        """
        meetings = [
            a
            for a in acts
            if a.type == "CONSULT" and a.mode == "meeting" and a.status == "happened"
        ]
        sided = [a for a in meetings if len(a.actors) >= 2]
        for naming in self.names.namings:
            actor = naming.actor
            if actor is None or actor.kind != "person" or actor.side is None:
                continue
            head = self.parsed.lines[naming.line].doc[naming.first]
            words = [above.lower_ for above in _above(head)][:6]
            leads = {"led", "headed"} & set(words[:3]) and "by" in words[:3]
            takes_part = {"involvement", "participation"} & set(words)
            near = [
                a
                for a in sided
                if actor.side in a.actors and 0 <= naming.line - line_of(a.trigger) <= _NEAR_LINES
            ]
            if near and (leads or takes_part):
                near[-1].actors = tuple(dict.fromkeys((*near[-1].actors, actor.name)))

    def hang_counts(self, acts: list[Act]) -> None:
        """Hang each number on the act it belongs to: the same clause, sentence, or the last before."""
        lead: Count | None = None
        for line in self.parsed.lines:
            if line.kind == "headline":
                continue
            found = list(counts(line.doc))
            if line.kind == "item" and not found and lead is not None:
                found = list(listed(line.doc, lead))
            elif line.kind == "paragraph":
                lead = found[-1] if found and line.doc.text.rstrip().endswith(":") else None
            for count in found:
                types: tuple[str, ...] = (
                    ("ASSAULT",)
                    if count.quantity.role in _HARM
                    else ("RETREAT", "AGREE", "MOBILIZE", "AID", "COOPERATE")
                )
                if count.quantity.role == "deployed":
                    types = ("MOBILIZE", "AID", "COOPERATE")
                here = (line.number, count.word.i)
                fitting = [a for a in acts if a.type in types]
                same = [
                    a
                    for a in fitting
                    if line_of(a.trigger) == here[0] and a.trigger.sent == count.word.sent
                ]
                before = [a for a in fitting if (line_of(a.trigger), a.trigger.i) <= here]
                chosen = (
                    same or before[-1:] or (fitting[:1] if count.quantity.role in _HARM else [])
                )
                if chosen and (same or count.quantity.role in _HARM):
                    chosen[0].counts.append(count)

    def _source(self, count: Count) -> str | None:
        verb = next((a for a in (count.act, *_above(count.act)) if is_verbal(a)), None)
        how = standing(verb) if verb is not None else None
        actor = self.names.actor(how.speaker) if how and how.speaker is not None else None
        return actor.name if actor else None

    def event(self, act: Act) -> Event:
        found: dict[tuple[str, str, float, str | None], Quantity] = {}
        for count in act.counts:
            source = self._source(count)
            quantity = replace(
                count.quantity, according_to=source if source != act.speaker else None
            )
            found.setdefault((quantity.item, quantity.role, quantity.value, None), quantity)
        return Event(
            type=act.type, mode=act.mode, status=act.status, date=act.days,
            place=act.place.name if act.place else None, country=act.place.country if act.place else None,
            actors=act.actors, recipients=act.recipients, quantities=tuple(found.values()),
            according_to=act.speaker, span=act.span,
        )  # fmt: skip


def _above(token: Token) -> Iterator[Token]:
    while token.head.i != token.i:
        token = token.head
        yield token


def _depth(time: Token, trigger: Token, verb: Token) -> int | None:
    """Return how far below an act an expression of time hangs; None when another clause is between."""
    for depth, above in enumerate(_above(time)):
        if above in (trigger, verb):
            return depth
        if is_verbal(above):
            return None
    return None


def _is_of_speech(time: Token) -> bool:
    """Say whether an expression of time belongs to the saying, not to what was done."""
    verb = next((above for above in _above(time) if is_verbal(above)), None)
    return verb is not None and verb.lemma_.lower() in SAYS


def _joined(acts: list[Act]) -> list[Act]:
    """Join tellings of one act: same type, class of status, doers and days that do not clash."""
    kept: list[Act] = []
    for act in acts:
        twin = next((k for k in kept if _same(k, act)), None)
        if twin is None:
            kept.append(act)
            continue
        twin.days = twin.days or act.days
        twin.place = twin.place or act.place
        twin.actors = (
            twin.actors
            if act.type != "CONSULT" and twin.actors
            else tuple(dict.fromkeys(twin.actors + act.actors))
        )
        twin.recipients = twin.recipients or act.recipients
        if twin.speaker != act.speaker:
            twin.speaker = None
    return kept


def _same(a: Act, b: Act) -> bool:
    if a.type != b.type or a.status != b.status:
        return False
    if a.days and b.days and not (a.days[0] <= b.days[1] and b.days[0] <= a.days[1]):
        return False
    for ours, theirs in ((a.actors, b.actors), (a.recipients, b.recipients)):
        if ours and theirs and not set(ours) & set(theirs):
            return False
    if a.type == "ASSAULT":
        return {a.mode, b.mode} != {"aerial", "ground"}
    return bool(a.days and b.days) or (
        line_of(a.trigger) == line_of(b.trigger) and a.trigger.sent == b.trigger.sent
    )
