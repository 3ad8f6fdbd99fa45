"""One value of a case file changed, and with it what it rests on; all else stays to the letter.

The new words are put in the place of the old ones in the text itself. Writing a whole file anew,
even by a library that keeps comments, folds long texts and spaces lists in its own way; here
nothing is touched that was not meant. What comes out is read before it is handed back, and compared
with what was there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ruamel.yaml.nodes import CollectionNode, MappingNode, ScalarNode

from foedus.case.splicing import Splices, children, walk
from foedus.case.yaml_in import read_case
from foedus.case.yaml_nodes import compose, meant, shown
from foedus.case.yaml_text import flow_list, text
from foedus.errors import CaseError, Fault

if TYPE_CHECKING:
    import datetime as dt

    from ruamel.yaml.nodes import Node

    from foedus.case.flaws import Path

_NO_NUMBERS = {"title", "active", "why"}
"""Keys whose change does not touch what the part rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Why somebody sets a value: ``by`` whom, of what day, and what it rests on if anything."""

    why: str
    by: str = ""
    date: dt.date | None = None
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a value belongs: the way there, the root first, and the keys that the file lacks."""

    file: str
    way: tuple[tuple[str, Node], ...]
    missing: tuple[str, ...]

    @property
    def keys(self) -> Path:
        return (*(key for key, _ in self.way[1:]), *self.missing[:1])

    def refuse(self, found: str, must: str, do: str = "") -> CaseError:
        at = ".".join((*(key for key, _ in self.way[1:]), *self.missing))
        return CaseError(self.file, (Fault(at=at, found=found, must=must, do=do),))


def set_value(file: tuple[str, str], path: str, value: str, judgement: Judgement | None) -> str:
    """Return the text of a case with one value changed, whose source becomes a judgement.

    Parameters
    ----------
    file
        The text of the case, and its name for errors.
    path
        Where the value stands, its keys joined by dots; items of a list are counted from 1.
    value
        The new value as YAML on one line.
    judgement
        Why, and whose; None where what is changed rests on nothing: a title, a criterion.

    Raises
    ------
    CaseError
        When there is no such place, the value cannot be written there, or the case would be at
        fault with it.
    """
    whole, name = file
    root = _root(whole, name)
    place = _find(root, path, name)
    words = _one_line(place, value)
    splices = Splices(whole)
    _put(splices, place, words)
    touched = [place.keys]
    if place.keys[:1] == ("red_lines",) and place.keys[2:] == ("active",):
        touched.append(_switch(splices, place, words, judgement))
    else:
        touched += _rest_on(splices, place, judgement)
    changed = splices.applied()
    read_case(changed, name)  # refuses what cannot be
    _compare(place, changed, touched)
    return changed


def _root(whole: str, name: str) -> MappingNode:
    root = compose(whole, name)
    if not isinstance(root, MappingNode):
        found = "nothing" if root is None else shown(root)
        raise CaseError(name, (Fault(at="", found=found, must="be a mapping, from title on"),))
    for _, node in walk(root):
        if node.anchor:
            at = f"line {node.start_mark.line + 1}"
            must = "be written out: a change in one place would be one in another"
            raise CaseError(name, (Fault(at=at, found="an anchor, &", must=must),))
    return root


def _find(root: MappingNode, path: str, name: str) -> _Place:
    """Return where ``path`` leads; a key may hold dots itself: the longest that fits is taken."""
    way: list[tuple[str, Node]] = [("", root)]
    rest = path
    while rest:
        held = children(way[-1][1])
        fits = [key for key in held if rest == key or rest.startswith(f"{key}.")]
        if not fits:
            break
        key = max(fits, key=len)
        way.append((key, held[key]))
        rest = rest[len(key) + 1 :]
    first, _, others = rest.partition(".")
    missing = tuple(filter(None, (first, others)))
    found = _Place(file=name, way=tuple(way), missing=missing)
    held = children(way[-1][1])
    adds = isinstance(way[-1][1], MappingNode) and (
        not others or way[-1][0] == "effects" or first in ("effects", "criteria")
    )
    if not path or (missing and not adds):
        known = f"be one of {', '.join(held)}" if held else "be a part of the case"
        raise found.refuse("not there", known, meant(first, held))
    return found


def _one_line(place: _Place, value: str) -> str:
    """Return the words of a value, which must fit on one line, anywhere."""
    node = compose(value, f"{place.file}, the value for {'.'.join(place.keys)}")
    do = "Write a number, a text in quotes, or {uniform: [0.4, 0.6]}."
    words = value[node.start_mark.index : node.end_mark.index].strip() if node else ""
    if isinstance(node, ScalarNode):
        fits = node.style not in ("|", ">")
    else:
        fits = isinstance(node, CollectionNode) and bool(node.flow_style)
    if not fits or "\n" in words or words[:1] in ("&", "*"):
        raise place.refuse(repr(value), "be one value on one line", do)
    return words


