"""Numbers tied to what is counted and to what became of it.

Each number of a line is followed to the noun it counts and on to the act that noun stands with: 653
drones (item) were launched (role). Where a number has no noun of its own, or no act, the words
beside it say how it belongs to the numbers before it: a part ("three people, including a child"), a
share ("of which 20 were downed"), a further one ("eight others"), a second source's ("Velmark reports
13"), the next in a list. A single thing counts as one where it is what was killed, wounded, fired or
taken ("a guard was killed"). A number of anything else is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.reading.clauses import governors, in_one_row, is_verbal
from foedus.reading.fate_phrases import first_of
from foedus.reading.fates import fates, of_group, own_fate, role_words
from foedus.reading.figures import FITS, Count, is_harmed, numbers_in
from foedus.reading.parsed import once_a_word
from foedus.reading.things import PEOPLE, WEAPONS, counted, is_a, item_of, lexicon
from foedus.reading.tolls import of_level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from foedus.reading.figures import Number
    from foedus.reading.parsed import Line
    from foedus.reading.tokens import Doc, Token
    from foedus.reading.values import Item, Role

__all__ = ["Count", "counts", "is_a", "item_of", "lexicon", "told"]

_GROUP = frozenset({"them", "whom", "which", "these", "those"})
_AMONG = frozenset({"among", "including", "amongst", "includes", "included"})
_LEVELS = frozenset({"at", "to", "from", "of", "above", "past", "over", "as", "than", "beyond"})
_REACHES = frozenset(
    {"reach", "pass", "exceed", "top", "surpass", "hit", "total", "number", "near", "approach"}
)
_FIGURES = frozenset({"figure", "number", "count", "estimate", "tally", "toll", "total"})
_GIVES = frozenset(
    {"report", "count", "give", "claim", "list", "cite", "name", "confirm", "record", "say"}
)
_PUTS = frozenset({"put", "estimate", "set", "reckon", "place"})
_MEANS = frozenset({"means", "target", "object"})
_ALOFT = frozenset({"air", "flight", "sky"})
_ROADS = frozenset({"road", "move", "run"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """What a list begins with: its act, and the role of what it counts; None for losses."""

    act: Token
    role: Role | None

    def of(self, item: Item) -> Role:
        """Return the role of one item of the list: people lost are dead, machines destroyed."""
        return self.role or ("killed" if item in PEOPLE else "destroyed")


def told(lines: Sequence[Line]) -> Iterator[Count]:
    """Yield the numbers of a report; those of a list are parts of the one that it began with.

    "615 targets were shot down:" and below it "- 585 drones of all types;".
    """
    lead: Lead | None = None
    last: Count | None = None
    for line in lines:
        if line.kind == "headline":
            continue
        found = counts(line.doc, last, listed=lead if line.kind == "item" else None)
        if line.kind != "item":
            lead = _lead(line.doc, found) if line.text.rstrip().endswith(":") else None
        last = found[-1] if found else last
        yield from found


def _lead(doc: Doc, found: list[Count]) -> Lead | None:
    """Return the act that a list begins with: "615 targets were shot down:", "Losses in May:"."""
    if found:
        return Lead(act=found[-1].act, role=found[-1].quantity.role)
    for token in doc:
        if token.lemma_.lower() in {"loss", "lose"}:
            return Lead(act=token, role=None)
        role = role_words("verb").get(token.lemma_.lower()) if token.pos_ == "VERB" else None
        if role is not None:
            return Lead(act=token, role=role)
    return None


def counts(doc: Doc, before: Count | None = None, *, listed: Lead | None = None) -> list[Count]:
    """Return the numbers of a line that count a thing something became of.

    ``before`` is what the report counted last; ``listed`` is the act that a list began with, which
    all its numbers share.
    """
    found: list[Count] = []
    for number in numbers_in(doc):
        context = [*([before] if before is not None else []), *found]
        for way in _WAYS:
            told_here = way(number, context)
            if told_here is not None:
                found.extend(told_here)
                break
        else:
            if listed is not None and number.item is not None:
                found.extend(number.as_count(number.item, listed.of(number.item), listed.act))
    return found


# --- the ways in which a number is told: each returns its counts, or None where it does not apply ---


def _share(  # noqa: PLR0911  # one return a way to tell a share
    number: Number, before: list[Count]
) -> list[Count] | None:
    """Read a share and its whole: "43 of the 50 drones", "270 of those who returned"."""
    word = number.word
    whole = number.start.dep_ == "pobj" and number.start.head.lower_ == "of"
    if whole and number.start.head.head.pos_ == "NUM":
        told_of = [(c, r) for c, r in fates(number.start) if c.dep_ in {"acl", "relcl"}]
        if told_of:
            return number.as_count(number.item, told_of[0][1], told_of[0][0])
        verb = next((a for a in governors(word) if is_verbal(a)), word)
        return number.as_count(number.item, "launched", verb) if number.item in WEAPONS else []
    if _said_to_be(number):
        return _alike(number, before)
    group = next(
        (
            inner
            for child in word.children
            if child.dep_ == "prep" and child.lower_ in {"of", "among"}
            for inner in child.children
            if inner.dep_ == "pobj"
        ),
        None,
    )
    if group is None or number.noun is not None:
        return None
    if group.lower_ in _GROUP and _of_them(number):
        return _alike(number, before)
    item = item_of(group)
    for act, told_role in fates(word):
        if group.lower_ in _GROUP and before and before[-1].quantity.role == told_role:
            return []  # "one of them was taken to hospital" counts none anew
        return number.as_count(item or _inherited(number, before, told_role), told_role, act)
    role = of_group(group)
    if role is not None:
        return number.as_count(_described(number) or item, role, group)
    return None


def _said_to_be(number: Number) -> bool:
    """Say whether a bare number is only told what it is: "of which 300 were Shaheds"."""
    word = number.word
    if number.noun is not None or word.i + 2 >= word.sent.end:
        return False
    is_told = word.nbor(1).lemma_ == "be" and word.nbor(1).pos_ in {"AUX", "VERB"}
    return is_told and word.nbor(2).tag_ != "VBN" and _described(number) is not None


def _described(number: Number) -> Item | None:
    """Return what a sum is said to be: "270 of those were soldiers", "one of them a child"."""
    doc = number.word.doc
    for token in doc[number.word.i + 1 : min(number.word.i + 7, number.word.sent.end)]:
        if token.is_punct or token.dep_ == "cc":
            return None
        if token.pos_ in {"NOUN", "PROPN"} and token.dep_ != "pobj" and item_of(token):
            return item_of(token)
    return None


def _of_them(number: Number) -> bool:
    """Say whether a number is a part of those counted before, described but not acted upon."""
    following = number.word.doc[number.word.i + 1 : number.word.i + 4]
    words = [t.lower_ for t in following]
    return (
        len(words) > 2
        and words[0] == "of"
        and words[1] in _GROUP
        and _described(number) is not None
    )


def _included(number: Number, before: list[Count]) -> list[Count] | None:
    """Read a part of those counted before: "including a child", "among them 12 children"."""
    at = min(number.word.i, number.start.left_edge.i)
    doc, first = number.word.doc, number.word.sent.start
    previous = [t.lower_ for t in doc[max(first, at - 3) : at]]
    while previous and previous[-1] in {
        "were",
        "was",
        "are",
        "at",
        "least",
        "some",
        "about",
        "the",
    }:
        previous.pop()
    if not previous:
        return None
    opened = previous[-1] in _AMONG or (
        len(previous) > 1 and previous[-1] in _GROUP and previous[-2] in _AMONG
    )
    after = [t.lower_ for t in doc[number.start.i + 1 : number.start.i + 3]]
    if not opened and not (len(after) == 2 and after[0] == "among" and after[1] in _GROUP):
        return None
    verb = number.start.head
    if previous[-1] in {"included", "includes"} and is_verbal(verb):
        group = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        role = of_group(group) if group is not None else None
        return number.as_count(number.item, role, verb) if role is not None else []
    own = own_fate(number.start)
    if own is not None:
        return number.as_count(number.item, own, number.start)
    return _alike(number, before)


def _alike(number: Number, before: list[Count]) -> list[Count]:
    """Give a number the act of the last one of its sentence that such things can share."""
    item = number.item or _described(number)
    for count in reversed(before):
        same = count.word.doc == number.word.doc and count.word.sent == number.word.sent
        people = (item in PEOPLE) == (count.quantity.item in PEOPLE)
        if same and people:
            return number.as_count(item or count.quantity.item, count.quantity.role, count.act)
    return []


def _plain(number: Number, before: list[Count]) -> list[Count] | None:
    """Follow a number to the act that its noun stands with."""
    if number.noun is not None and number.item is None and not is_harmed(number.noun):
        return None
    found: list[Count] = []
    seen: set[Role] = set()
    for act, role in fates(number.start):
        item = number.item
        if (number.noun is None and item is None) or number.start.lower_ == "others":
            item = _inherited(number, before, role) or item
        single = number.word == number.noun
        loose = role == "displaced" or (number.item == "other" and role != "destroyed")
        if role in seen or (single and (loose or not _is_close(number, act))):
            continue
        seen.add(role)
        found += number.as_count(item, role, act)
    return found or None


def _is_close(number: Number, act: Token) -> bool:
    """Say whether a single thing is itself what an act was done to or with."""
    noun, item = number.start, number.item
    first = first_of(noun)
    if act.dep_ in {"acl", "relcl"} and act.head == noun:
        return item in WEAPONS or item in PEOPLE
    agent = first.dep_ == "pobj" and first.head.lower_ in {"by", "with"} and first.head.head == act
    return is_verbal(act) and (first.head == act or (agent and item in WEAPONS))


def _place_in_row(number: Number) -> tuple[int, int]:
    """Return which of how many bare numbers in a row this is: "150 and 20 were shot down"."""
    row = sorted([number.word, *number.word.conjuncts], key=lambda t: t.i)
    bare = [t for t in row if t.pos_ == "NUM" and counted(t) is None]
    return (bare.index(number.word), len(bare)) if number.word in bare else (0, 1)


def _inherited(number: Number, before: list[Count], role: Role) -> Item | None:
    """Return what a number without a noun counts: what its sentence, or the report, counted before.

    Several numbers in a row take up as many things counted in a row, each in its turn.
    """
    place, size = _place_in_row(number)
    if size > 1:
        row = [c for c in before if c.quantity.role != role][-size:]
        if len(row) == size and len({c.quantity.role for c in row}) == 1:
            return row[place].quantity.item
    word = number.word
    for token in reversed(list(word.doc[word.sent.start : word.i])):
        item = item_of(token) if token.dep_ in {"dobj", "nsubj", "nsubjpass"} else None
        if item in FITS[role] and token.tag_ in {"NNS", "NNPS"}:
            return "person" if item == "child" else item
    for count in reversed(before):
        if count.quantity.item in FITS[role]:
            return "person" if count.quantity.item == "child" else count.quantity.item
    return None


def _level(number: Number, before: list[Count]) -> list[Count] | None:
    """Read a number that measures a toll: "the death toll stood at 30", "fatalities rose to 45"."""
    del before
    start = number.start
    loose = number.noun is not None and number.item is None and number.noun.i - number.word.i > 1
    if start.dep_ == "conj" or (number.noun is not None and number.item is None and not loose):
        return None
    if loose:  # "stood at 30 two days earlier"
        start = number.word.nbor(-1) if number.word.i else start
        measures = start.lower_ in _LEVELS
    else:
        head = start.head
        measures = (start.dep_ == "pobj" and head.lower_ in _LEVELS) or (
            start.dep_ in {"dobj", "attr"} and head.lemma_ in _REACHES | {"be", "bring"}
        )
    found = of_level(start) if measures else None
    if found is None:
        return None
    noun, role, item = found
    return number.as_count(number.item or item, role, noun)


def _second_source(number: Number, before: list[Count]) -> list[Count] | None:
    """Read another's number for what was counted before: "Velmark reports 13", "a figure of 39"."""
    word, head = number.word, number.word.head
    if not before:
        return None
    last = before[-1]
    puts = _put_at(number)
    if puts is not None:
        role = of_group(puts) or last.quantity.role
        return number.as_count(item_of(puts), role, last.act)
    if number.noun is not None:
        return None
    given = word.dep_ == "dobj" and head.lemma_ in _GIVES
    figure = (
        word.dep_ == "pobj"
        and head.lower_ in {"of", "at"}
        and head.head.lemma_ in _FIGURES | {"put"}
    )
    up = word.dep_ == "pobj" and head.lower_ == "from" and head.head.lower_ in {"up", "down"}
    if not given and not figure and not up:
        return None
    item: Item = "person" if last.quantity.item in PEOPLE else last.quantity.item
    return number.as_count(item, last.quantity.role, head)


