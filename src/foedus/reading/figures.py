"""The numbers of a line as they stand: value and bound, what is counted, and what kind that is.

A single thing counts as one ("a guard", "the town of Tamsen"), a row of names as many as there are
("the villages of Orlo and Tamsen"). What became of them is asked in `foedus.reading.quantities`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.reading.fate_phrases import first_of, is_in_row
from foedus.reading.numbers import amounts
from foedus.reading.parsed import once
from foedus.reading.things import (
    PEOPLE,
    WEAPONS,
    area,
    before_colon,
    counted,
    is_a,
    is_gun,
    item_of,
    money,
    named_weapon,
)
from foedus.reading.values import Quantity

if TYPE_CHECKING:
    from foedus.reading.tokens import Doc, Token
    from foedus.reading.values import Bound, Item, Role

_MONEY = frozenset({"money-usd", "money-eur"})
FITS: dict[str, frozenset[str]] = {
    "launched": WEAPONS | {"aircraft", "other"},
    "destroyed": WEAPONS | {"aircraft", "tank", "other"},
    "hit": WEAPONS | {"other", "settlement", "aircraft", "tank"},
    "killed": PEOPLE, "wounded": PEOPLE, "missing": PEOPLE,
    "captured": PEOPLE | {"settlement", "area-km2", "tank", "other"},
    "released": PEOPLE | {"other"},
    "displaced": PEOPLE | {"other"},
    "deployed": frozenset({"soldier", "aircraft", "tank", "person"}),
    "pledged": _MONEY | {"aircraft", "tank", "missile", "drone", "soldier", "shell"},
    "delivered": _MONEY | {"aircraft", "tank", "missile", "drone", "shell", "other"},
    "demanded": PEOPLE,
    "other": frozenset({"soldier", "tank", "other"}),
}  # fmt: skip
_OF_PEOPLE = frozenset({"killed", "wounded", "missing", "displaced", "released"})
_HARMS = frozenset({"kill", "wound", "injure", "murder", "execute", "hurt", "massacre"})
_NOT_PEOPLE = frozenset(
    {"cow", "cattle", "sheep", "goat", "horse", "dog", "animal", "livestock", "bird", "camel",
     "knee", "leg", "arm", "head", "eye", "hand", "foot", "hope", "chance", "deal", "plan", "bill",
     "time", "pride", "interest", "economy", "process", "effort", "idea", "talk", "truce"}
)  # fmt: skip
_REMAINS = frozenset({"body", "corpse", "remains"})
_SWAPS = frozenset({"exchange", "swap", "trade"})
_DRAWS_BACK = frozenset({"withdraw", "withdrawal", "pull", "pullback", "pullout"})
_ALONE = PEOPLE | WEAPONS | {"aircraft", "settlement", "tank", "other"}
_NOT_ALONE = frozenset({"death", "life", "crew", "other", "staff", "personnel"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A quantity and the tokens that say it: the number's word and the verb or noun of the act."""

    quantity: Quantity
    word: Token
    act: Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number as it stands: its value, its word, the noun it counts and what kind that is."""

    value: float
    bound: Bound
    word: Token
    noun: Token | None
    item: Item | None

    @property
    def start(self) -> Token:
        """Where the way up to the act begins."""
        return self.noun if self.noun is not None else self.word

    def as_count(self, item: Item | None, role: Role, act: Token) -> list[Count]:
        """Return the count of so many items with a role, when the two go together."""
        kind = item or ("person" if role in _OF_PEOPLE else None)
        lemma = act.lemma_.lower()
        if role == "demanded" and kind == "person" and lemma in _SWAPS:
            kind = "prisoner"
        if role == "killed" and self.start.lemma_.lower() in _REMAINS:
            kind = "person"
        if role == "released" and kind == "other" and is_gun(self.start):
            role = "delivered"
        if role == "other" and kind == "person" and lemma in _DRAWS_BACK:
            kind = "soldier"
        if kind is None or kind not in FITS[role]:
            return []
        quantity = Quantity(item=kind, role=role, value=self.value, bound=self.bound)
        return [Count(quantity=quantity, word=self.word, act=act)]


@once
def numbers_in(doc: Doc) -> tuple[Number, ...]:
    """Return the numbers of a line in order, single things among them."""
    found: list[Number] = []
    for amount in amounts(doc):
        word = amount.word(doc)
        if _is_age(word):
            continue
        noun = counted(word)
        item = money(doc, amount) or ("area-km2" if area(doc, amount) else None)
        if item is None and noun is not None:
            item = item_of(noun)
        if item is None and (named := named_weapon(doc, amount.last + 1)) is not None:
            noun, item = doc[amount.last + 1], named
        if item is None and (row := before_colon(doc, amount.first)) is not None:
            noun, item = row, item_of(row)
        found.append(
            Number(value=amount.value, bound=amount.bound, word=word, noun=noun, item=item)
        )
    found += [n for token in doc if (n := _row_of_names(token)) is not None]
    taken = {n.start.i for n in found} | {n.word.i for n in found}
    found += [n for token in doc if token.i not in taken and (n := _single(token)) is not None]
    return tuple(sorted(found, key=lambda number: number.word.i))


def _row_of_names(noun: Token) -> Number | None:
    """Count places by their names: "the villages of Orlo and Tamsen" are two."""
    if noun.tag_ != "NNS" or not is_a(noun, "settlement"):
        return None
    for prep in noun.children:
        if prep.dep_ == "prep" and prep.lower_ == "of":
            first = next((c for c in prep.children if c.dep_ == "pobj" and c.pos_ == "PROPN"), None)
            if first is not None and first.conjuncts:
                size = 1.0 + len(first.conjuncts)
                return Number(value=size, bound="exact", word=noun, noun=noun, item="settlement")
    return None


def _is_age(word: Token) -> bool:
    """Say whether a number is somebody's age: "a girl of nine", "the minister, 52,"."""
    between = 0 < word.i < len(word.doc) - 1 and word.nbor(-1).text == word.nbor(1).text == ","
    if between and word.i > 1 and item_of(word.nbor(-2)) in PEOPLE | {None}:
        return word.nbor(-2).pos_ in {"NOUN", "PROPN"} and word.nbor(-2).tag_ in {"NN", "NNP"}
    head = word.head.head if word.dep_ == "pobj" and word.head.lower_ == "of" else None
    return head is not None and head.tag_ == "NN" and item_of(head) in PEOPLE


def is_harmed(noun: Token) -> bool:
    """Say whether a noun of no known kind is somebody who was killed or hurt: "a midwife"."""
    first = first_of(noun)
    if first.dep_ not in {"dobj", "nsubjpass"} or noun.pos_ != "NOUN":
        return False
    return first.head.lemma_.lower() in _HARMS and noun.lemma_.lower() not in _NOT_PEOPLE


def _single(noun: Token) -> Number | None:
    """Return a single thing as the number one: "a missile", "another soldier", "the town of X"."""
    aside = noun.dep_ in {"compound", "amod", "attr", "nmod", "npadvmod"}
    if noun.tag_ != "NN" or (aside and not is_in_row(noun)):
        return None
    article = next((c.lower_ for c in noun.children if c.dep_ in {"det", "poss"}), "")
    item = item_of(noun)
    wanted = {"a", "an", "another"} | ({"the"} if item == "settlement" else set())
    wanted |= {"its", "their", "his"} if item == "soldier" else set()
    harmed = item is None and is_harmed(noun)
    if article not in wanted or (item not in _ALONE and not harmed):
        return None
    if noun.lemma_.lower() in _NOT_ALONE:
        return None
    return Number(value=1.0, bound="exact", word=noun, noun=noun, item=item)
