"""Where a report names somebody or some place: knowledge first, the model's opinion second.

Three passes over the lines. The first learns what this report alone can teach: abbreviations that it
introduces, persons by title or by the model, states that no table knows (a fictional Ardal) by how
the text uses them ("the Ardali government", "Ardal's president"). The second marks every stretch
that names something, the longest first. The third finds whom each new person acts for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from foedus.reading.knowledge import Actor, Entry, Place, cities, entries, key, surnames

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from foedus.reading.knowledge import How
    from foedus.reading.parsed import Line, Parsed

ROLES = frozenset(
    [
        "president",
        "premier",
        "chancellor",
        "minister",
        "secretary",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "envoy",
        "ambassador",
        "general",
        "colonel",
        "admiral",
        "commander",
        "chief",
        "leader",
        "governor",
        "mayor",
        "king",
        "prince",
        "emir",
        "sheikh",
        "sultan",
        "pope",
        "senator",
        "congressman",
        "lawmaker",
        "negotiator",
        "adviser",
        "advisor",
        "representative",
        "official",
        "diplomat",
        "director",
        "head",
        "chairman",
        "chairwoman",
        "chair",
        "coordinator",
        "marshal",
        "major",
        "captain",
        "lieutenant",
        "brigadier",
        "mediator",
        "delegate",
        "counterpart",
        "deputy",
        "undersecretary",
        "ayatollah",
        "chairperson",
        "rebel",
        "warlord",
        "speaker",
        "ombudsman",
        "prosecutor",
        "judge",
        "analyst",
        "researcher",
        "professor",
        "scientist",
        "economist",
        "lawyer",
    ]
)
TITLES = frozenset(
    [
        "president",
        "vice",
        "prime",
        "minister",
        "premier",
        "chancellor",
        "secretary",
        "general",
        "colonel",
        "admiral",
        "king",
        "queen",
        "prince",
        "sheikh",
        "emir",
        "sultan",
        "pope",
        "senator",
        "governor",
        "mayor",
        "ambassador",
        "mr",
        "mrs",
        "ms",
        "dr",
        "sir",
        "gen",
        "col",
        "adm",
        "lt",
        "maj",
        "lord",
        "lady",
        "marshal",
        "major",
        "captain",
        "commander",
        "brigadier",
        "lieutenant",
        "ayatollah",
        "foreign",
        "defence",
        "defense",
        "interior",
        "finance",
        "acting",
        "deputy",
        "former",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "envoy",
        "special",
        "chief",
        "secretary-general",
        "representative",
        "negotiator",
        "leader",
        "field",
        "crown",
        "chairman",
        "chairwoman",
    ]
)
_STATE_NOUNS = (
    "president|prime minister|government|army|armed forces|military|air force|navy|capital|parliament"
    "|(?:foreign|defence|defense|interior) (?:minister|ministry)|king|queen|forces|troops|ambassador"
    "|delegation|negotiators?|border|territory|soldiers|cabinet|chancellor|envoy|air defen[cs]es?"
)
_NAME = r"[A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+)?"
_OWNS = re.compile(rf"\b({_NAME})['’]s (?:[\w-]+ )?(?i:{_STATE_NOUNS})\b")
_OF = re.compile(
    rf"\b(?:president|prime minister|government|republic|kingdom|king|army) of ({_NAME})"
)
_ADJECTIVE = re.compile(rf"\b([A-Z][^\W\d_]+) (?i:{_STATE_NOUNS})\b")
_FIRES = re.compile(
    rf"(?:^|[—–-] |[.] )({_NAME}) (?:ha[sd] )?(?:launched|launches|fired|fires) "
    r"[^.]{0,80}?\b(?:drones|missiles|rockets|shells) (?:at|against|towards?) "
)
_LISTED = re.compile(
    r"\b(?:delegations?|governments|presidents|leaders|foreign ministers|armies) (?:of|from) "
    rf"((?:{_NAME}, )*{_NAME},? and {_NAME})"
)
_SHORT = re.compile(
    r"((?:[A-Z][\w’'-]*|of|for|the|and|in|to|de|la) (?:[\w’'-]+ ){0,7}?[\w’'-]+) \(([A-Z][A-Z0-9-]{1,9})\)"
)
_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*\.?")
_DEMONYM_ENDS = (
    "i",
    "n",
    "an",
    "ian",
    "ean",
    "ese",
    "ish",
    "ic",
    "er",
    "ite",
    "is",
    "s",
    "ns",
    "ans",
    "ians",
    "ers",
)
_NAME_WORDS_MOST = 8
_LOCATIVE = frozenset(
    [
        "in",
        "at",
        "near",
        "from",
        "to",
        "outside",
        "around",
        "over",
        "into",
        "across",
        "inside",
        "towards",
        "toward",
        "of",
    ]
)
_NOT_NAMES = frozenset(
    ["the", "a", "an", "this", "that", "these", "those", "it", "he", "she", "they", "we", "i", "his", "her", "its", "their", "our", "my", "on", "in", "at", "by", "for", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "new", "south", "north", "east", "west", "southern", "northern", "eastern", "western", "central", "former", "foreign", "prime", "joint", "summary", "bulletin", "statement", "talks", "nobody", "parliament", "army", "government", "president", "minister", "both", "all", "some", "many", "most", "each", "either", "neither"]
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """One stretch that names something.

    ``line`` is the line's number; ``first`` and ``last`` are token indices in the line's parse, both
    included; ``how`` says whether the name stands for itself, or is a demonym, a capital or a metonym.
    A capital names an actor and a place; which of them is for the sentence to say.
    """

    line: int
    first: int
    last: int
    how: How
    actor: Actor | None
    place: Place | None


@dataclass(slots=True)
class Local:
    """What this report alone teaches, filled while it is read and not touched afterwards."""

    known: dict[str, Entry] = field(default_factory=dict)
    persons: dict[str, Actor] = field(default_factory=dict)
    """Persons of the report by their key."""
    surnames: dict[str, Actor] = field(default_factory=dict)


def find_namings(parsed: Parsed) -> tuple[Naming, ...]:
    """Return every naming of the report in order of the text; none overlaps another."""
    local = Local()
    for line in parsed.lines:
        _learn_abbreviations(line, local)
    _learn_states(parsed, local)
    for line in parsed.lines:
        _learn_persons(line, local)
    found = [naming for line in parsed.lines for naming in _namings(line, local)]
    return tuple(_with_sides(parsed, found))


# --- what the report teaches ----------------------------------------------------------------------


def _learn_abbreviations(line: Line, local: Local) -> None:
    """Take "Northern Relief Front (NRF)", and a name whose initials the abbreviation is."""
    for match in _SHORT.finditer(line.doc.text):
        words, short = match.group(1).split(), match.group(2)
        name = _spelt_out(words, short)
        if not name:
            continue
        entry = entries().get(key(name))
        if entry is None:
            actor = Actor(name=name, side=name, kind="group")
            entry = Entry(actor=actor, place=None, how="name", capitals=False)
            local.known[key(name)] = entry
        if key(short) not in entries():
            local.known[key(short)] = entry


def _spelt_out(words: list[str], short: str) -> str | None:
    """Return the last words whose capital initials spell ``short``; None when none do."""
    letters = short.replace("-", "")
    for start in range(len(words) - 1, -1, -1):
        tail = words[start:]
        initials = "".join(
            part[0] for word in tail for part in word.split("-") if part[:1].isupper()
        )
        if initials.startswith(letters) and tail[0][0].isupper():
            return " ".join(tail)
    return None


def _learn_states(parsed: Parsed, local: Local) -> None:  # noqa: C901, PLR0912 - one case of grammar a branch
    """Take names that the text uses as it uses states, where no table knows them."""
    heads: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    for line in parsed.lines:
        text = line.doc.text
        persons = {
            word.casefold()
            for ent in line.doc.ents
            if ent.label_ == "PERSON" and len(ent) > 1  # one word alone may well be a state
            for word in ent.text.split()
        }
        used = [m.group(1) for p in (_OWNS, _OF, _FIRES) for m in p.finditer(text)]
        used += [n for m in _LISTED.finditer(text) for n in re.findall(_NAME, m.group(1))]
        for name in used:
            if _could_be_a_state(name) and name.casefold() not in persons:
                heads.setdefault(key(name), name)
        for match in _ADJECTIVE.finditer(text):
            if _could_be_a_state(match.group(1)):
                adjectives.setdefault(key(match.group(1)), match.group(1))
        for ent in line.doc.ents:
            if ent.label_ == "GPE" and _could_be_a_state(ent.text) and _acts(ent.root):
                heads.setdefault(key(ent.text), ent.text)
        for token in line.doc:
            if (
                _makes_war(token)
                and _could_be_a_state(token.text)
                and key(token.text) not in persons
            ):
                heads.setdefault(key(token.text), token.text)
    for token in (token for line in parsed.lines for token in line.doc):
        word = token.text
        if token.pos_ == "PROPN" and _could_be_a_state(word):
            for adjective in adjectives:
                if key(word) != adjective and _is_demonym(adjective, key(word)):
                    heads.setdefault(key(word), word)
    for name_key, name in heads.items():
        actor = Actor(name=name, side=name, kind="state")
        place = Place(name=name, country=None)
        local.known[name_key] = Entry(actor=actor, place=place, how="name", capitals=False)
    for adjective in adjectives:
        owner = next((h for h in heads if h != adjective and _is_demonym(adjective, h)), None)
        if owner:
            actor = Actor(name=heads[owner], side=heads[owner], kind="state")
            for form in (adjective, f"{adjective}s"):
                local.known[form] = Entry(actor=actor, place=None, how="demonym", capitals=False)


def _acts(token: Token) -> bool:
    """Say whether a noun is the doer of something that states do."""
    verb = token.head
    return token.dep_ == "nsubj" and verb.lemma_ in {
        "launch", "fire", "attack", "invade", "sign", "reject", "accuse", "deny", "agree", "withdraw",
        "deploy", "demand", "shell", "bomb", "say", "propose", "warn", "refuse", "accept", "release",
    }  # fmt: skip


def _makes_war(token: Token) -> bool:
    """Say whether a name of one word does what only a state or an armed group does."""
    alone = token.pos_ == "PROPN" and not any(c.dep_ == "compound" for c in token.children)
    return alone and token.dep_ == "nsubj" and token.head.lemma_ in {
        "launch", "fire", "shell", "bomb", "invade", "attack", "bombard", "deploy", "withdraw",
    }  # fmt: skip


def _could_be_a_state(name: str) -> bool:
    words = name.split()
    known = key(name)
    return (
        known not in entries()
        and known not in cities()
        and words[0].casefold() not in _NOT_NAMES
        and not any(word.casefold() in TITLES | ROLES for word in words)
        and words[0][0].isupper()
        and not name.isupper()
        and all(entries().get(key(word)) is None for word in words)
    )


def _is_demonym(adjective: str, name: str) -> bool:
    """Say whether ``adjective`` is made from ``name``: Ardali from Ardal, Velmarkian from Velmark."""
    stems = (name, name[:-1]) if name[-1:] in "aeiouy" else (name,)
    return len(name) >= 4 and any(
        adjective.startswith(stem) and adjective[len(stem) :] in _DEMONYM_ENDS for stem in stems
    )


def _learn_persons(line: Line, local: Local) -> None:
    """Take persons that the model finds, and names that follow a title."""
    for first, last in _person_stretches(line.doc):
        words = [
            token.text
            for token in line.doc[first : last + 1]
            if not token.is_punct or "-" in token.text
        ]
        name = line.doc[first : last + 1].text.strip()
        if len(words) < 2 or key(name) in entries() or key(name) in local.known:
            continue
        if (
            key(words[-1]) in surnames()
            and surnames()[key(words[-1])].name.split()[0][0] == name[0]
        ):
            actor = surnames()[key(words[-1])]
        else:
            actor = Actor(name=name, side=None, kind="person")
        local.persons.setdefault(key(name), actor)
        local.surnames.setdefault(key(words[-1]), actor)


def _person_stretches(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield first and last token of each person's name, titles and possessives left out."""
    for ent in doc.ents:
        if ent.label_ != "PERSON":
            continue
        first, last = ent.start, ent.end - 1
        while last > first and (
            doc[last].tag_ == "POS" or doc[last].is_punct or doc[last].is_space
        ):
            last -= 1
        while first < last and (
            doc[first].lower_.strip(".") in TITLES
            or doc[first].is_punct
            or _known_alone(doc[first].text)
        ):
            first += 1
        if doc[first].text[:1].isupper() and not any(
            t.is_digit or t.text in {":", "(", ")", '"'} for t in doc[first : last + 1]
        ):
            yield first, last
    for token in doc:
        if token.lower_ in TITLES and token.i + 1 < len(doc):
            last = token.i
            while last + 1 < len(doc) and last - token.i < 4 and _is_name_word(doc[last + 1]):
                last += 1
            if last - token.i >= 2:
                yield token.i + 1, last


