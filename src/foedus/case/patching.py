"""The changes of a merge, written into the text of the edited file.

Only the lines of a changed part are touched: all else stays as it was typed. What is put in is cut
from the text of the new draft, moved to the file's own indentation; comments that stood in what is
replaced are kept above it; a conflict is told in a comment at its place.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.case.merging import KEPT, hanging
from foedus.case.outline import whole_value
from foedus.case.yaml_text import flow_list, number, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from foedus.case.merging import Change, Ref
    from foedus.case.outline import Outline, Part, Path

MARK = "# foedus: "
"""What a comment of ours begins with."""

_WIDTH = 100
_LAST = 1_000_000  # a comment comes behind all else that is put in at its place
_LISTS = (("notes",), ("red_lines",))
_EMPTY = {"notes": "[]", "red_lines": "[]", "effects": "{}"}
"""How a part is written when nothing is left in it; any other goes with the last thing in it."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """Letters ``start`` to ``end`` become ``new``; ``turn`` orders the edits at one place."""

    start: int
    end: int
    turn: int
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What the edits are made from."""

    mine: Outline
    theirs: Outline
    canonical: frozenset[str]
    missing: frozenset[Ref]
    starts: Sequence[int]


def patch(
    mine: Outline,
    theirs: Outline,
    changes: Sequence[Change],
    *,
    guarantors: tuple[str, ...],
    missing: frozenset[Ref],
) -> str:
    """Return the text of ``mine`` with what the changes take, drop and tell.

    Parameters
    ----------
    mine, theirs
        The edited file and the new draft.
    changes
        What `foedus.case.merging.merge` found.
    guarantors
        Those of the merged case.
    missing
        What a person removed: nothing that hangs on it is put in.
    """
    work = _Work(
        mine=mine,
        theirs=theirs,
        canonical=frozenset(c.rstrip() for c in theirs.comments.values()),
        missing=missing,
        starts=mine.starts(),
    )
    edits = [*_guarantors(work, guarantors), *_done(work, changes), *_told(work, changes)]
    return _applied(mine.text, edits)


def _applied(whole: str, edits: Iterable[_Edit]) -> str:
    for edit in sorted(edits, key=lambda e: (e.start, e.end, e.turn), reverse=True):
        whole = whole[: edit.start] + edit.new + whole[edit.end :]
    return whole


def _done(work: _Work, changes: Sequence[Change]) -> Iterator[_Edit]:
    """Yield the edits that take and drop."""
    done = [c for c in changes if c.kind in ("taken", "dropped")]
    emptied = _emptied(work, done)
    flows: dict[Path, list[Change]] = {}
    for change in done:
        around = _flow_around(work.mine, change.path)
        if around is not None:
            flows.setdefault(around, []).append(change)
        elif change.kind == "dropped":
            if change.path[:-1] not in emptied:
                yield _dropped(work, change.path)
        elif change.mine is None:
            yield from _inserted(work, change, done)
        else:
            yield _replaced(work, change)
    for path in emptied:
        yield _emptied_out(work, path)
    for path, inner in flows.items():
        yield _rewritten(work, path, inner)


def _emptied(work: _Work, done: Sequence[Change]) -> list[Path]:
    """Return the parts on their own lines of which nothing is left."""
    left: dict[Path, set[str]] = {}
    for change in done:
        path = change.path[:-1]
        around = work.mine.find(path)
        if around is not None and around.parts and not around.is_flow:
            names = left.setdefault(path, set(around.parts))
            if change.kind == "dropped":
                names.discard(change.path[-1])
            elif change.theirs is not None and _lines(work, change.path, change.theirs, 0):
                names.add(change.path[-1])
    return [path for path, names in left.items() if not names]


def _emptied_out(work: _Work, path: Path) -> _Edit:
    """Return the edit of a part of which nothing is left."""
    if path[-1] not in _EMPTY:
        return _dropped(work, path)
    part = _there(work.mine.find(path))
    lines = [*_own_comments(work, part), f"{path[-1]}: {_EMPTY[path[-1]]}"]
    new = "".join(f"{' ' * part.column}{line}\n" for line in lines)
    return _Edit(work.starts[part.first], work.starts[part.last], 1, new)