def _put(splices: Splices, place: _Place, words: str) -> None:
    """Put the words where they belong."""
    key, node = place.way[-1]
    if place.missing and isinstance(node, MappingNode):
        first, *others = place.missing
        splices.put(node, first, f"{{{text(others[0])}: {words}}}" if others else words)
        return
    _, parent = place.way[-2]
    if isinstance(parent, MappingNode):
        splices.put(parent, key, words)
    else:
        splices.replace(node, words)


def _rest_on(splices: Splices, place: _Place, judgement: Judgement | None) -> list[Path]:
    """Have the part that is changed rest on the judgement; return which source that changes."""
    depth = _part(place)
    if depth is None:
        if judgement is not None:
            must = "be set without a reason: nothing there can hold one"
            raise place.refuse("a part without a source", must, "Leave out --why.")
        return []
    told = _needed(place, judgement)
    _, part = place.way[depth]
    keys = place.keys[:depth]
    source = children(part).get("source")
    if not isinstance(source, MappingNode) or not source.value:
        raise place.refuse("without a source", "have one before it can be changed")
    why, refs = told.why.strip(), told.refs
    if _others(place, depth):  # they rest on what they rested on before
        before = _before(source)
        why, refs = f"{why} The other effects: {before[0]}", tuple(dict.fromkeys(refs + before[1]))
    splices.put(source, "kind", "judgement")
    splices.put(source, "why", text(why, splices.column(source, "why")))
    entries = {
        "refs": flow_list(refs) if refs else "",
        "by": text(told.by) if told.by else "",
        "date": f'"{told.date.isoformat()}"' if told.date else "",
    }
    if refs == _before(source)[1]:
        del entries["refs"]  # as they were, in whatever way they are written
    for key, words in entries.items():
        if words:
            splices.put(source, key, words)
        else:
            splices.drop(source, key)
    return [(*keys, "source")]


def _others(place: _Place, depth: int) -> bool:
    """Say whether the part has effects besides the one that is changed."""
    effects = children(place.way[depth][1]).get("effects")
    if place.keys[depth] != "effects" or effects is None:
        return False
    changed = (*place.keys[depth + 1 :], *place.missing[1:])
    return any(
        path != changed and path[: len(changed)] != changed
        for path, node in walk(effects)
        if isinstance(node, ScalarNode)
    )


def _before(source: MappingNode) -> tuple[str, tuple[str, ...]]:
    """Return why a source says what it says, with whose it is, and its references."""
    held = children(source)
    signed = ", ".join(str(held[key].value) for key in ("by", "date") if key in held)
    why = str(held["why"].value) if "why" in held else "nothing was said."
    refs = children(held["refs"]).values() if "refs" in held else ()
    return f"{why} ({signed})" if signed else why, tuple(str(ref.value) for ref in refs)


def _part(place: _Place) -> int | None:
    """Return how deep the part with a source is that a change touches; None if none has one."""
    keys = place.keys
    if "source" in keys or (
        keys[:1] == ("provisions",) and keys[2:3] in (("present",), ("excluded",))
    ):
        return None  # what is changed is itself a source
    for depth in range(len(keys) - 1, 0, -1):
        node = place.way[depth][1]
        if isinstance(node, MappingNode) and (
            "source" in children(node)
            or (keys[0] == "parameters" and keys[depth] in ("value", "unit"))
        ):
            return None if keys[depth] in _NO_NUMBERS else depth
    return None


def _needed(place: _Place, judgement: Judgement | None) -> Judgement:
    if judgement is None or not judgement.why.strip():
        must = "be said why: a value rests on a source"
        raise place.refuse("set for no reason", must, "Give it by --why.")
    return judgement


def _switch(splices: Splices, place: _Place, words: str, judgement: Judgement | None) -> Path:
    """Have a red line that is switched off say why, and one that is on say nothing."""
    node = place.way[2][1]
    if not isinstance(node, MappingNode):
        raise place.refuse(shown(node), "be a red line")
    if words == "false":
        told = _needed(place, judgement)
        day = told.date.isoformat() if told.date else ""
        signed = ", ".join(filter(None, (told.by, day)))
        why = f"{told.why} ({signed})" if signed else told.why
        splices.put(node, "why", text(why, splices.column(node, "why")))
    else:
        splices.drop(node, "why")
    return (*place.keys[:2], "why")


def _compare(place: _Place, after: str, touched: list[Path]) -> None:
    """Refuse a change that reached further than it was meant to."""
    was, now = (
        {
            path: (str(node.tag), node.value)
            for path, node in walk(each)
            if isinstance(node, ScalarNode)
        }
        for each in (place.way[0][1], _root(after, place.file))
    )
    further = [
        path
        for path in {**was, **now}
        if was.get(path) != now.get(path) and not any(path[: len(t)] == t for t in touched)
    ]
    if further:
        must = f"change nothing else; {'.'.join(further[0])} would change"
        raise place.refuse("not to be set by itself", must, "Edit the file by hand.")