def _is_name_word(token: Token) -> bool:
    plain = token.text.replace("-", "").replace("'", "")
    return (
        (plain.isalpha() and token.text[0].isupper() and token.lower_ not in TITLES | _NOT_NAMES)
        or token.text in {"al", "-", "bin", "van", "von", "de", "der", "el"}
    ) and not _known_alone(token.text)


def _known_alone(word: str) -> bool:
    entry = entries().get(key(word))
    return entry is not None and entry.actor is not None and entry.actor.kind != "person"


# --- marking --------------------------------------------------------------------------------------


def _namings(line: Line, local: Local) -> Iterator[Naming]:
    """Yield the namings of one line, the longest first at each place, left to right."""
    doc, text = line.doc, line.doc.text
    words = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    by_start = {token.idx: token.i for token in doc}
    at = 0
    while at < len(words):
        for length in range(min(_NAME_WORDS_MOST, len(words) - at), 0, -1):
            start, end = words[at][0], words[at + length - 1][1]
            surface = text[start:end]
            if not surface[0].isupper() and not surface.startswith(("al-", "von ", "bin ")):
                continue
            entry = _lookup(surface, local, alone=length == 1)
            span = doc.char_span(start, end, alignment_mode="expand") if entry else None
            if entry and span is not None and start in by_start and _fits(entry, span[0], surface):
                last = span.end - 1
                while last > span.start and (
                    doc[last].tag_ == "POS" or doc[last].text in {"'s", "'", "."}
                ):
                    last -= 1
                yield Naming(
                    line=line.number,
                    first=span.start,
                    last=last,
                    how=entry.how,
                    actor=entry.actor,
                    place=entry.place,
                )
                at += length
                break
        else:
            at += 1