def _guarantors(work: _Work, names: tuple[str, ...]) -> Iterator[_Edit]:
    part = work.mine.find(("guarantors",))
    if part is None:
        if names:
            at = work.starts[work.mine.root.first]
            yield _Edit(at, at, 0, f"guarantors: {flow_list(names)}\n")
    elif part.value != list(names):
        if part.is_flow:
            yield _Edit(part.start, part.end, 0, flow_list(names))
        else:
            start, end = work.starts[part.first], work.starts[part.last]
            yield _Edit(start, end, 0, f"guarantors: {flow_list(names)}\n")


def _flow_around(file: Outline, path: Path) -> Path | None:
    """Return the outermost part in brackets around a part; None for one on its own lines."""
    for depth in range(1, len(path)):
        part = file.find(path[:depth])
        if part is not None and part.is_flow and part.parts:
            return path[:depth]
    return None


def _there(part: Part | None) -> Part:
    """Return a part that the merge has seen."""
    assert part is not None  # noqa: S101 - a change names what it changes
    return part


def _replaced(work: _Work, change: Change) -> _Edit:
    mine, theirs = _there(change.mine), _there(change.theirs)
    if mine.is_flow and theirs.is_flow:
        first, *rest = work.theirs.text[theirs.start : theirs.end].split("\n")
        moved = [_moved(line, mine.column - theirs.column) for line in rest]
        return _Edit(mine.start, mine.end, 1, "\n".join([first, *moved]))
    start = work.starts[mine.first]
    before = work.mine.text[start : mine.key]
    lines = _lines(work, change.path, theirs, mine.column)
    kept = [f"{' ' * mine.column}{c}" for c in _own_comments(work, mine)]
    body = [f"{before}{lines[0].lstrip()}", *lines[1:]]
    return _Edit(start, work.starts[mine.last], 1, "".join(f"{x}\n" for x in (*kept, *body)))


def _dropped(work: _Work, path: Path) -> _Edit:
    """Return the edit that takes a part out; comments that a person wrote in it stay."""
    part = _there(work.mine.find(path))
    kept = "".join(f"{' ' * part.column}{c}\n" for c in _own_comments(work, part))
    return _Edit(work.starts[part.first], work.starts[part.last], 1, kept)


def _inserted(work: _Work, change: Change, done: Sequence[Change]) -> Iterator[_Edit]:
    """Yield the edit that puts a new part behind the one that it follows in the draft."""
    path, theirs = change.path, _there(change.theirs)
    around = work.mine.find(path[:-1])
    siblings = (around.parts if around is not None else None) or {}
    if not siblings:
        yield from _filled(work, path[:-1], done, first=change)
        return
    order = list(_there(work.theirs.find(path[:-1])).parts or {})
    earlier = [name for name in order[: order.index(path[-1])] if name in siblings]
    near = siblings[earlier[-1]] if earlier else next(iter(siblings.values()))
    is_item = path[:-1] in _LISTS
    at = work.starts[near.last if is_item or earlier else near.first]
    lines = _lines(work, path, theirs, near.column)
    yield _Edit(at, at, 2 + order.index(path[-1]), "".join(f"{x}\n" for x in lines))


def _filled(work: _Work, path: Path, done: Sequence[Change], *, first: Change) -> Iterator[_Edit]:
    """Yield, for the first of them, the edit that puts all that is taken into an empty part."""
    inner = [c for c in done if c.path[:-1] == path and c.kind == "taken"]
    if inner[0] is not first:
        return
    around, model = _there(work.mine.find(path)), _there(work.theirs.find(path))
    header = _moved(work.theirs.lines[model.first], around.column - model.column)
    body = [
        line
        for change in inner
        for part in [_there(change.theirs)]
        for line in _lines(work, change.path, part, around.column + part.column - model.column)
    ]
    kept = [f"{' ' * around.column}{c}" for c in _own_comments(work, around)]
    new = "".join(f"{line}\n" for line in (*kept, header, *body))
    if body:
        yield _Edit(work.starts[around.first], work.starts[around.last], 1, new)


def _rewritten(work: _Work, path: Path, inner: Sequence[Change]) -> _Edit:
    """Return the edit of a part in brackets in which something is taken or dropped."""
    part = _there(work.mine.find(path))
    return _Edit(part.start, part.end, 1, _in_brackets(work, path, inner))


