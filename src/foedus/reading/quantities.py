"""Numbers tied to what is counted and to what became of it.

Each `Amount` of a line is followed to the noun it counts and on to the verb that noun stands with: 653
drones (item) were launched (role). What is counted or done decides; a number of anything else is none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, cast

from foedus.reading.clauses import is_negated, is_verbal
from foedus.reading.numbers import amounts
from foedus.reading.phrases import rows
from foedus.reading.values import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from foedus.reading.numbers import Amount
    from foedus.reading.values import Item, Role

_ITEMS = ("drone", "missile", "rocket", "bomb", "shell", "aircraft", "tank", "soldier", "child", "prisoner", "settlement", "person", "other")  # fmt: skip
_WEAPONS = frozenset(
    {"drone", "missile", "rocket", "bomb", "shell", "ballistic-missile", "cruise-missile"}
)
_PEOPLE = frozenset({"person", "soldier", "child", "prisoner"})
_BALLISTIC = frozenset(
    ["ballistic", "aeroballistic", "kinzhal", "iskander", "iskander-m", "hwasong"]
)
_CRUISE = frozenset(["cruise", "kalibr", "kh-101", "iskander-k", "tomahawk"])
_ROLES: dict[str, Role] = {
    **dict.fromkeys(["launch", "fire", "use", "rain", "unleash", "drop", "send", "target", "strike", "tear", "fall", "land", "slam", "crash", "track"], "launched"),
    **dict.fromkeys(["down", "intercept", "destroy", "suppress", "neutralise", "neutralize", "repel", "shoot", "bring", "burn", "wreck", "lose"], "destroyed"),
    **dict.fromkeys(["hit", "damage", "get"], "hit"),
    **dict.fromkeys(["kill", "die", "massacre", "dead", "slay", "murder", "death", "toll"], "killed"),
    **dict.fromkeys(["wound", "injure", "hurt"], "wounded"),
    **dict.fromkeys(["missing", "unaccounted", "miss"], "missing"),
    **dict.fromkeys(["capture", "seize", "take", "recapture", "retake", "occupy", "control"], "captured"),
    **dict.fromkeys(["free", "release", "exchange", "swap", "return", "hand", "repatriate"], "released"),
    **dict.fromkeys(["flee", "displace", "leave", "move", "evacuate", "uproot"], "displaced"),
    **dict.fromkeys(["deploy", "station"], "deployed"),
    **dict.fromkeys(["pledge", "lend", "promise"], "pledged"),
    **dict.fromkeys(["deliver", "supply", "provide"], "delivered"),
}  # fmt: skip
_FITS: dict[str, frozenset[str]] = {
    "launched": _WEAPONS | {"aircraft"},
    "destroyed": _WEAPONS | {"aircraft", "tank", "other"},
    "hit": _WEAPONS | {"other", "settlement"},
    "killed": _PEOPLE, "wounded": _PEOPLE, "missing": _PEOPLE,
    "captured": _PEOPLE | {"settlement", "area-km2"},
    "released": _PEOPLE | {"other"},
    "displaced": _PEOPLE | {"other"},
    "deployed": frozenset({"soldier"}),
    "pledged": frozenset({"money-usd", "money-eur", "aircraft", "tank"}),
    "delivered": frozenset({"money-usd", "money-eur", "aircraft", "tank", "missile"}),
}  # fmt: skip
_PARTITIVE = frozenset(["of", "among"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A quantity and the tokens that say it: the number's word and the verb or noun of the act."""

    quantity: Quantity
    word: Token
    act: Token


@cache
def lexicon() -> dict[str, frozenset[str]]:
    """Return the nouns of each class of things."""
    return {row["class"]: frozenset(row["nouns"].split()) for row in rows("things.csv")}


def is_a(noun: Token, kind: str) -> bool:
    """Say whether a noun belongs to a class of things."""
    return noun.lemma_.lower() in lexicon()[kind] or noun.lower_ in lexicon()[kind]


def item_of(noun: Token) -> Item | None:
    """Return what kind of thing a noun names; None when it is no kind that is counted."""
    for item in _ITEMS:
        if is_a(noun, item):
            words = {w.lower_ for w in noun.subtree if w.i <= noun.i}
            joined = "".join(w.lower_ + w.whitespace_ for w in noun.subtree if w.i <= noun.i)
            if item == "missile" and (words & _BALLISTIC or "iskander-m" in joined):
                return "ballistic-missile"
            if item == "missile" and (words & _CRUISE or "kh-101" in joined):
                return "cruise-missile"
            return cast("Item", item)
    return None


def counts(doc: Doc) -> Iterator[Count]:
    """Yield every number of a line that counts a thing something became of."""
    for amount in amounts(doc):
        yield from _count(doc, amount)