def _lookup(surface: str, local: Local, *, alone: bool) -> Entry | None:
    """Return what a stretch of words stands for: this report's names, the tables, persons, cities."""
    if any(mark in surface for mark in ',;:!?()"/') or "\n" in surface:
        return None
    known = key(surface)
    entry = local.known.get(known) or entries().get(known)
    if entry:
        shout = surface.replace(".", "").replace("'s", "").replace("’s", "").replace("-", "")
        return (
            entry
            if not entry.capitals or shout.isupper() or any(c.isdigit() for c in shout)
            else None
        )
    person = local.persons.get(known)
    if person is None and alone:
        person = local.surnames.get(known) or surnames().get(known)
    if person:
        return Entry(actor=person, place=None, how="name", capitals=False)
    towns = cities().get(known)
    if towns:
        return Entry(actor=None, place=towns[0][0], how="place", capitals=False)
    return None


def _fits(entry: Entry, token: Token, surface: str) -> bool:
    """Refuse a town or a surname where the word is more likely something else."""
    if entry.how == "place" and key(surface) in cities():
        if token.ent_type_ == "PERSON" or token.lower_ in _NOT_NAMES:
            return False
        after_locative = token.dep_ == "pobj" and token.head.lower_ in _LOCATIVE
        return (
            after_locative
            or token.ent_type_ in {"GPE", "LOC", "FAC"}
            or _in_a_list_of_places(token)
        )
    if entry.actor and entry.actor.kind == "person" and " " not in surface.strip():
        follows_a_name = (
            token.i > 0
            and token.nbor(-1).pos_ == "PROPN"
            and token.nbor(-1).lower_ not in TITLES
            and token.nbor(-1).ent_type_ == "PERSON"
        )
        return token.pos_ == "PROPN" and not follows_a_name
    return token.pos_ in {
        "PROPN",
        "ADJ",
        "NOUN",
        "X",
        "VERB",
        "ADP",
        "DET",
        "PRON",
        "INTJ",
        "ADV",
        "NUM",
        "PUNCT",
    }


