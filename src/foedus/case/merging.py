"""A new draft of a case merged into an edited one, part by part, against the draft both began with.

What only the machine changed is taken, what only a person changed is kept, and where both changed
the same part the person's stays and the conflict is told. What a person removed stays removed, with
all that hangs on it; what the machine no longer drafts goes, unless a person has worked on it or on
something that hangs on it. No part is weighed by what it says: this module only compares.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from foedus.case.outline import BETWEEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from foedus.case.outline import Outline, Part, Path

Kind = Literal["taken", "dropped", "conflict", "outlived", "held", "stays-removed"]
"""What became of a part: the draft's is taken, it went with the draft, both changed it, a person
works on what the draft no longer has, what the draft changes does not go with what a person did, or
a person had removed it."""

KEPT: tuple[Kind, ...] = ("conflict", "outlived", "held")
"""Of these a person is told: the file's own word was kept against the draft's."""

Ref = tuple[str, ...]
"""What parts hang on: ``("party", name)``, ``("provision", id)``, ``("level", id, name)``."""

_TOGETHER = ("levels", "source")  # of a red line: which levels, and who said so
_TIES = ("requires", "excludes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one part, and what stood in the edited file and in the new draft."""

    path: Path
    kind: Kind
    mine: Part | None
    theirs: Part | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Merge:
    """The three files, and what the machine is not to touch."""

    base: Outline
    mine: Outline
    theirs: Outline
    removed: frozenset[Ref]
    kept: frozenset[Ref]


def merge(
    base: Outline, mine: Outline, theirs: Outline, *, hold: tuple[str, ...] = ()
) -> tuple[Change, ...]:
    """Return what is to become of each part that is not the same in all three files.

    Parameters
    ----------
    base
        The draft that ``mine`` was made from.
    mine
        The file as a person has edited it.
    theirs
        The new draft, with the parties that ``mine`` has if a person chose them.
    hold
        Provisions that are to stay as ``mine`` has them.
    """
    held = frozenset(("provision", name) for name in hold)
    job = _Merge(
        base=base,
        mine=mine,
        theirs=theirs,
        removed=removed_things(base, mine),
        kept=held | _outlived(base, mine, _gone(base, mine, theirs)),
    )
    changes = list(_compare(job, (), (base.root, mine.root, theirs.root)))
    changes += [
        Change(
            path=_where(ref),
            kind="held" if ref in held else "outlived",
            mine=mine.find(_where(ref)),
            theirs=None,
        )
        for ref in sorted(job.kept)
    ]
    return tuple(changes)


def guarantors(base: Outline, mine: Outline, theirs: Outline) -> tuple[str, ...]:
    """Return the guarantors of the merged case: all that a person or the machine added, in order.

    Examples
    --------
    One was added by the draft, another removed by a person, so both happen.

    >>> from foedus.case.outline import outline
    >>> files = [outline(f"guarantors: {names}", "a case")
    ...          for names in ("[Norrland, Sund]", "[Sund]", "[Norrland, Karst, Sund]")]
    >>> guarantors(*files)
    ('Sund', 'Karst')
    """
    had, have, drawn = (_names(one) for one in (base, mine, theirs))
    outlived = _outlived(base, mine, _gone(base, mine, theirs))
    if have == had:
        return (*drawn, *(n for n in have if n not in drawn and ("party", n) in outlived))
    gone = {n for n in set(had) - set(drawn) if ("party", n) not in outlived}
    added = [n for n in drawn if n not in had and n not in have]
    return (*(n for n in have if n not in gone), *added)


def removed_things(base: Outline, mine: Outline) -> frozenset[Ref]:
    """Return the parties, provisions and levels that a person took out."""
    return frozenset(_things(base) - _things(mine))


def _names(file: Outline) -> tuple[str, ...]:
    part = file.find(("guarantors",))
    return tuple(part.value) if part is not None and isinstance(part.value, list) else ()


def _things(file: Outline) -> set[Ref]:
    """Return what others can hang on: parties, provisions and their levels."""
    found: set[Ref] = {("party", name) for name in _names(file)}
    for role in ("challenger", "protected"):
        part = file.find((role,))
        if part is not None:
            found.add(("party", str(part.value)))
    provisions = file.find(("provisions",))
    for name in _inside(provisions):
        found.add(("provision", name))
        levels = file.find(("provisions", name, "levels"))
        found |= {("level", name, level) for level in _inside(levels)}
    return found


def _gone(base: Outline, mine: Outline, theirs: Outline) -> set[Ref]:
    """Return what the machine no longer drafts, of what a person left in."""
    return (_things(base) & _things(mine)) - _things(theirs)


def _where(ref: Ref) -> Path:
    """Return the part that a reference is to."""
    if ref[0] == "level":
        return "provisions", ref[1], "levels", ref[2]
    return ("provisions", ref[1]) if ref[0] == "provision" else ("guarantors",)


def _outlived(base: Outline, mine: Outline, gone: set[Ref]) -> frozenset[Ref]:
    """Return which of the things that the machine no longer drafts a person still works on.

    What such a thing hangs on outlives the draft with it.
    """
    worked: set[Ref] = set()
    held: list[set[Ref]] = []
    for path, part in _leaves((), mine.root):
        refs = _refs(path, part)
        held.append(refs)
        before = base.find(path)
        if before is None or before.value != part.value:
            worked |= refs
    for path, part in _leaves((), base.root):
        if mine.find(path) is None:  # what a person took out of it is work on it too
            worked |= _refs(path, part)
    kept = worked & gone
    while True:
        more = {ref for refs in held if refs & kept for ref in refs & gone}
        if more <= kept:
            return frozenset(kept)
        kept |= more


