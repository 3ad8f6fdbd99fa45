"""What is counted: the kind of thing that a noun, a name of a weapon or a currency stands for.

The nouns lie in ``data/things.csv`` by class, the names of weapons in ``data/weapons.csv``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from foedus.reading.phrases import rows

if TYPE_CHECKING:
    from foedus.reading.numbers import Amount
    from foedus.reading.tokens import Doc, Token
    from foedus.reading.values import Item

WEAPONS = frozenset(
    {"drone", "missile", "rocket", "bomb", "shell", "ballistic-missile", "cruise-missile"}
)
PEOPLE = frozenset({"person", "soldier", "child", "prisoner"})
_ITEMS = ("drone", "missile", "rocket", "bomb", "shell", "aircraft", "tank", "soldier", "child", "prisoner", "settlement", "person", "other")  # fmt: skip
_BALLISTIC = frozenset({"ballistic", "aeroballistic", "hypersonic"})
_CRUISE = frozenset({"cruise"})
_GUNS = frozenset({"howitzer", "gun", "launcher", "battery", "radar", "system", "vehicle", "apc"})
_OF_A_KIND = frozenset({"type", "types", "kind", "kinds", "piece", "pieces", "unit", "units"})


@cache
def lexicon() -> dict[str, frozenset[str]]:
    """Return the nouns of each class of things."""
    return {row["class"]: frozenset(row["nouns"].split()) for row in rows("things.csv")}


@cache
def weapons() -> dict[str, Item]:
    """Return what kind of thing each named weapon is."""
    return {row["name"]: cast("Item", row["item"]) for row in rows("weapons.csv")}


def is_a(noun: Token, kind: str) -> bool:
    """Say whether a noun belongs to a class of things."""
    return noun.lemma_.lower() in lexicon()[kind] or noun.lower_ in lexicon()[kind]


@cache
def _places() -> dict[str, int]:
    """Return for each noun that is counted the place of the first class that it belongs to."""
    return {
        noun: place for place, kind in reversed(list(enumerate(_ITEMS))) for noun in lexicon()[kind]
    }


def item_of(noun: Token) -> Item | None:
    """Return what kind of thing a noun names; None when it is no kind that is counted."""
    known, none = _places(), len(_ITEMS)
    place = min(known.get(noun.lemma_.lower(), none), known.get(noun.lower_, none))
    if place < none:
        kind = _ITEMS[place]
        return _kind_of_missile(noun) if kind == "missile" else cast("Item", kind)
    named = weapons().get(noun.lower_)
    if named is not None:
        return named
    if noun.tag_ == "NNPS":  # "seven Saudis": a people in the plural
        return "person"
    if noun.lower_ in _OF_A_KIND:
        return next((item for c in noun.children if (item := item_of(c))), None)
    return None


def is_gun(noun: Token) -> bool:
    """Say whether a thing is a means of war that can be given: a howitzer, a launcher."""
    return noun.lemma_.lower() in _GUNS


def _kind_of_missile(noun: Token) -> Item:
    """Tell missiles apart by the words before them, named weapons included."""
    words = [w.lower_ for w in noun.subtree if w.i <= noun.i]
    if _BALLISTIC.intersection(words):
        return "ballistic-missile"
    if _CRUISE.intersection(words):
        return "cruise-missile"
    joined = "".join(w.lower_ + w.whitespace_ for w in noun.subtree if w.i <= noun.i)
    named = [weapons()[word] for word in joined.split() if word in weapons()]
    return named[-1] if named and named[-1].endswith("missile") else "missile"


def named_weapon(doc: Doc, first: int) -> Item | None:
    """Return what the weapon is whose name begins at a token, hyphens joined: "Iskander-M"."""
    name = ""
    for token in doc[first : first + 4]:
        name += token.lower_
        if token.whitespace_:
            break
    return weapons().get(name.rstrip(".,;:"))


def counted(  # noqa: PLR0911  # one return a place that the noun may have
    word: Token,
) -> Token | None:
    """Return the noun a number counts, beside it; None for a share ("31 of 36 drones")."""
    if any(c.dep_ == "prep" and c.lower_ == "of" for c in word.children):
        return None
    if word.dep_ in {"nummod", "quantmod", "compound", "amod"} and word.head.pos_ in {
        "NOUN",
        "PROPN",
    }:
        return word.head
    if word.dep_ in {"nummod", "quantmod", "conj"} and word.head.pos_ == "NUM":
        return counted(word.head) if word.head.i != word.i else None
    if word.dep_ in {"nummod", "amod"} and word.head.pos_ == "ADJ":
        return word.head  # "nine dead"
    if word.dep_ == "prep" and word.head.pos_ in {"NOUN", "PROPN"} and word.i < word.head.i:
        return word.head  # the upper end of "3-5 soldiers"
    for child in word.children:
        if child.dep_ in {"nmod", "appos"} and child.pos_ == "NOUN":
            return child
    return None


def before_colon(doc: Doc, first: int) -> Token | None:
    """Return the noun that a table's line gives a number of: "artillery pieces: 17"."""
    k = first - 1
    while k > 0 and doc[k].lower_ in {"about", "some", "nearly", "over", "around", "almost"}:
        k -= 1
    said = any(token.pos_ in {"VERB", "AUX"} for token in doc[doc[first].sent.start : max(k, 0)])
    if k < 1 or said or doc[k].text not in {":", "-"}:
        return None
    noun = doc[k - 1]
    return noun if noun.pos_ in {"NOUN", "PROPN"} and item_of(noun) is not None else None


def money(doc: Doc, amount: Amount) -> Item | None:
    """Return the currency that stands with a number."""
    after = doc[amount.last + 1].lower_ if amount.last + 1 < len(doc) else ""
    before = doc[amount.first - 1].lower_ if amount.first else ""
    if amount.currency == "$" or after in {"dollar", "dollars"} or before in {"usd", "us$"}:
        return "money-usd"
    hyphened = after == "-" and amount.last + 2 < len(doc)
    unit = doc[amount.last + 2].lower_ if hyphened else after
    if unit in {"dollar", "dollars"}:
        return "money-usd"
    if amount.currency == "€" or unit in {"euro", "euros"} or before == "eur":
        return "money-eur"
    return None


def area(doc: Doc, amount: Amount) -> bool:
    """Say whether a number measures land in square kilometres."""
    after = doc[amount.last + 1 : amount.last + 4].text.lower()
    return after.startswith(("square kilomet", "sq km", "sq. km", "km2", "km²", "square km"))
