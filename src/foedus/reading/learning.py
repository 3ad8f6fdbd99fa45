"""What one report teaches by itself: short names, states, capitals, groups and persons.

No table knows a fictional Ardal, a new armed group or a spokeswoman who spoke for the first time.
But reports introduce their people: "the Ardali government", "Ardal's capital, Osthaven", "the Free
Hill Front (FHF)", "Foreign Minister Ana Orsov", "Ana Orsov, who speaks for the army". `learn` reads
all lines for such introductions before anything is marked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from foedus.reading.bodies import learn_abbreviations, learn_groups
from foedus.reading.knowledge import (
    Actor,
    Entry,
    Place,
    cities,
    entries,
    key,
    namesakes,
    state_of_country,
    states,
    words,
)
from foedus.reading.persons import NOT_NAMES, Local, learn_persons, stretches

if TYPE_CHECKING:
    from foedus.reading.parsed import Line, Parsed
    from foedus.reading.tokens import Token

_STATE_NOUNS = (
    "president|prime minister|government|army|armed forces|military|air force|navy|capital|parliament"
    "|(?:foreign|defence|defense|interior) (?:minister|ministry)|king|queen|forces|troops|ambassador"
    "|delegation|negotiators?|border|territory|soldiers|cabinet|chancellor|envoy|air defen[cs]es?"
    "|officials|diplomats?|authorities|general staff|coast guard|embassy|warplanes|artillery"
    "|observers|mission|mediation|junta|guns|gunboats|coastguard|guards|police|gunners|generals|commanders?|mediators?|border (?:guards|service|police)"
)
_WORD = r"[A-Z][^\W\d_]+"
_NAME = rf"{_WORD}(?:[ -]{_WORD})?"
_OWNS = re.compile(rf"\b({_NAME})['’]s (?:[\w-]+ )?(?i:{_STATE_NOUNS})\b")
_OF = re.compile(
    r"\b(?:[Pp]eople|president|prime minister|government|republic|kingdom|king|army|armed forces|forces|troops"
    r"|ambassador|embassy|(?:foreign|defence|interior) minister|foreign affairs|delegation|parliament"
    rf"|navy|air force|territory|authorities|[Mm]inistry of [Dd]efence) of ({_NAME})"
)
_ADJECTIVE = re.compile(rf"\b({_WORD}) (?i:{_STATE_NOUNS})\b")
_LIKE_ADJECTIVE = re.compile(
    rf"\b({_WORD}) (?:(?:war)?ships?|vessels?|fleet|drones?|missiles?|rockets?|shell(?:s|ing|fire)|tanks?"
    r"|(?:air )?strikes?|raids?|attacks?|jets?|villages?|towns?|airspace|leaders?|side|peacekeepers"
    r"|fighters|civilians|prisoners|fire|positions?|ports?|waters|officers?|fishermen)\b"
)
_BETWEEN = re.compile(
    r"\b(?:pact|treaty|war|talks|border|truce|ceasefire|agreement|protocol|accord|fighting|conflict"
    rf"|clashes|deal)(?: of \d{{4}})? between ({_NAME}) and ({_NAME})"
)
_FIRES = re.compile(
    rf"(?:^|[—–-] |[.] )({_NAME}) (?:ha[sd] )?(?:launched|launches|fired|fires) "
    r"[^.]{0,80}?\b(?:drones|missiles|rockets|shells) (?:at|against|towards?) "
)
_DAY_LED = re.compile(
    r"(?:^|[.] )On (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? "
    rf"({_WORD}) (?:ha[sd] )?(?:said|proposed|offered|accused|rejected|accepted|denied|demanded|urged"
    r"|fired|launched|shelled|bombed|attacked|agreed|signed|withdrew|deployed|released|closed|warned)\b"
)
_LISTED = re.compile(
    r"\b(?:delegations?|governments|presidents|leaders|foreign ministers|armies) (?:of|from) "
    rf"((?:{_NAME}, )*{_NAME},? and {_NAME})"
)
_CAPITALS = (
    re.compile(rf"\b(?P<state>{_WORD})(?:['’]s)? capital,? (?:city,? )?(?:of )?(?P<city>{_WORD})"),
    re.compile(rf"\b(?P<city>{_WORD}), the (?P<state>{_WORD}) capital\b"),
    re.compile(rf"\b(?P<city>{_WORD}), (?:the )?capital of (?P<state>{_WORD})"),
    re.compile(rf"\b(?P<city>{_WORD}), (?P<state>{_WORD})['’]s capital\b"),
)
_PLACE_NAME = r"[A-Z][\w'-]+(?:[ -](?:[A-Z]|al-|el-)[\w'-]+){0,3}"
_KINDS = (
    "village|town|city|district|port|settlement|hamlet|suburb|neighbourhood|neighborhood|island"
    "|quarter|outskirt|centre|center|harbour|harbor|airport|garrison|shore|coast|side|siege|battle"
)
_FEATURES = re.compile(
    rf"({_PLACE_NAME.replace('{0,3}', '{0,1}')} (?:[Vv]alley|[Hh]ills?|[Dd]am|[Ii]slands?|[Rr]idge"
    r"|[Pp]ass|[Bb]ridge|[Cc]rossing|[Cc]orridor|[Ff]orest|[Mm]ountains?|[Pp]lateau|[Ll]ake|[Ss]trait"
    r"|[Pp]eninsula|[Pp]lain|[Gg]ulf|[Rr]iver|[Hh]eights|[Cc]ape|[Mm]arsh(?:es)?))\b"
)
_PLACES = (
    re.compile(rf"\b(?:{_KINDS})s? of ({_PLACE_NAME}(?:, {_PLACE_NAME})*(?: and {_PLACE_NAME})?)"),
    re.compile(
        rf"\b(?:in|near|at|outside|around|into|on) (?:the )?({_PLACE_NAME}) (?:{_KINDS}|province"
        "|region|governorate|county|airfield|airbase|refinery|camp)\\b"
    ),
)
_NEAR_A_KNOWN_ONE = re.compile(
    rf"\b(?:in|at|near|outside|around) (?P<town>{_PLACE_NAME}),? (?:in )?(?:the )?"
    r"(?:(?:north|south|east|west|central)[a-z-]* )?(?P<land>[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)"
)
_CAPITALISED = re.compile(r"[A-Z][\w.'’-]*(?: (?:of|the|and|for|al-\w+|[A-Z])[\w.'’-]*)*")
_DEMONYM_ENDS = (
    "i", "n", "an", "ian", "ean", "ese", "ish", "ic", "er", "ite", "is", "s", "ns", "ans", "ians",
    "ers", "ites", "ese", "in", "ene", "enes",
)  # fmt: skip
COMPASS = frozenset(["north", "south"])
_BIG_TOWN = 100_000
_COUNTED_WORDS_MOST = 5


def learn(parsed: Parsed) -> Local:
    """Return all that a report teaches about names."""
    local = Local()
    for line in parsed.lines:
        learn_abbreviations(line, local)
        _count_countries(line, local)
    persons = stretches(parsed)
    learn_persons(persons, local, alone=False)
    _learn_states(parsed, local)
    _learn_compass(local)
    for line in parsed.lines:
        _learn_capitals(line, local)
        learn_groups(line, local)
        _learn_places(line, local)
        _learn_features(line, local)
        _learn_towns_of_lands(line, local)
    learn_persons(persons, local, alone=True)
    return local


# --- states ---------------------------------------------------------------------------------------


def _learn_states(parsed: Parsed, local: Local) -> None:
    """Take names that the text uses as it uses states, where no table knows them."""
    heads: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    for line in parsed.lines:
        _used_as_states(line, heads, local)
        for match in _ADJECTIVE.finditer(line.text):
            if _could_be_a_state(match.group(1), local):
                adjectives.setdefault(key(match.group(1)), match.group(1))
    _like_adjectives(parsed, heads, adjectives)
    unknown = (token for line in parsed.lines for token in (line.doc if adjectives else ()))
    for token in unknown:
        word = token.text
        if word[0].isupper() and token.pos_ == "PROPN" and _could_be_a_state(word, local):
            for adjective in adjectives:
                if key(word) != adjective and _is_demonym(adjective, key(word)):
                    heads.setdefault(key(word), word)
    _keep_states(heads, adjectives, local)


def _like_adjectives(parsed: Parsed, heads: dict[str, str], adjectives: dict[str, str]) -> None:
    """Add adjectives beside what states have: "Velmarkian ships", where Velmark stands beside."""
    for line in parsed.lines if heads else ():
        for match in _LIKE_ADJECTIVE.finditer(line.text):
            word = match.group(1)
            if any(_is_demonym(key(word), head) and head != key(word) for head in heads):
                adjectives.setdefault(key(word), word)


def _keep_states(heads: dict[str, str], adjectives: dict[str, str], local: Local) -> None:
    """Take the names as states, and the adjectives made from them as their demonyms."""
    for name_key, name in heads.items():
        if any(name_key != other and _is_demonym(name_key, other) for other in heads):
            continue  # "the Ardali army" is Ardal's, and no state by itself
        actor = Actor(name=name, side=name, kind="state")
        place = Place(name=name, country=None)
        local.known[name_key] = Entry(actor=actor, place=place, how="name", capitals=False)
    for adjective, written in adjectives.items():
        owner = next((h for h in heads if h != adjective and _is_demonym(adjective, h)), None)
        of_state = heads[owner] if owner else _state_by_adjective(written)
        if of_state:
            actor = Actor(name=of_state, side=of_state, kind="state")
            place = Place(name=of_state, country=None)
            state = Entry(actor=actor, place=place, how="name", capitals=False)
            local.known.setdefault(key(of_state), state)
            for form in (adjective, f"{adjective}s"):
                local.known[form] = Entry(actor=actor, place=None, how="demonym", capitals=False)


def _state_by_adjective(adjective: str) -> str | None:
    """Return the state of an adjective that never stands beside it: Kestrian -> Kestria.

    Adjectives in -an and -i tell their state's name; others do not, and plain words are none.
    """
    if adjective.casefold() in words("no-state") or not adjective.endswith(("an", "i")):
        return None
    return adjective[:-1]


def _learn_compass(local: Local) -> None:
    """Take "the North" and "the South" for the states of that name that the report speaks of."""
    for point in COMPASS:
        named = [
            s for s in sorted(local.sides) if s in states() and s.lower().startswith(f"{point} ")
        ]
        if len(named) == 1:
            local.known[point] = Entry(
                actor=states()[named[0]], place=None, how="name", capitals=False
            )


def _used_as_states(line: Line, heads: dict[str, str], local: Local) -> None:
    """Add the names that one line uses as states do."""
    text, doc = line.text, line.doc
    persons = {
        word.casefold()
        for ent in doc.ents
        if ent.label_ == "PERSON" and len(ent) > 1  # one word alone may well be a state
        for word in ent.text.split()
    }
    used = [m.group(1) for p in (_OWNS, _OF, _FIRES, _DAY_LED) for m in p.finditer(text)]
    used += [name for m in _BETWEEN.finditer(text) for name in m.groups()]
    used += [n for m in _LISTED.finditer(text) for n in re.findall(_NAME, m.group(1))]
    used += [ent.text for ent in doc.ents if ent.label_ == "GPE" and _acts(ent.root)]
    for name in (_without_months(name) for name in used):
        if _could_be_a_state(name, local) and name.casefold() not in persons:
            heads.setdefault(key(name), name)
    for token in doc:
        if (
            _makes_war(token)
            and _could_be_a_state(token.text, local)
            and key(token.text) not in persons
        ):
            heads.setdefault(key(token.text), token.text)


def _without_months(name: str) -> str:
    """Return a name without what only stands before it: "March Ardal" -> Ardal."""
    parts = name.split()
    while len(parts) > 1 and parts[0].casefold() in NOT_NAMES:
        parts.pop(0)
    return " ".join(parts)


def _acts(token: Token) -> bool:
    """Say whether a noun is the doer of something that states do."""
    verb = token.head
    return token.dep_ == "nsubj" and verb.lemma_ in {
        "launch", "fire", "attack", "invade", "sign", "reject", "accuse", "deny", "agree", "withdraw",
        "deploy", "demand", "shell", "bomb", "say", "propose", "warn", "refuse", "accept", "release",
        "claim", "insist", "urge", "host", "broker", "mediate", "condemn", "mobilise", "mobilize",
        "voice", "express", "offer", "welcome", "back", "blame", "expel", "recall", "summon", "pledge",
        "close", "recognise", "recognize", "ratify", "support", "join", "abstain", "veto",
    }  # fmt: skip


def _makes_war(token: Token) -> bool:
    """Say whether a name of one word does what only a state or an armed group does."""
    if not token.text[0].isupper() or token.dep_ != "nsubj" or token.pos_ != "PROPN":
        return False
    alone = not any(c.dep_ == "compound" for c in token.children)
    return alone and token.head.lemma_ in {
        "launch", "fire", "shell", "bomb", "invade", "attack", "bombard", "deploy", "withdraw",
    }  # fmt: skip


def _is_a_town(known: str, local: Local) -> bool:
    """Say whether a name is that of a big town, or of one in a country that the report names."""
    return any(
        people >= _BIG_TOWN or place.country in local.countries
        for place, people in cities().get(known, ())
    )


def _could_be_a_state(name: str, local: Local) -> bool:
    parts = name.split()
    known = key(name)
    return (
        known not in entries()
        and not _is_a_town(known, local)
        and known not in local.surnames
        and parts[0].casefold() not in NOT_NAMES
        and not any(word.casefold() in words("title") | words("role") for word in parts)
        and not any(word.casefold() in words("group-name") | words("org-name") for word in parts)
        and parts[0][0].isupper()
        and not name.isupper()
        and all(entries().get(key(word)) is None for word in parts)
    )


def _is_demonym(adjective: str, name: str) -> bool:
    """Say whether ``adjective`` is made from ``name``: Ardali from Ardal, Velmarkian from Velmark."""
    stems = (name, name[:-1]) if name[-1:] in "aeiouy" else (name,)
    if name.endswith("ia"):
        stems = (*stems, name[:-2])
    return len(name) >= 4 and any(
        adjective.startswith(stem) and adjective[len(stem) :] in _DEMONYM_ENDS for stem in stems
    )


def _learn_capitals(line: Line, local: Local) -> None:
    """Take a capital that the text names as one: "Ardal's capital, Osthaven"."""
    for pattern in _CAPITALS:
        for match in pattern.finditer(line.text):
            city, state = match["city"], match["state"]
            owner = local.known.get(key(state)) or entries().get(key(state))
            known = key(city)
            fresh = known not in local.known and known not in entries()
            if owner and owner.actor and owner.actor.kind == "state" and fresh:
                place = Place(name=city, country=owner.actor.country)
                local.known[known] = Entry(
                    actor=owner.actor, place=place, how="capital", capitals=False
                )


def _learn_places(line: Line, local: Local) -> None:
    """Take places that the text names by their kind: "the village of Ulmen", "Ulmen district"."""
    most = max(local.countries, key=lambda code: local.countries[code], default=None)
    if state_of_country(most) not in local.sides:
        most = None  # a mere venue
    for pattern in _PLACES:
        for match in pattern.finditer(line.text):
            for name in re.findall(_PLACE_NAME, match.group(1)):
                known = key(name)
                fresh = known not in local.known and known not in entries()
                if fresh and known not in cities() and name.split()[0].casefold() not in NOT_NAMES:
                    place = Place(name=name, country=most)
                    local.known[known] = Entry(actor=None, place=place, how="place", capitals=False)


def _learn_features(line: Line, local: Local) -> None:
    """Take hills, dams and islands under their whole names: "Ulm Hill", "the Skerry islands"."""
    for match in _FEATURES.finditer(line.text):
        name, known = match.group(1), key(match.group(1))
        first = name.split()[0]
        owned = local.known.get(key(first)) or entries().get(key(first))
        fresh = known not in local.known and known not in entries() and known not in cities()
        if fresh and owned is None and first.casefold() not in NOT_NAMES:
            place = Place(name=name, country=None)
            local.known[known] = Entry(actor=None, place=place, how="place", capitals=False)


def _learn_towns_of_lands(line: Line, local: Local) -> None:
    """Take a town that the text puts into a known land: "in Ulmen, central Mali"."""
    for match in _NEAR_A_KNOWN_ONE.finditer(line.text):
        town, land = match["town"], match["land"]
        entry = entries().get(key(land)) or local.known.get(key(land))
        known = key(town)
        fresh = known not in local.known and known not in entries() and known not in cities()
        if entry and entry.place and fresh and town.split()[0].casefold() not in NOT_NAMES:
            place = Place(name=town, country=entry.place.country)
            local.known[known] = Entry(actor=None, place=place, how="place", capitals=False)


def _count_countries(line: Line, local: Local) -> None:
    """Count the countries and sides that a line names by state, people, capital, group or town."""
    for match in _CAPITALISED.finditer(line.text):
        parts = match.group().split()
        at = 0
        while at < len(parts):
            for length in range(min(_COUNTED_WORDS_MOST, len(parts) - at), 0, -1):
                known = key(" ".join(parts[at : at + length]))
                entry = entries().get(known)
                if entry is None or entry.needs is not None or known in namesakes():
                    continue
                countries = {
                    entry.actor and entry.actor.country,
                    entry.place and entry.place.country,
                }
                for country in sorted(c for c in countries if c):
                    local.countries[country] = local.countries.get(country, 0) + 1
                if entry.actor is not None and entry.actor.side is not None:
                    local.sides.add(entry.actor.side)
                    state = states().get(entry.actor.side)
                    if entry.actor.kind != "state" and state is not None and state.country:
                        local.countries.setdefault(state.country, 1)
                at += length - 1
                break
            at += 1