def _leaves(path: Path, part: Part) -> Iterator[tuple[Path, Part]]:
    if part.parts is None:
        yield path, part
        return
    for name, inner in part.parts.items():
        yield from _leaves((*path, name), inner)


def _refs(path: Path, part: Part | None) -> set[Ref]:
    """Return what a part hangs on, by where it stands and by what it says."""
    refs: set[Ref] = set()
    if path[:1] == ("provisions",) and len(path) > 1:
        refs.add(("provision", path[1]))
        if len(path) > 3 and path[2] in ("levels", "present", "excluded"):
            refs.add(("level", path[1], path[3]))
        if "effects" in path[4:5] and len(path) > 6:
            refs.add(("party", path[6]))
        refs |= set(_said(path, part))
    elif path[:1] == ("parameters",) and len(path) > 2:
        refs.add(("provision" if path[1] == "effect" else "party", path[2]))
    elif path[:1] == ("red_lines",) and len(path) > 1:
        party, _, provision = path[1].partition(BETWEEN)
        refs |= {("party", party), ("provision", provision)}
        levels = part if path[2:] == ("levels",) else _inside(part).get("levels")
        if levels is not None:
            refs |= {("level", provision, str(name)) for name in _listed(levels.value)}
    return refs


def _said(path: Path, part: Part | None) -> Iterator[Ref]:
    """Yield what a tie, or who bears a provision, names."""
    if part is None:
        return
    if path[-1] == "borne_by":
        yield from (("party", str(name)) for name in _listed(part.value))
    if path[-1] in _TIES:
        for tie in _listed(part.value):
            said = dict(tie) if isinstance(tie, tuple) else {}
            provision = str(said.get("provision"))
            yield "provision", provision
            yield from (("level", provision, str(n)) for n in _listed(said.get("levels")))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def same(one: Part | None, other: Part | None) -> bool:
    """Say whether two parts say the same; one that is not there says what an empty one does."""
    parts, others = _inside(one), _inside(other)
    if _is_branch(one, other):
        return all(same(parts.get(n), others.get(n)) for n in {**parts, **others})
    if one is None or other is None:
        return one is other
    return one.value == other.value


def _inside(part: Part | None) -> dict[str, Part]:
    return (part.parts if part is not None else None) or {}


def _is_branch(*parts: Part | None) -> bool:
    return any(part is not None and part.parts is not None for part in parts)


def _compare(
    job: _Merge, path: Path, three: tuple[Part | None, Part | None, Part | None]
) -> Iterator[Change]:
    """Yield the changes to one part and to what it is made of."""
    base, mine, theirs = three
    if path == ("guarantors",):
        return
    if any(ref in job.removed | job.kept for ref in _refs(path, mine) | _refs(path, theirs)):
        if mine is None and base is not None and theirs is not None:
            yield Change(path=path, kind="stays-removed", mine=None, theirs=theirs)
        return
    if mine is not None and _is_branch(mine, theirs, base) and _goes_inside(job, path, three):
        inner = [_inside(part) for part in (base, mine, theirs)]
        names = list({**inner[2], **inner[1]})
        if path[:1] == ("red_lines",) and len(path) > 1:
            names = [name for name in names if name not in _TOGETHER]
            yield from _together(path, inner)
        for name in names:
            parts = inner[0].get(name), inner[1].get(name), inner[2].get(name)
            yield from _compare(job, (*path, name), parts)
        return
    kind = _fate(base, mine, theirs)
    if kind is not None:
        yield Change(path=path, kind=kind, mine=mine, theirs=theirs)


def _goes_inside(
    job: _Merge, path: Path, three: tuple[Part | None, Part | None, Part | None]
) -> bool:
    """Whether what becomes of a part is told by what it is made of.

    So it is unless the draft has it no more: then one that nobody has worked on goes whole, and a
    provision, a level or a red line is a conflict as a whole.
    """
    base, mine, theirs = three
    if theirs is not None:
        return True
    if base is None or mine is None:
        return False
    is_whole = path[:-1] in (("provisions",), ("red_lines",)) or path[2:-1] == ("levels",)
    frozen = job.removed | job.kept
    holds = any(_refs(inner, leaf) & frozen for inner, leaf in _leaves(path, mine))
    return not is_whole and (holds or not same(base, mine))


def _fate(base: Part | None, mine: Part | None, theirs: Part | None) -> Kind | None:
    """Return what becomes of a part that is changed as a whole; None where it stays as it is."""
    if same(mine, theirs) and (mine is None) == (theirs is None):
        return None
    if mine is None:
        return "taken" if base is None else "stays-removed"
    if theirs is None and base is None:
        return None
    if same(base, mine):
        return "dropped" if theirs is None else "taken"
    return None if same(base, theirs) and theirs is not None else "conflict"


def _together(path: Path, inner: list[dict[str, Part]]) -> Iterator[Change]:
    """Yield the changes to the levels of a red line and its source, which belong together."""
    base, mine, theirs = inner
    if all(same(mine.get(n), theirs.get(n)) for n in _TOGETHER):
        return
    if all(same(base.get(n), mine.get(n)) for n in _TOGETHER):
        kind: Kind = "taken"
    elif all(same(base.get(n), theirs.get(n)) for n in _TOGETHER):
        return
    else:
        kind = "conflict"
    for name in _TOGETHER:
        if not same(mine.get(name), theirs.get(name)):
            yield Change(
                path=(*path, name), kind=kind, mine=mine.get(name), theirs=theirs.get(name)
            )


def hanging(part: Part, path: Path, missing: Iterable[Ref]) -> tuple[Path, ...]:
    """Return the parts inside a new one that hang on what the merged case does not have."""
    lost = set(missing)
    return tuple(inner for inner, leaf in _leaves(path, part) if _refs(inner, leaf) & lost)
