"""By what name a speaker goes: "Ukrainian Air Force", "Steve Witkoff", "governor of Mykolaiv".

A metonym speaks for its state, a ministry or a force keeps its name, and a person keeps the full
name. Somebody who is not named goes by office and place, or by the report's own noun phrase without
its article. Outlets and documents are no speakers: they pass on what others say, or speak through
their author.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.reading.cues import nouns
from foedus.reading.knowledge import state_of_country, words
from foedus.reading.lookback import antecedent, fuller
from foedus.reading.names import OFFICES
from foedus.reading.parsed import start_of

if TYPE_CHECKING:
    from foedus.reading.knowledge import Actor
    from foedus.reading.names import Names
    from foedus.reading.parsed import Parsed
    from foedus.reading.tokens import Token

_SELF = frozenset(["i", "we", "us", "me", "you", "one", "my", "our", "myself"])
_EMPTY = frozenset(["that", "this", "these", "those", "what", "which", "there", "all", "some"])
_SPEAKS_AS_STATE = frozenset([
    "government", "regime", "junta", "presidency", "state", "country", "leadership", "side",
    "authority",
])  # fmt: skip
_GROUPS = frozenset([
    "group", "movement", "militia", "rebel", "front", "faction", "charity", "agency", "watchdog",
    "organisation", "organization",
])  # fmt: skip
_PLAIN_PEOPLE = frozenset(["people", "person", "man", "woman", "those"])
_PEOPLE = words("role") | words("unnamed")
_SPEAKING = ("official", "institution", "office", "group", "governs", "force", "pair", "title")
_ENDS_OF_PEOPLE = (
    "er", "or", "ist", "ian", "ant", "ent", "man", "men", "woman", "women", "people", "ee", "eer",
    "crat", "folk", "kin",
)  # fmt: skip
_ARTICLES = frozenset(["the", "a", "an", "its", "his", "her", "their", "our"])
_NAME_WORDS_MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A speaker's name and the state, group or organisation spoken for; None when not said."""

    name: str
    side: str | None


def speaker_of(  # noqa: PLR0911  # one return for each way to name a speaker
    head: Token | None, names: Names
) -> Speaker | None:
    """Return the speaker that a phrase names; None for an outlet, a document or nobody."""
    if head is None or head.lower_ in _SELF | _EMPTY:
        return None
    person = _named_beside(head, names)
    if person is not None:
        return Speaker(name=person.name, side=person.side)
    if head.lemma_.lower() in nouns("utterance") | nouns("measure"):
        return _owner(head, names)
    if _passes_on(head, names):
        return None
    if head.pos_ == "PRON" or head.tag_ in {"PRP", "PRP$"}:
        return _pronoun(head, names)
    actor = names.actor(head) if _goes_by_actor(head, names) else None
    if actor is not None:
        return Speaker(name=actor.name, side=actor.side)
    definite = any(c.dep_ == "det" and c.lower_ in {"the", "this", "that"} for c in head.children)
    holder = names.holder(head) if definite else None
    if holder is not None:
        return Speaker(name=holder.name, side=holder.side)
    full = fuller(head, names) if definite else None
    if full is not None:
        naming = names.naming(full)
        if naming is not None and naming.actor is not None:
            return Speaker(name=naming.actor.name, side=naming.actor.side)
        return _by_phrase(full, names)
    return _by_phrase(head, names)


def _named_beside(head: Token, names: Names) -> Actor | None:
    """Return the person or body named in apposition: "the governor, Pavel Malkov"."""
    if names.naming(head) is not None and head.pos_ == "PROPN":
        naming = names.naming(head)
        if naming is not None and naming.actor is not None and naming.actor.kind == "person":
            return naming.actor
        return None
    for token in head.subtree:
        if token.dep_ != "appos" or token.i <= head.i:
            continue
        naming = names.naming(token)
        if naming is not None and naming.actor is not None and naming.how == "name":
            return naming.actor
    return None


def _owner(head: Token, names: Names) -> Speaker | None:
    """Return whose statement or estimate it is."""
    for child in head.children:
        if child.dep_ == "poss":
            return speaker_of(child, names)
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "by", "from"}:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return speaker_of(inner, names)
    beside = names.modifiers(head)  # "a UN statement"
    return Speaker(name=beside[0].name, side=beside[0].side) if len(beside) == 1 else None


def _passes_on(head: Token, names: Names) -> bool:
    """Say whether a phrase names an outlet or a document."""
    if head.lemma_.lower() in nouns("outlet") | nouns("document"):
        return True
    naming = names.naming(head)
    if naming is not None and naming.actor is not None:
        return False
    if any(c.lower_ == "news" and c.dep_ == "compound" for c in head.children):
        return True  # a news agency, whichever its country
    inside = [t for t in head.subtree if t.dep_ in {"compound", "nmod", "flat"} or t == head]
    return any(
        t.lower_ in nouns("outlet") or (t.lower_ in nouns("outlet-name") and t.text[:1].isupper())
        for t in inside
        if t.pos_ in {"PROPN", "NOUN"} and t.text[:1].isupper()
    )