def _in_a_list_of_places(token: Token) -> bool:
    return token.dep_ in {"conj", "appos"} and token.head.ent_type_ in {"GPE", "LOC", "FAC"}


# --- whom a person acts for -----------------------------------------------------------------------


def _with_sides(parsed: Parsed, found: list[Naming]) -> Iterator[Naming]:
    """Give each person without a side the one that the text states beside the name."""
    by_line: dict[int, list[Naming]] = {}
    for naming in found:
        by_line.setdefault(naming.line, []).append(naming)
    sides: dict[str, str] = {}
    for naming in found:
        actor = naming.actor
        if actor and actor.kind == "person" and actor.side is None and actor.name not in sides:
            side = _side_beside(parsed.lines[naming.line].doc, naming, by_line[naming.line])
            if side:
                sides[actor.name] = side
    for naming in found:
        actor = naming.actor
        if actor and actor.name in sides and actor.side is None:
            actor = Actor(name=actor.name, side=sides[actor.name], kind=actor.kind)
            yield Naming(
                line=naming.line,
                first=naming.first,
                last=naming.last,
                how=naming.how,
                actor=actor,
                place=naming.place,
            )
        else:
            yield naming


def _side_beside(doc: Doc, naming: Naming, others: list[Naming]) -> str | None:
    """Read the words that lead up to a name, then the apposition behind it."""
    before = naming.first - 1
    steps = 0
    while before >= 0 and steps < 9 and _belongs_to_a_title(doc[before], naming.first):
        before -= 1
        steps += 1
    side = _first_side(others, before + 1, naming.first - 1)
    if side and any(doc[k].lower_ in ROLES | TITLES for k in range(before + 1, naming.first)):
        return side
    after = naming.last + 1
    if after < len(doc) and doc[after].text == ",":
        end = after + 1
        while (
            end < len(doc)
            and end - after < 14
            and doc[end].text not in {",", ".", ";", "("}
            and not (doc[end].pos_ in {"VERB", "AUX"} and doc[end].tag_ != "VBG")
        ):
            end += 1
        who = after + 1 < len(doc) and doc[after + 1].lower_ in {"who", "which"}
        if who or any(
            doc[k].lower_ in ROLES or doc[k].lemma_.lower() in ROLES for k in range(after + 1, end)
        ):
            limit = end if not who else min(len(doc), after + 8)
            return _first_side(others, after + 1, limit - 1)
    return None


def _belongs_to_a_title(token: Token, name_at: int) -> bool:
    if token.text == ",":
        return token.i == name_at - 1
    return (
        token.pos_ in {"PROPN", "ADJ", "NOUN", "DET", "PART"}
        or token.text in {"'s", "'", "-", "of", "for"}
    ) and token.sent == token.doc[name_at].sent


def _first_side(others: list[Naming], first: int, last: int) -> str | None:
    for other in others:
        inside = first <= other.first and other.last <= last
        if inside and other.actor and other.actor.kind != "person":
            return other.actor.side
    return None
