"""Whom a pronoun or a phrase without a name leads back to.

"It said" means the ministry that spoke before and not the ministry's country; "he" is the last
person, named or not; "the group", "the army", "the Command" go back to what bore that noun; "both
sides" are the two sides that the report names most. Subjects come before other words, nearer
sentences before farther ones, main clauses before dependent ones: the salience of grammatical
roles in centering theory (B. Grosz, A. Joshi, S. Weinstein, Computational Linguistics 21(2), 1995).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.clauses import governors, is_verbal
from foedus.reading.knowledge import words
from foedus.reading.parsed import line_of, start_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from foedus.reading.knowledge import Actor
    from foedus.reading.names import Names, Told
    from foedus.reading.parsed import Parsed
    from foedus.reading.tokens import Token

PERSON_PRONOUNS = frozenset(["he", "she", "him", "her", "his", "hers", "himself", "herself", "who"])
THING_PRONOUNS = frozenset(["it", "its", "itself"])
MANY_PRONOUNS = frozenset(["they", "them", "their", "theirs", "themselves"])
_THINGS = frozenset(["state", "organisation", "group", "force", "ministry"])
_SHE_ONLY = frozenset(["spokeswoman", "chairwoman", "queen", "woman", "mother", "sister", "widow"])
_HE_ONLY = frozenset(
    ["spokesman", "chairman", "king", "man", "father", "brother", "emir", "prince"]
)
_SHE = frozenset(["she", "her", "hers", "herself"])
_BODIES = frozenset(["force", "ministry", "organisation", "group"])
_STATE_FORCES = frozenset(["army", "military", "navy", "force", "forces", "police"])
_LINES_BACK = 3


def antecedent(pronoun: Token, names: Names) -> Token | None:
    """Return the head of the phrase that "he", "she" or "it" means; None when none fits."""
    word = pronoun.lower_
    if word in THING_PRONOUNS and _is_empty(pronoun):
        return None
    for head in subjects_before(pronoun, names.parsed):
        if word in PERSON_PRONOUNS and _is_a_person(head, names, she=word in _SHE):
            return head
        if word in THING_PRONOUNS and _is_a_thing(head, names):
            return head
    return None


def subjects_before(token: Token, parsed: Parsed) -> Iterator[Token]:
    """Yield the subjects and sources before a token, the most salient first.

    Within its paragraph objects follow when no subject is left: "I asked a captain. He said".
    """
    here, inside = line_of(token), parsed.quoted(start_of(token))
    for number in range(here, max(-1, here - _LINES_BACK - 1), -1):
        objects: list[Token] = []
        for sent in reversed(list(parsed.lines[number].doc.sents)):
            found = []
            for word in sent:
                if number == here and word.i >= token.i:
                    break
                if not inside and parsed.quoted(start_of(word)):
                    continue
                if word.dep_ in {"nsubj", "nsubjpass"} or _is_a_source(word):
                    found.append((_depth(word), word.i, word))
                elif word.dep_ in {"dobj", "pobj", "attr", "dative"}:
                    objects.append(word)
            yield from (word for _, _, word in sorted(found, key=lambda item: item[:2]))
        if number == here:
            yield from objects


def _is_a_source(word: Token) -> bool:
    """Say whether a word is the X of "according to X"."""
    return word.dep_ == "pobj" and word.head.lower_ == "to" and word.i > 1 and (
        word.head.head.lower_ == "according" or word.head.nbor(-1).lower_ == "according"
    )  # fmt: skip


def _depth(word: Token) -> int:
    """Return how many clauses stand above the one that a word is in; speech counts as one clause."""
    return sum(
        1 for above in governors(word) if is_verbal(above) and above.dep_ not in {"ROOT", "conj"}
    )


def _is_empty(pronoun: Token) -> bool:
    """Say whether "it" stands for nothing: "it was clear that", "it remains to be seen"."""
    verb = pronoun.head
    if pronoun.dep_ not in {"nsubj", "nsubjpass", "expl"}:
        return False
    if pronoun.dep_ == "expl":
        return True
    if verb.lemma_ == "be" and any(
        c.dep_ == "acomp" and (c.lower_ == "worth" or c.n_rights) for c in verb.children
    ):
        return True
    passive = pronoun.dep_ == "nsubjpass" or verb.lemma_ in {"be", "seem", "remain", "appear"}
    return passive and any(
        c.dep_ in {"ccomp", "csubj", "csubjpass"} and c.i > verb.i for c in verb.children
    )


def _is_a_person(head: Token, names: Names, *, she: bool) -> bool:
    naming = names.naming(head)
    if naming is not None and naming.actor is not None:
        return naming.actor.kind == "person"
    lemma = head.lemma_.lower()
    if head.pos_ == "PROPN" and head.ent_type_ == "PERSON":
        return True
    beside = (names.naming(c) for c in head.children if c.dep_ == "appos")
    if any(n is not None and n.actor is not None and n.actor.kind == "person" for n in beside):
        return True
    if lemma in words("collective"):
        return False
    if head.tag_ not in {"NN", "NNP"} or lemma not in words("role") | words("unnamed"):
        return False
    return lemma not in (_HE_ONLY if she else _SHE_ONLY)


def _is_a_thing(head: Token, names: Names) -> bool:
    naming = names.naming(head)
    if naming is not None and naming.how != "demonym":
        actor = naming.actor
        return actor is not None and actor.kind in _THINGS and not names.is_place_here(head)
    if head.tag_ not in {"NN", "NNP"}:
        return False
    return head.lemma_.lower() in words("institution") or (
        head.pos_ == "PROPN" and head.ent_type_ == "ORG"
    )


def fuller(token: Token, names: Names) -> Token | None:
    """Return the phrase that a bare one repeats: "the spokesman", "the Command", "the minister".

    It is the last one before with the same noun, and with more words or a name beside it.
    """
    if any(
        c.dep_ in {"amod", "compound", "poss", "prep", "relcl", "appos"} for c in token.children
    ):
        return None
    here, lemma = line_of(token), token.lemma_.lower()
    for number in range(here, max(-1, here - 2 * _LINES_BACK - 1), -1):
        for word in reversed(names.parsed.lines[number].doc):
            if (number == here and word.i >= token.i) or word.lemma_.lower() != lemma:
                continue
            if word.pos_ not in {"NOUN", "PROPN"} or (word.tag_ in {"NNS", "NNPS"}) != (
                token.tag_ in {"NNS", "NNPS"}
            ):
                continue
            named = _bearer(word, names)
            if named is not None:
                return named
            if any(c.dep_ in {"amod", "compound", "poss", "prep"} for c in word.children):
                return word
    return None


def _bearer(office: Token, names: Names) -> Token | None:
    """Return the name of the person whose title or apposition an office is."""
    near = [office.head, *(t for t in office.subtree if t.dep_ == "appos")]
    if office.i + 1 < len(office.doc):
        near.append(office.nbor(1))
    for word in near:
        naming = names.naming(word)
        beside = (
            word.dep_ == "appos"
            or office.dep_ in {"compound", "appos", "nmod"}
            or (word.i == office.i + 1)
        )
        if (
            naming is not None
            and naming.actor is not None
            and naming.actor.kind == "person"
            and beside
        ):
            return word
    return None


def relative(pronoun: Token) -> Token | None:
    """Return the noun that "who", "which" or "that" stands for."""
    clause = pronoun.head
    while clause.dep_ not in {"relcl", "ROOT"} and clause.head.i != clause.i:
        clause = clause.head
    return clause.head if clause.dep_ == "relcl" else None


def last_of(token: Token, names: Names, kinds: frozenset[str]) -> tuple[Actor, ...]:
    """Return the last actor of some kinds before a token: near sentences, subjects before others."""
    here = line_of(token)
    best: tuple[int, int, Actor] | None = None
    for told in names.told:
        if (told.line, told.at) >= (here, token.i):
            break
        if told.actor.kind not in kinds or here - told.line > _LINES_BACK:
            continue
        distance = _sentences_between(told.line, told.at, token, names.parsed)
        rank = distance * 2 + (0 if told.subject else 1)
        if best is None or (rank, -told.line * 10_000 - told.at) <= best[:2]:
            best = (rank, -told.line * 10_000 - told.at, told.actor)
    return (best[2],) if best is not None else ()


def _sentences_between(line: int, at: int, token: Token, parsed: Parsed) -> int:
    start = parsed.lines[line].doc[at].sent
    lines = line_of(token) - line
    if lines == 0:
        return sum(1 for sent in token.doc.sents if start.start < sent.start <= token.sent.start)
    rest = sum(1 for sent in start.doc.sents if sent.start > start.start)
    ahead = sum(1 for sent in token.doc.sents if sent.start < token.sent.start)
    return rest + ahead + lines


def last_named(token: Token, names: Names, ending: str) -> Told | None:
    """Return the last office or body before a token whose name or noun ends with given words."""
    here, wanted = (line_of(token), token.i), f" {ending.casefold()}"
    found = None
    for told in names.told:
        if (told.line, told.at) >= here:
            break
        named = f" {told.actor.name.casefold()}"
        bodies = {"force", "ministry"} if ending in _STATE_FORCES else _BODIES
        body = told.actor.kind in bodies  # "the army" is a state's, "the Army" may be a group's
        if (body and named.endswith(wanted)) or f" {told.noun}" == wanted:
            found = told
    return found


def state_since(told: Told, token: Token, names: Names) -> str | None:
    """Return the side of a state that is a subject between an office told of and a token."""
    found = None
    for other in names.told:
        at = (other.line, other.at)
        between = (told.line, told.at) < at < (line_of(token), token.i)
        if between and other.subject and other.actor.kind == "state":
            found = other.actor.side
    return found


def last_many(token: Token, names: Names) -> tuple[Actor, ...]:
    """Return the last phrase before a token that names several, else the last that can be many."""
    here = line_of(token)
    for sentence in reversed(names.parsed.sentences):
        number = sentence.line.number
        if number > here or (number == here and sentence.words.start > token.i):
            continue
        if here - number > _LINES_BACK - 1:
            break
        for word in sentence.words:
            if number == here and word.i >= token.i:
                break
            if word.dep_ in {"nsubj", "nsubjpass", "pobj"} and word.pos_ in {"NOUN", "PROPN"}:
                several = _several(word, names)
                if len(several) > 1:
                    return several
    return last_of(token, names, frozenset({"group", "force"}))


def _several(token: Token, names: Names) -> tuple[Actor, ...]:
    naming = names.naming(token)
    conj = any(child.dep_ == "conj" for child in token.children)
    if not conj and (naming is not None or token.tag_ != "NNS"):
        return ()
    known = words("governs") | words("force") | words("role")
    if naming is None and token.lemma_.lower() not in known:
        return ()
    return names.actors(token)


def sides_before(token: Token, names: Names) -> tuple[Actor, ...]:
    """Return the two states or groups that the report has named most up to a token.

    "Both sides" means the two sides of the conflict. Falls back to the whole report when fewer than
    two have been named yet.
    """
    here = (line_of(token), token.i)
    for whole in (False, True):
        counts: dict[str, int] = {}
        for naming in names.namings:
            if not whole and (naming.line, naming.first) >= here:
                break
            actor = naming.actor
            if actor and actor.side and actor.kind in {"state", "group", "force", "person"}:
                counts[actor.side] = counts.get(actor.side, 0) + 1
        if len(counts) >= 2:
            top = sorted(counts, key=lambda side: -counts[side])[:2]
            return tuple(names.by_name(side) for side in top)
    return ()