def _goes_by_actor(head: Token, names: Names) -> bool:
    """Say whether a phrase goes by a canonical name rather than by its own words."""
    naming = names.naming(head)
    if naming is not None:
        return True
    lemma = head.lemma_.lower()
    if (
        head.text[:1].isupper()
        and head.tag_ in {"NNPS", "NNP", "NNS"}
        and len(list(head.lefts)) == 1
    ):
        return True  # "the Brigades"
    if lemma in _SPEAKS_AS_STATE | _GROUPS:
        return not any(names.naming(c) is None and c.dep_ == "amod" for c in head.children)
    return lemma in OFFICES


def _pronoun(head: Token, names: Names) -> Speaker | None:
    """Return whom a pronoun means, named or not: "a spokesman ... He said"."""
    meant = antecedent(head, names)
    if meant is not None and meant.pos_ != "PRON":
        return speaker_of(meant, names)
    actor = names.actor(head)
    return Speaker(name=actor.name, side=actor.side) if actor is not None else None


def _by_phrase(head: Token, names: Names) -> Speaker | None:
    """Return an unnamed speaker by the report's own words, without the article."""
    if head.lemma_.lower() == "one":
        noun = next((t for t in reversed(head.doc[: head.i]) if t.lemma_.lower() in _PEOPLE), None)
        words = [t.text for t in head.subtree if t.dep_ in {"amod", "compound"}]
        name = " ".join([*words, noun.text]) if noun is not None and words else ""
        return Speaker(name=name, side=_side(head, names)) if name else None
    if head.pos_ not in {"NOUN", "PROPN"} or not _can_speak(head):
        return None
    phrase = phrase_of(head, names)
    return Speaker(name=phrase, side=_side(head, names)) if phrase else None


def phrase_of(head: Token, names: Names) -> str | None:
    """Return the report's own words for a phrase, without its article; None for a long one."""
    tokens = _core(head)
    while tokens and tokens[0].lower_ in _ARTICLES:
        tokens.pop(0)
    if not tokens or len(tokens) > _NAME_WORDS_MOST:
        return None
    return _text(tokens, names.parsed)


def _can_speak(head: Token) -> bool:
    """Say whether a noun is one of people or of a body: a raid does not speak.

    Nouns that no list knows may speak when they end as nouns for people do.
    """
    if head.pos_ == "PROPN" and head.text[:1].isupper():
        return True
    lemma = head.lemma_.lower()
    if lemma in _PEOPLE or any(lemma in words(kind) for kind in _SPEAKING):
        return True
    return lemma not in words("thing") and lemma.endswith(_ENDS_OF_PEOPLE)


def _core(head: Token) -> list[Token]:
    """Return the words that say who it is: no relative clause but for plain "people"."""
    keep_clause = head.lemma_.lower() in _PLAIN_PEOPLE
    left_out: set[int] = set()
    for token in head.subtree:
        clause = token.dep_ in {"relcl", "acl"} and not (keep_clause and token.head == head)
        body = head.pos_ == "PROPN" and token.head == head and token.lower_ in {"in", "at"}
        loose = (
            body
            or token.dep_ in {"appos", "advcl"}
            or (token.dep_ in {"prep", "advmod"} and token.i > 0 and token.nbor(-1).text == ",")
        )
        if token != head and (clause or loose):
            left_out |= {t.i for t in token.subtree}
    tokens = [t for t in head.subtree if t.i not in left_out]
    last = next((k for k, t in enumerate(tokens) if t.text in {",", ";", '"'}), len(tokens))
    conjoined = any(c.dep_ == "conj" for c in head.children)
    return tokens if conjoined and last == len(tokens) else tokens[:last]


def _text(tokens: list[Token], parsed: Parsed) -> str:
    """Return the words as the report writes them, from the first to the last without a break."""
    run = [tokens[0]]
    for token in tokens[1:]:
        if token.i != run[-1].i + 1:
            break
        run.append(token)
    start = start_of(run[0])
    said = parsed.report.text[start : start_of(run[-1]) + len(run[-1].text)].strip()
    return _in_small_letters(said) if said.isupper() and " " in said else said


def _in_small_letters(shouted: str) -> str:
    """Return a name from a heading in capitals as it is written elsewhere.

    Examples
    --------
    >>> _in_small_letters("MINISTRY OF FOREIGN AFFAIRS")
    'Ministry of Foreign Affairs'
    """
    small = ("of", "the", "for", "and", "in")
    return " ".join(w.lower() if w.lower() in small else w.capitalize() for w in shouted.split())


def _side(head: Token, names: Names) -> str | None:
    """Return the side of an unnamed speaker: its adjective, or the country it speaks in."""
    if any(c.lower_ in {"former", "retired", "exiled", "ousted"} for c in head.children):
        return None
    sides = {actor.side for actor in names.modifiers(head) if actor.side}
    if len(sides) == 1:
        return next(iter(sides))
    if sides:
        return None
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in {"at", "with"}:
            beside = [a.side for n in child.children for a in names.modifiers(n) if a.side]
            if beside:
                return beside[0]
        if child.dep_ == "prep" and child.lower_ == "in":
            for inner in child.children:
                place = names.place(inner)
                if place is not None and place.country is not None:
                    return state_of_country(place.country)
    lemma = head.lemma_.lower()
    official = lemma in OFFICES or (lemma in words("of-state") and head.tag_ == "NN")
    return names.home(head) if official else None
