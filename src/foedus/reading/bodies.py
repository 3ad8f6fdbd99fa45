"""Groups and organisations that one report introduces, by their initials or by their last word.

"The Northern Relief Front (NRF)" gives both names; "the Free Hill Front" and "the Front for the
Freedom of the Hills" are armed groups by what such names begin or end with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from foedus.reading.knowledge import Actor, Entry, entries, key, words
from foedus.reading.persons import NOT_NAMES

if TYPE_CHECKING:
    from foedus.reading.parsed import Line
    from foedus.reading.persons import Local

_WORD = r"[A-Z][^\W\d_]+"
_SHORT = re.compile(
    r"((?:[A-Z][\w’'-]*|of|for|the|and|in|to|de|la) (?:[\w’'-]+ ){0,7}?[\w’'-]+) "
    r"\((?:or |known as (?:the )?)?[\"“‘']?([A-Z][A-Z0-9-]{1,9})[\"”’']?\)"
)
_GROUP = re.compile(
    rf"(?:{_WORD}(?: (?:of|for|the|and) (?:the )?| |-)){{1,5}}"
    rf"(?:{'|'.join(sorted(w.title() for w in words('group-name')))})\b"
)
_FRONT = re.compile(
    r"\b(?:Front|Movement|Army|Union|Party|Coalition|Council|Forces|Committee|League) (?:for|of) "
    rf"(?:the )?{_WORD}(?: (?:(?:for|of|and) (?:the )?)?{_WORD}){{0,4}}"
)


def learn_abbreviations(line: Line, local: Local) -> None:
    """Take "Northern Relief Front (NRF)", and a name whose initials the abbreviation is."""
    for match in _SHORT.finditer(line.text):
        spelt, short = match.group(1).split(), match.group(2)
        name = _spelt_out(spelt, short)
        if not name:
            continue
        entry = entries().get(key(name))
        if entry is None:
            entry = Entry(actor=_body(name), place=None, how="name", capitals=False)
            local.known[key(name)] = entry
        if key(short) not in entries():
            local.known[key(short)] = entry


def _body(name: str) -> Actor:
    """Return a body that no table knows: a group, unless its name ends as an organisation's does."""
    ends = {name.split(maxsplit=1)[0].lower(), name.rsplit(maxsplit=1)[-1].lower()}
    group = ends & words("group-name") or not ends & words("org-name")
    kind = "group" if group else "organisation"
    return Actor(name=name, side=name, kind="organisation" if kind == "organisation" else "group")


def _spelt_out(spelt: list[str], short: str) -> str | None:
    """Return the last words whose capital initials spell ``short``; None when none do."""
    letters = short.replace("-", "")
    for start in range(len(spelt) - 1, -1, -1):
        tail = spelt[start:]
        initials = "".join(
            part[0] for word in tail for part in word.split("-") if part[:1].isupper()
        )
        if initials.startswith(letters) and tail[0][0].isupper():
            return " ".join(tail)
    return None


def learn_groups(line: Line, local: Local) -> None:
    """Take armed groups by the last word of their names: the Free Hill Front.

    A force that begins with a state's adjective is that state's own ("Ardali Army").
    """
    for match in _FRONT.finditer(line.text):
        name = match.group()
        if key(name) not in entries() and not line.text.isupper():
            local.known.setdefault(
                key(name), Entry(actor=_body(name), place=None, how="name", capitals=False)
            )
    for match in _GROUP.finditer(line.text):
        parts = match.group().split()
        while parts and parts[0].casefold() in NOT_NAMES - {"new", "southern", "northern"} - {
            "eastern", "western", "central", "national", "federal", "transitional", "joint", "allied",
        }:  # fmt: skip
            parts.pop(0)
        people = words("force") | words("role") | words("unnamed") | {"member", "wing", "rebel"}
        if "of" in parts and parts[0].lower().removesuffix("s") in people:
            parts = [
                p for p in parts[parts.index("of") + 1 :] if p != "the"
            ]  # "Fighters of the ..."
        name = " ".join(parts)
        if len(parts) < 2 or key(name) in entries() or key(name) in local.known:
            continue
        first = local.known.get(key(parts[0])) or entries().get(key(parts[0]))
        if first is None and not all(p.casefold() in NOT_NAMES for p in parts[:-1]):
            actor = Actor(name=name, side=name, kind="group")
            local.known[key(name)] = Entry(actor=actor, place=None, how="name", capitals=False)