def _in_brackets(work: _Work, path: Path, inner: Sequence[Change]) -> str:
    """Return what a part in brackets is to say."""
    part = _there(work.mine.find(path))
    changed: dict[str, list[Change]] = {}
    for change in inner:
        changed.setdefault(change.path[len(path)], []).append(change)
    said: dict[str, str] = {}
    for name, mine in (part.parts or {}).items():
        if name not in changed:
            said[name] = work.mine.text[mine.start : mine.end]
        elif len(changed[name][0].path) > len(path) + 1:
            said[name] = _in_brackets(work, (*path, name), changed.pop(name))
        elif changed[name][0].theirs is not None:
            said[name] = ""  # keeps its place
    for name, (change, *_) in changed.items():
        if change.theirs is not None:
            said[name] = flow_of(whole_value(change.theirs))
    if path in _LISTS:
        return f"[{', '.join(said.values())}]"
    return f"{{{', '.join(f'{text(name)}: {words}' for name, words in said.items())}}}"


def _lines(work: _Work, path: Path, part: Part, column: int) -> list[str]:
    """Return the lines of a part of the draft, moved, without what hangs on what is not there."""
    without: set[int] = set()
    for inner in hanging(part, path, work.missing):
        lost = _there(work.theirs.find(inner))
        without |= set(range(lost.first, lost.last))
    return [
        _moved(work.theirs.lines[n], column - part.column)
        for n in range(part.first, part.last)
        if n not in without
    ]


def _moved(line: str, by: int) -> str:
    if by >= 0:
        return f"{' ' * by}{line}" if line.strip() else line
    return line[min(-by, len(line) - len(line.lstrip())) :]


def _own_comments(work: _Work, part: Part) -> list[str]:
    """Return the comments inside a part that a person wrote."""
    start, end = work.starts[part.first], work.starts[part.last]
    return [
        comment.rstrip()
        for at, comment in sorted(work.mine.comments.items())
        if start <= at < end and comment.rstrip() not in work.canonical
    ]


def _told(work: _Work, changes: Sequence[Change]) -> Iterator[_Edit]:
    """Yield the edits that tell conflicts above their places, instead of those told before."""
    at_line: dict[int, list[str]] = {}
    for change in changes:
        part = work.mine.find(_flow_around(work.mine, change.path) or change.path)
        if change.kind in KEPT and part is not None:
            at_line.setdefault(part.first, []).append(_in_words(change, work.theirs))
    for line, words in at_line.items():
        indent = " " * (len(work.mine.lines[line]) - len(work.mine.lines[line].lstrip()))
        first = line
        while first > 0 and work.mine.lines[first - 1].lstrip().startswith(MARK.rstrip()):
            first -= 1
        width = _WIDTH - len(indent) - len(MARK)
        said = [
            row
            for one in words
            for row in textwrap.wrap(one, width, break_long_words=False, break_on_hyphens=False)
        ]
        new = "".join(f"{indent}{MARK}{row}\n" for row in said)
        yield _Edit(work.starts[first], work.starts[line], _LAST, new)


def _in_words(change: Change, theirs: Outline) -> str:
    """Return what the draft says where a person has said something else."""
    if change.kind == "held":
        return "the new draft changes this so that it would not go with yours; yours is kept."
    if change.theirs is None:
        return "the new draft no longer has this; yours is kept, as you have worked on it."
    said = " ".join(theirs.text[change.theirs.start : change.theirs.end].split())
    return f"the new draft has {said} here; yours is kept."


def flow_of(said: object) -> str:
    """Write what a part says in one piece, in brackets.

    Examples
    --------
    >>> flow_of((("kind", "claim"), ("refs", ["p-1"]), ("active", False), ("size", 2.0)))
    '{kind: claim, refs: [p-1], active: false, size: 2}'
    """
    if isinstance(said, tuple):
        return f"{{{', '.join(f'{text(str(key))}: {flow_of(value)}' for key, value in said)}}}"
    if isinstance(said, list):
        return f"[{', '.join(map(flow_of, said))}]"
    if said is None or isinstance(said, bool):
        return {None: "null", True: "true", False: "false"}[said]
    return number(said) if isinstance(said, float) else text(str(said))