def listed(doc: Doc, lead: Count) -> Iterator[Count]:
    """Yield the first number of a list item, whose part is that of the count its list began with.

    "615 targets were shot down:" and below it "- 585 drones of all types;".
    """
    for amount in amounts(doc)[:1]:
        noun = _counted(amount.word(doc))
        item = item_of(noun) if noun is not None else None
        if item in _WEAPONS and item is not None:
            quantity = replace(lead.quantity, item=item, value=amount.value, bound=amount.bound)
            yield Count(quantity=quantity, word=amount.word(doc), act=lead.act)


def _count(doc: Doc, amount: Amount) -> Iterator[Count]:
    word = amount.word(doc)
    noun = _counted(word)
    item = (
        _money(doc, amount) or _area(doc, amount) or (item_of(noun) if noun is not None else None)
    )
    start = noun if noun is not None else word
    yielded: set[str] = set()
    for act, role in _roles(start):
        kind = item or _implied(role)
        if kind is None or kind not in _FITS[role] or role in yielded:
            continue
        yielded.add(role)
        quantity = Quantity(item=kind, role=role, value=amount.value, bound=amount.bound)
        yield Count(quantity=quantity, word=word, act=act)


def _implied(role: Role) -> Item | None:
    """Return what a bare number counts: those killed, wounded, missing or displaced are persons."""
    return "person" if role in {"killed", "wounded", "missing", "displaced", "released"} else None


def _counted(word: Token) -> Token | None:
    """Return the noun a number counts: beside it, after "of", or the one its list began with."""
    if word.dep_ in {"nummod", "quantmod", "compound", "amod"} and word.head.pos_ in {
        "NOUN",
        "PROPN",
    }:
        return word.head
    if word.dep_ in {"nummod", "quantmod"} and word.head.pos_ == "NUM":
        return _counted(word.head) if word.head.i != word.i else None
    for child in word.children:
        if child.dep_ == "prep" and child.lower_ in _PARTITIVE:
            for inner in child.children:
                if inner.dep_ == "pobj" and inner.pos_ in {"NOUN", "PROPN", "NUM"}:
                    return _counted(inner) if inner.pos_ == "NUM" else inner
        if child.dep_ in {"nmod", "appos"} and child.pos_ == "NOUN":
            return child
    return None


def _money(doc: Doc, amount: Amount) -> Item | None:
    after = doc[amount.last + 1].lower_ if amount.last + 1 < len(doc) else ""
    if amount.currency == "$" or after in {"dollar", "dollars"}:
        return "money-usd"
    return "money-eur" if amount.currency == "€" or after in {"euro", "euros"} else None


def _area(doc: Doc, amount: Amount) -> Item | None:
    after = doc[amount.last + 1 : amount.last + 3].text.lower()
    return "area-km2" if after.startswith(("square kilomet", "sq km", "km2", "km²")) else None


def _roles(start: Token) -> Iterator[tuple[Token, Role]]:  # noqa: C901 - one case of grammar a branch
    """Yield the acts that a counted noun stands with, the clauses that describe it first."""
    for child in start.children:
        if child.dep_ in {"acl", "relcl"} and not is_negated(child):
            role = _role(child, start)
            if role:
                yield child, role
    node = start
    for _ in range(12):
        if node.head.i == node.i:
            break
        above = node.head
        role = _role(above, node)
        if role and not (is_verbal(above) and is_negated(above)):
            yield above, role
            return
        if is_verbal(above) and above.lemma_ not in {
            "be",
            "stand",
            "put",
            "rise",
            "have",
            "include",
            "report",
            "count",
            "say",
        }:
            return
        if above.lemma_ == "be" or is_verbal(above):
            for child in above.children:
                role = (
                    _role(child, node)
                    if child.dep_ in {"acomp", "attr", "prep", "advmod", "dobj"}
                    else None
                )
                if role:
                    yield child, role
                    return
        node = above


def _role(act: Token, below: Token) -> Role | None:  # noqa: PLR0911 - one case of grammar a branch
    """Return what an act makes of the thing counted below it."""
    lemma = act.lemma_.lower()
    subject = below.dep_ == "nsubj" or (
        act.dep_ == "relcl"
        and any(c.dep_ == "nsubj" and c.lower_ in {"that", "which", "who"} for c in act.children)
    )
    item = item_of(below)
    if lemma in {"hit", "strike", "damage", "land", "fall", "tear"}:
        return "launched" if subject and item in _WEAPONS else "hit"
    if lemma in {"destroy", "kill"} and subject and item in _WEAPONS:
        return "launched"
    if lemma == "send":
        return "launched" if item in _WEAPONS else "deployed" if item == "soldier" else None
    if lemma == "leave" and not subject:
        return "killed" if any(w.lower_ == "dead" for w in act.subtree) else None
    if lemma == "move" and subject and not any(c.lower_ == "to" for c in act.children):
        return None
    if lemma in {"shoot", "bring"} and not any(
        c.dep_ == "prt" or c.lower_ == "down" for c in act.children
    ):
        return None
    if lemma == "take" and subject:
        return None
    return _ROLES.get(lemma)
