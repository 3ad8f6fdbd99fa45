"""A new draft merged into an edited case: laws over drawn edits, and what a person sees of it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from foedus.case import check, from_yaml, to_yaml
from foedus.case.kept_draft import split_draft
from foedus.case.outline import outline
from foedus.case.redraft import merge_texts
from foedus.case.values import (
    Case,
    Distribution,
    Level,
    Parameter,
    Provision,
    RedLine,
    Source,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.record.values import Record

    RecordOf = Callable[[str], Record]


def judged(why: str) -> Source:
    return Source(kind="judgement", refs=(), why=why)


def make_base() -> Case:
    """Return a drafted case with two guarantors, three provisions, ties and red lines."""
    from foedus.case import usual_parameters  # noqa: PLC0415 - beside what it is for
    from foedus.case.values import Criteria, Tie  # noqa: PLC0415

    def level(name: str, **effects: float) -> Level:
        sizes: dict[str | tuple[str, str], float] = {}
        for key, size in effects.items():
            effect, _, guarantor = key.partition("__")
            sizes[(effect, guarantor) if guarantor else effect] = size
        return Level(name=name, title=f"The level {name}", effects=sizes, source=judged(name))

    tie = Tie(provision="league", levels=("member",), source=judged("one or the other"))
    neutral = dataclasses.replace(level("neutral", value_c=0.02), excludes=(tie,))
    provisions = (
        Provision(
            id="pact:norrland", title="A pact", excluded={}, borne_by=("Norrland",),
            levels=(
                level("none"), level("pledge", help__Norrland=0.2),
                level("treaty", provoke=0.02, help__Norrland=0.5, renege__Norrland=0.1),
            ),
        ),
        Provision(
            id="watch", title="Observers along the whole of the line of contact, day and night, in "
            "numbers that the two sides and those who send them agree on",
            levels=(level("none"), level("some", cost__Norrland=0.01, cost__Sund=0.01)),
            excluded={}, present={"some": judged("they are there")},
        ),
        Provision(
            id="league", title="The League", levels=(level("none"), level("member", denial=0.1)),
            excluded={"member": judged("off the table")},
        ),
        Provision(id="neutrality", title="Neutral", levels=(level("none"), neutral), excluded={}),
    )  # fmt: skip
    return Case(
        title="Velmark and Ardal",
        challenger="Velmark",
        protected="Ardal",
        guarantors=("Norrland", "Sund"),
        period_years=0.25,
        horizon_years=10.0,
        parameters=usual_parameters(("Norrland", "Sund"), [p.id for p in provisions]),
        provisions=provisions,
        red_lines=(
            RedLine(party="Velmark", provision="league", levels=("member",), source=judged("no")),
            RedLine(party="Ardal", provision="neutrality", levels=("neutral",), source=judged("n")),
        ),
        criteria=Criteria(),
        record_hash="0123456789ab",
        notes=("First note.", "Second note, which is rather longer than the first one was."),
    )


BASE = make_base()
assert check(BASE, "base") is BASE

# -- edits, drawn: each gives another case that is right ------------------------------------------

Edit = tuple[str, int, int, float]
EDITS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "value", "source", "title", "effect", "drop effect", "drop provision",
                "add provision", "exclude", "include", "drop red line", "add red line",
                "switch off", "red levels", "note", "drop note", "criterion", "drop guarantor",
                "add guarantor", "head", "condition", "present",
            ]
        ),
        st.integers(0, 40),
        st.integers(0, 3),
        st.sampled_from([0.05, 0.1, 0.15, 0.2]),
    ),
    max_size=5,
)  # fmt: skip


def edited(case: Case, edits: list[Edit], by: str) -> Case:
    """Return ``case`` with ``edits`` made; one that would make it wrong is passed over."""
    from foedus.case.check import flaws  # noqa: PLC0415

    for edit in edits:
        other = _edited(case, edit, by)
        if not flaws(other):
            case = other
    return case


def _with(items: tuple, place: int, new: object) -> tuple:  # type: ignore[type-arg]
    place %= len(items)
    return (*items[:place], new, *items[place + 1 :])


def _without(items: tuple, place: int) -> tuple:  # type: ignore[type-arg]
    place %= len(items)
    return (*items[:place], *items[place + 1 :])


def _edited(case: Case, edit: Edit, by: str) -> Case:  # noqa: C901, PLR0911, PLR0912
    kind, n, m, size = edit
    put = dataclasses.replace
    if kind in ("value", "source"):
        old: Parameter = case.parameters[n % len(case.parameters)]
        new = (
            put(old, distribution=Distribution(kind="uniform", low=size / 10, high=size / 9))
            if kind == "value"
            else put(old, source=judged(f"{by} {size} says a good deal more about it than before"))
        )
        return put(case, parameters=_with(case.parameters, n, new))
    if kind in ("title", "head"):
        if kind == "head":
            return put(case, title=f"{by} {size}")
        provision = case.provisions[n % len(case.provisions)]
        new_title = put(provision, title=f"{by} {size}: " + "a long title " * (1 + 10 * (m % 2)))
        return put(
            case,
            provisions=_with(case.provisions, n, put(new_title, title=new_title.title.strip())),
        )
    if kind in ("note", "drop note"):
        if kind == "note":
            return put(case, notes=(*case.notes, f"{by} notes {size}: that is worth a look."))
        return put(case, notes=_without(case.notes, n)) if case.notes else case
    if kind == "criterion":
        return put(case, criteria=put(case.criteria, alpha_least=size))
    if kind in ("drop red line", "switch off", "red levels"):
        if not case.red_lines:
            return case
        if kind == "drop red line":
            return put(case, red_lines=_without(case.red_lines, n))
        line = case.red_lines[n % len(case.red_lines)]
        if kind == "switch off":
            line = put(line, active=False, why=f"{by} {size}")
        else:
            levels = next(p.levels for p in case.provisions if p.id == line.provision)
            names = tuple(x.name for x in levels[m % len(levels) :])
            line = put(line, levels=names, source=judged(f"{by} {size}"))
        return put(case, red_lines=_with(case.red_lines, n, line))
    if kind == "add red line":
        parties = (case.challenger, case.protected, *case.guarantors)
        provision = case.provisions[n % len(case.provisions)]
        line = RedLine(
            party=parties[m % len(parties)], provision=provision.id,
            levels=(provision.levels[-1].name,), source=judged(f"{by} {size}"),
        )  # fmt: skip
        return put(case, red_lines=(*case.red_lines, line))
    if kind == "drop guarantor":
        return (
            without_guarantor(case, case.guarantors[n % len(case.guarantors)])
            if case.guarantors
            else case
        )
    if kind == "add guarantor":
        return with_guarantor(case, ("Karst", "Tarn")[m % 2], size)
    if kind == "drop provision":
        gone = case.provisions[n % len(case.provisions)].id
        return without_provision(case, gone)
    if kind == "add provision":
        return with_provision(case, f"added-{m % 2}", size, by)
    return _edited_level(case, edit, by)


def _edited_level(case: Case, edit: Edit, by: str) -> Case:
    kind, n, m, size = edit
    put = dataclasses.replace
    provision = case.provisions[n % len(case.provisions)]
    place = 1 + m % (len(provision.levels) - 1)
    level = provision.levels[place]
    if kind == "exclude":
        provision = put(
            provision, excluded={**provision.excluded, level.name: judged(f"{by} {size}")}
        )
    elif kind == "include":
        provision = put(provision, excluded={})
    elif kind == "present":
        provision = put(provision, present={} if provision.present else {level.name: judged(by)})
    else:
        if kind == "drop effect":
            keys = list(level.effects)
            effects = {
                k: v for k, v in level.effects.items() if not keys or k != keys[n % len(keys)]
            }
            level = put(level, effects=effects)
        elif kind == "condition":
            level = put(level, condition=f"{by} {size}")
        else:
            keys = ["crisis", "punish", *(("harm", g) for g in case.guarantors)]
            level = put(level, effects={**level.effects, keys[n % len(keys)]: size})
        provision = put(provision, levels=_with(provision.levels, place, level))
    return put(case, provisions=_with(case.provisions, n, provision))


def without_guarantor(case: Case, name: str) -> Case:
    put = dataclasses.replace
    provisions = tuple(
        put(
            p,
            borne_by=tuple(b for b in p.borne_by if b != name),
            levels=tuple(
                put(
                    x,
                    effects={
                        k: v for k, v in x.effects.items() if isinstance(k, str) or k[1] != name
                    },
                )
                for x in p.levels
            ),
        )
        for p in case.provisions
    )
    return put(
        case,
        guarantors=tuple(g for g in case.guarantors if g != name),
        parameters=tuple(p for p in case.parameters if p.of != name),
        provisions=provisions,
        red_lines=tuple(r for r in case.red_lines if r.party != name),
    )


def with_guarantor(case: Case, name: str, size: float) -> Case:
    if name in case.guarantors:
        return case
    from foedus.case import usual_parameters  # noqa: PLC0415

    more = [p for p in usual_parameters((name,), []) if p.of == name]
    first, *rest = case.provisions
    last = first.levels[-1]
    last = dataclasses.replace(last, effects={**last.effects, ("help", name): size})
    first = dataclasses.replace(first, levels=(*first.levels[:-1], last), borne_by=())
    return dataclasses.replace(
        case,
        guarantors=(*case.guarantors, name),
        parameters=(*case.parameters, *more),
        provisions=(first, *rest),
    )


def without_provision(case: Case, gone: str) -> Case:
    put = dataclasses.replace
    return put(
        case,
        provisions=tuple(
            put(
                p,
                levels=tuple(
                    put(x, excludes=tuple(t for t in x.excludes if t.provision != gone))
                    for x in p.levels
                ),
            )
            for p in case.provisions
            if p.id != gone
        ),
        parameters=tuple(p for p in case.parameters if p.of != gone),
        red_lines=tuple(r for r in case.red_lines if r.provision != gone),
    )


def with_provision(case: Case, name: str, size: float, by: str) -> Case:
    if any(p.id == name for p in case.provisions):
        return case
    from foedus.case import usual_parameters  # noqa: PLC0415

    levels = (
        Level(name="none", title="None", effects={}, source=judged("none")),
        Level(name="full", title=f"{by}", effects={"denial": size}, source=judged(by)),
    )
    new = Provision(id=name, title=f"{by} adds this", levels=levels, excluded={})
    more = [p for p in usual_parameters((), [name]) if p.of == name]
    return dataclasses.replace(
        case, provisions=(*case.provisions, new), parameters=(*case.parameters, *more)
    )


def from_yaml_again(case: Case) -> Case:
    return from_yaml(to_yaml(case), "again")


def sorted_parts(case: Case) -> Case:
    """Return the case with its parts in one order: a merge keeps the order of the edited file."""
    return dataclasses.replace(
        from_yaml_again(case),
        guarantors=tuple(sorted(case.guarantors)),
        provisions=tuple(sorted(case.provisions, key=lambda p: p.id)),
        parameters=tuple(sorted(case.parameters, key=lambda p: p.key)),
        red_lines=tuple(sorted(case.red_lines, key=lambda r: (r.party, r.provision))),
        notes=tuple(sorted(case.notes)),
    )


def merged(base: Case, mine: Case, theirs: Case) -> Case:
    return merge_texts(to_yaml(mine), to_yaml(base), to_yaml(theirs), "mine").case


LAW = settings(max_examples=20, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
"""A merge reads four texts: a fifth of a second. A fault is shown as drawn, not made smaller."""


# -- laws -----------------------------------------------------------------------------------------


@LAW
@given(EDITS)
def test_what_only_the_machine_changed_is_taken(edits: list[Edit]) -> None:
    other = edited(BASE, edits, "machine")
    assert sorted_parts(merged(BASE, BASE, other)) == sorted_parts(other)


@LAW
@given(EDITS)
def test_what_only_a_person_changed_is_kept_to_the_letter(edits: list[Edit]) -> None:
    mine = edited(BASE, edits, "person")
    text = to_yaml(mine)
    made = merge_texts(text, to_yaml(BASE), to_yaml(BASE), "mine")
    assert made.case == from_yaml(text, "mine")
    assert split_draft(made.text, "mine")[0] == text
    assert made.conflicts == made.taken == ()


@LAW
@given(EDITS)
def test_what_both_changed_alike_is_no_conflict(edits: list[Edit]) -> None:
    both = edited(BASE, edits, "both")
    made = merge_texts(to_yaml(both), to_yaml(BASE), to_yaml(both), "mine")
    assert made.case == from_yaml_again(both)
    assert made.conflicts == ()


@LAW
@given(EDITS, EDITS)
def test_a_merge_is_a_case_and_merging_the_same_draft_again_changes_nothing(
    mine: list[Edit], theirs: list[Edit]
) -> None:
    texts = [to_yaml(edited(BASE, mine, "person")), to_yaml(edited(BASE, theirs, "machine"))]
    made = merge_texts(texts[0], to_yaml(BASE), texts[1], "mine")
    body, drafted = split_draft(made.text, "mine")
    assert drafted == texts[1]
    assert check(made.case, "merged")
    again = merge_texts(body, drafted, texts[1], "mine")
    assert again.text == made.text
    assert again.conflicts == again.taken == ()


@LAW
@given(EDITS, EDITS)
def test_no_edit_of_a_person_is_lost(mine: list[Edit], theirs: list[Edit]) -> None:
    """Whatever the file says other than the old draft, the merged file says too."""
    base, own = to_yaml(BASE), to_yaml(edited(BASE, mine, "person"))
    made = merge_texts(own, base, to_yaml(edited(BASE, theirs, "machine")), "mine")
    before, after = leaves(base), leaves(split_draft(made.text, "m")[0])
    for path, value in leaves(own).items():
        if before.get(path) != value and path != ("guarantors",):
            assert after[path] == value, path
    for path in before.keys() - leaves(own).keys():
        assert path not in after, path


def leaves(text: str) -> dict[tuple[str, ...], object]:
    found: dict[tuple[str, ...], object] = {}

    def walk(path: tuple[str, ...], part: object) -> None:
        parts = part.parts  # type: ignore[attr-defined]
        if parts is None:
            found[path] = part.value  # type: ignore[attr-defined]
        for name, inner in (parts or {}).items():
            walk((*path, name), inner)

    walk((), outline(text, "text").root)
    return found
