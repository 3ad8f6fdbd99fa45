"""A case to begin with: few provisions, the library's ranges, and a comment on what to do where."""

from __future__ import annotations

from foedus.case.check import check
from foedus.case.ranges import usual_parameters
from foedus.case.shelf import Instrument, instruments
from foedus.case.terms import slugs
from foedus.case.values import (
    GUARANTOR_EFFECTS,
    Case,
    Criteria,
    Level,
    Provision,
    RedLine,
    Source,
)
from foedus.case.yaml_out import to_yaml

CHALLENGER, PROTECTED, GUARANTOR = "Velmark", "Ardal", "Norrland"
"""Made-up states that stand in for those that are not named."""

_OF_ALL = ("monitoring", "military-aid", "sanctions-snapback", "territorial-terms")
_TOGETHER = ("help", "harm", "cost")  # of what several give together

_STEPS = """\
#
# How to go on:
# 1. Put in who plays which part. They are parts in the game, not a judgement of who is right.
# 2. Leave out provisions that nobody talks of and add those that somebody does: instruments with
#    levels and sizes to begin with are in the library (foedus case draft takes them from there).
# 3. Write down what each party says it will not have under red_lines, with where it said so.
# 4. Narrow the ranges that the answer hinges on, each with a source:
#    foedus case set FILE parameters.hold.value='{uniform: [0.4, 0.6]}' --why "..."
# 5. foedus case lint FILE says what to look at; foedus case check FILE what the ranges imply.
"""


def starting_case(challenger: str, protected: str, guarantors: tuple[str, ...]) -> Case:
    """Return a small case of these parties, all of it assumed or the library's.

    Raises
    ------
    CaseError
        When a name is given twice or is none.
    """
    held = instruments()
    provisions = tuple(
        _provision(held["mutual-defence"], f"mutual-defence:{slug}", (name,))
        for slug, name in zip(slugs(list(guarantors)), guarantors, strict=True)
    )
    provisions += tuple(_provision(held[name], name, guarantors) for name in _OF_ALL)
    title = f"{challenger} and {protected}: which guarantee would hold?"
    unsaid = Source(
        kind="assumption",
        refs=(),
        why=f"Put in as an example: look for where {protected} said so, or take it out.",
    )
    last = held["territorial-terms"].levels[-1].name
    more = [v.name for v in held["territorial-terms"].levels if v.effects.get("share", 0) > 0]
    case = Case(
        title=title,
        challenger=challenger,
        protected=protected,
        guarantors=guarantors,
        period_years=0.25,
        horizon_years=10.0,
        parameters=usual_parameters(guarantors, [p.id for p in provisions]),
        provisions=provisions,
        red_lines=(
            RedLine(
                party=protected,
                provision="territorial-terms",
                levels=tuple(more) or (last,),
                source=unsaid,
            ),
        ),
        criteria=Criteria(),
        record_hash=None,
        notes=("A case to begin with: nothing in it was found out about this war.",),
    )
    return check(case, title)


def starting_text(challenger: str, protected: str, guarantors: tuple[str, ...]) -> str:
    """Return the same as the text of a case file that says how to go on.

    Raises
    ------
    CaseError
        When a name is given twice or is none.
    """
    text = to_yaml(starting_case(challenger, protected, guarantors))
    first, second, rest = text.split("\n", 2)
    return f"{first}\n{second}\n{_STEPS}{rest}"


def _provision(instrument: Instrument, name: str, givers: tuple[str, ...]) -> Provision:
    """Return an instrument as a provision of ``givers``, who share what they give together."""
    whose = f" by {givers[0]}" if instrument.each and givers else ""
    return Provision(
        id=name,
        title=f"{instrument.title}{whose}",
        borne_by=givers if instrument.each else (),
        excluded={},
        levels=tuple(
            Level(
                name=level.name,
                title=level.title,
                effects=_effects(dict(level.effects), givers),
                source=level.source,
            )
            for level in instrument.levels
        ),
    )


def _effects(
    sizes: dict[str, float], givers: tuple[str, ...]
) -> dict[str | tuple[str, str], float]:
    effects: dict[str | tuple[str, str], float] = {}
    for name, size in sizes.items():
        if name not in GUARANTOR_EFFECTS:
            effects[name] = size
            continue
        for giver in givers:
            effects[name, giver] = size / len(givers) if name in _TOGETHER else size
    return effects
