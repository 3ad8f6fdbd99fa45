"""A new draft from a record that has grown, with what an analyst changed in the last one kept."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING

from foedus.case.draft import draft
from foedus.case.kept_draft import keep_draft, split_draft
from foedus.case.merging import KEPT, merge, removed_things
from foedus.case.merging import guarantors as merged_guarantors
from foedus.case.outline import outline
from foedus.case.patching import patch
from foedus.case.yaml_in import from_yaml
from foedus.case.yaml_out import to_yaml
from foedus.errors import CaseError, Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.case.merging import Change
    from foedus.case.outline import Outline, Part
    from foedus.case.values import Case
    from foedus.record.values import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A part that both a person and the machine changed: what each says, its source with it."""

    part: str
    mine: str
    draft: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Redraft:
    """An edited case brought up to a record.

    Parameters
    ----------
    case
        What the file says now.
    text
        The file, with the new draft kept at its end.
    taken
        The parts that the new draft changed, added or took away, as nobody had worked on them.
    removed
        The parts of the new draft that stay out, as a person had taken them out.
    conflicts
        The parts in which the file's own word was kept against the new draft's.
    notes
        What else to look at.
    """

    case: Case
    text: str
    taken: tuple[str, ...]
    removed: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    notes: tuple[str, ...]


def draft_text(case: Case) -> str:
    """Return a drafted case as a file that a later draft can be merged into."""
    text = to_yaml(case)
    return keep_draft(text, text)


def redraft(
    record: Record,
    text: str,
    name: str,
    *,
    challenger: str | None = None,
    protected: str | None = None,
    guarantors: Sequence[str] | None = None,
) -> Redraft:
    """Draw a case from ``record`` and merge it into the edited ``text`` of an earlier draft.

    The parts that the file gives are kept: a record that now tells another challenger is a note,
    not a change of roles under values that were set for the old ones.

    Parameters
    ----------
    record
        What is known now.
    text, name
        The file, and its name for errors.
    challenger, protected, guarantors
        Who plays the parts from now on; None for who plays them in the file, or, of guarantors
        that nobody changed by hand, for what the record tells.

    Raises
    ------
    CaseError
        If the file is no case, keeps no draft, or the record gives none.
    """
    body, drafted = split_draft(text, name)
    if drafted is None:
        raise CaseError(name, (_NO_DRAFT,))
    mine, base = from_yaml(body, name), from_yaml(drafted, f"the draft kept in {name}")
    chosen = guarantors
    if chosen is None and mine.guarantors != base.guarantors:
        chosen = mine.guarantors
    fresh, notes = _drawn(
        record, mine, (challenger, protected), None if chosen is None else tuple(chosen)
    )
    return merge_texts(body, drafted, to_yaml(fresh), name, notes=notes)


def merge_texts(
    body: str, drafted: str, fresh: str, name: str, *, notes: tuple[str, ...] = ()
) -> Redraft:
    """Merge the text of a new draft into that of an edited case, made from an earlier draft.

    Raises
    ------
    CaseError
        If one of them is no case.
    """
    base, mine, theirs = (
        outline(text, where)
        for text, where in (
            (drafted, f"the draft kept in {name}"),
            (body, name),
            (fresh, "the new draft"),
        )
    )
    changes, text, case = _merged((base, mine, theirs), name)
    return Redraft(
        case=case,
        text=keep_draft(text, fresh),
        taken=_parts(changes, "taken", "dropped"),
        removed=_parts(changes, "stays-removed"),
        conflicts=tuple(
            Conflict(
                part=_named(change),
                mine=_said(mine, change.mine),
                draft=_said(theirs, change.theirs),
            )
            for change in changes
            if change.kind in KEPT
        ),
        notes=notes,
    )


def _merged(
    files: tuple[Outline, Outline, Outline], name: str
) -> tuple[tuple[Change, ...], str, Case]:
    """Return the changes, the merged text, and its case.

    A provision in which the two sets of changes are right each by itself and wrong together, such
    as a level that one takes off the table and the other has in force, stays as the file has it.
    """
    base, mine, theirs = files
    hold: tuple[str, ...] = ()
    while True:
        changes = merge(base, mine, theirs, hold=hold)
        text = patch(
            mine,
            theirs,
            changes,
            guarantors=merged_guarantors(base, mine, theirs),
            missing=removed_things(base, mine),
        )
        try:
            return changes, text, from_yaml(text, name)
        except CaseError as error:
            provisions = mine.find(("provisions",))
            at = [fault.at for fault in error.faults]
            wrong = [
                provision
                for provision in (provisions.parts if provisions is not None else None) or {}
                if provision not in hold and any(f"provisions.{provision}." in a for a in at)
            ]
            if not wrong:
                raise
            hold += tuple(wrong)


_NO_DRAFT = Fault(
    at="",
    found="a case with no draft kept at its end",
    must="be a file that foedus case draft wrote, edited or not",
    do="Draft afresh with --out and carry your edits over: without the draft that both began with "
    "nobody can tell an edit from an old value.",
)


def _drawn(
    record: Record,
    mine: Case,
    sides: tuple[str | None, str | None],
    chosen: tuple[str, ...] | None,
) -> tuple[Case, tuple[str, ...]]:
    """Return the new draft, with the roles of the file unless others are given."""
    if any(sides):
        return draft(record, challenger=sides[0], protected=sides[1], guarantors=chosen), ()
    told = None
    try:
        told = draft(record, guarantors=chosen)
    except CaseError as error:
        why = str(error)
    else:
        if (told.challenger, told.protected) == (mine.challenger, mine.protected):
            return told, ()
        why = told.notes[0]
    fresh = draft(record, challenger=mine.challenger, protected=mine.protected, guarantors=chosen)
    note = (
        f"{mine.challenger} stays the challenger and {mine.protected} the protected state, as in "
        f"the file; by the record alone: {why}"
    )
    return fresh, (note,)


def _parts(changes: Sequence[Change], *kinds: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_named(change) for change in changes if change.kind in kinds))


def _named(change: Change) -> str:
    """Return the name of a part as a person finds it: ``parameters.x0``."""
    path = change.path[:2] if change.path[:1] == ("red_lines",) else change.path
    if path[:1] == ("notes",) and len(path) > 1:
        return f"a note: {shorten(path[1], width=60, placeholder=' …')}"
    return ".".join(path)


def _said(file: Outline, part: Part | None) -> str:
    """Return what a part says, its source with it, in one line."""
    return "nothing" if part is None else " ".join(file.text[part.start : part.end].split())