def _put_at(number: Number) -> Token | None:
    """Return the group whose number is estimated: "put the residents at 15"."""
    prep = number.word.head
    if number.word.dep_ != "pobj" or prep.lower_ != "at":
        return None
    verb = next((a for a in governors(prep) if is_verbal(a)), None)
    if verb is None or verb.lemma_ not in _PUTS:
        return None
    return next((c for c in verb.children if c.dep_ == "dobj" and item_of(c) in PEOPLE), None)


def _next_in_list(number: Number, before: list[Count]) -> list[Count] | None:
    """Give a number the act of the one before it in a list: "30 drones; 4 missiles, 2 of them"."""
    if number.item is None or not before or number.word == number.noun:
        return None
    last = before[-1]
    if last.word.doc != number.word.doc or last.word.sent != number.word.sent:
        return None
    between = number.word.doc[last.word.i + 1 : number.word.i]
    if any(is_verbal(t) for t in between) or not any(t.is_punct or t.dep_ == "cc" for t in between):
        return None
    return number.as_count(number.item, last.quantity.role, last.act)


def _on_the_move(number: Number, before: list[Count]) -> list[Count] | None:
    """Take people on the roads as displaced: "36,000 people on the roads"."""
    del before
    if number.item not in PEOPLE:
        return None
    moving = any(
        c.dep_ == "prep" and c.lower_ == "on" and any(w.lemma_ in _ROADS for w in c.children)
        for c in number.start.children
    )
    return number.as_count("person", "displaced", number.start.head) if moving else None


@once_a_word
def _is_aloft(noun: Token) -> bool:
    return any(
        (p.dep_, p.lower_) == ("prep", "in") and any(c.lower_ in _ALOFT for c in p.children)
        for p in noun.children
    )


def _in_the_air(number: Number, before: list[Count]) -> list[Count] | None:
    """Take weapons that are in the air as launched: "40 missiles in the air"."""
    del before
    if number.item not in WEAPONS:
        return None
    aloft = any(_is_aloft(noun) for noun in (number.start, *in_one_row(number.start)))
    return number.as_count(number.item, "launched", number.start.head) if aloft else None


_WAYS: tuple[Callable[[Number, list[Count]], list[Count] | None], ...] = (
    _share,
    _included,
    _plain,
    _level,
    _second_source,
    _next_in_list,
    _in_the_air,
    _on_the_move,
)
