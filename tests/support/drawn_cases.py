"""Cases drawn at random: every part of a case that can be, with names and words of any kind."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from foedus.case.values import (
    EFFECT_UNIT,
    GUARANTOR_EFFECTS,
    GUARANTOR_PARAMETERS,
    SCALAR_EFFECTS,
    SCALAR_PARAMETERS,
    Case,
    Criteria,
    Distribution,
    Level,
    Parameter,
    Provision,
    RedLine,
    Source,
    Tie,
)

words = st.text(min_size=1, max_size=120).filter(lambda text: text.strip() != "")
names = st.text(min_size=1, max_size=30).filter(lambda text: text == text.strip() != "")
chances = st.floats(0, 1)
sizes = st.floats(-1, 1)


@st.composite
def sources(draw: st.DrawFn) -> Source:
    kind = draw(st.sampled_from(["claim", "base-rate", "judgement", "published", "assumption"]))
    least = 1 if kind in ("claim", "base-rate", "published") else 0
    refs = draw(st.lists(words, min_size=least, max_size=3))
    mine = kind == "judgement"
    by = draw(st.just("") | words) if mine else ""
    date = draw(st.none() | st.dates()) if mine else None
    return Source(kind=kind, refs=tuple(refs), why=draw(words), by=by, date=date)


@st.composite
def distributions(draw: st.DrawFn, least: float, most: float) -> Distribution:
    kind = draw(st.sampled_from(["uniform", "loguniform"])) if least > 0 else "uniform"
    low, high = sorted((draw(st.floats(least, most)), draw(st.floats(least, most))))
    return Distribution(kind=kind, low=low, high=high)


@st.composite
def levels(draw: st.DrawFn, guarantors: list[str]) -> tuple[Level, ...]:
    keys: list[str | tuple[str, str]] = [e for e in SCALAR_EFFECTS if e != "delay"]
    keys += [(effect, g) for effect in GUARANTOR_EFFECTS for g in guarantors]
    made = []
    for i, name in enumerate(draw(st.lists(names, min_size=1, max_size=3, unique=True))):
        effects = draw(st.dictionaries(st.sampled_from(keys), sizes)) if i else {}
        if i and draw(st.booleans()):
            effects["delay"] = float(draw(st.integers(0, 50)))
        made.append(Level(name=name, title=draw(words), effects=effects, source=draw(sources())))
    return tuple(made)


@st.composite
def ties(draw: st.DrawFn, own: str, names_of: dict[str, list[str]]) -> tuple[Tie, ...]:
    """Ties to some of the other provisions."""
    return tuple(
        Tie(
            provision=other, source=draw(sources()),
            levels=tuple(draw(st.lists(st.sampled_from(held), min_size=1, unique=True))),
        )
        for other, held in names_of.items() if other != own and draw(st.booleans())
    )  # fmt: skip


@st.composite
def provisions_of(
    draw: st.DrawFn,
    name: str,
    choice: tuple[Level, ...],
    parties: list[str],
    names_of: dict[str, list[str]],
) -> Provision:
    tied = tuple(
        replace(
            level, requires=draw(ties(name, names_of)), excludes=draw(ties(name, names_of)),
            condition=draw(st.just("") | words),
            expires_years=draw(st.none() | st.floats(0.1, 99)),
        )
        if number else level
        for number, level in enumerate(choice)
    )  # fmt: skip
    excluded = {level.name: draw(sources()) for level in choice[1:] if draw(st.booleans())}
    may = [v.name for v in choice[1:] if v.name not in excluded and not v.effects.get("delay")]
    present = {may[0]: draw(sources())} if may and draw(st.booleans()) else {}
    return Provision(
        id=name, title=draw(words), levels=tied, excluded=excluded, present=present,
        borne_by=tuple(parties) if draw(st.booleans()) else (),
    )  # fmt: skip


@st.composite
def cases(draw: st.DrawFn) -> Case:
    parties = draw(st.lists(names, min_size=2, max_size=4, unique=True))
    challenger, protected, *guarantors = parties
    ids = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    choices = {name: draw(levels(guarantors)) for name in ids}
    names_of = {name: [level.name for level in choice] for name, choice in choices.items()}
    provisions = tuple(draw(provisions_of(name, choices[name], parties, names_of)) for name in ids)
    keys: list[tuple[str, str | None, str]]
    keys = [(name, None, unit) for name, unit in SCALAR_PARAMETERS.items()]
    keys += [(name, of, unit) for name, unit in GUARANTOR_PARAMETERS.items() for of in guarantors]
    keys += [("effect", of, EFFECT_UNIT) for of in ids]
    parameters = tuple(  # up to a third, so that the three hazards always leave room
        Parameter(
            name=name, of=of, unit=unit, source=draw(sources()),
            distribution=draw(distributions(1e-9, 0.33)),
        )
        for name, of, unit in keys
    )  # fmt: skip
    red_lines = tuple(
        RedLine(
            party=draw(st.sampled_from(parties)), provision=provision.id,
            levels=tuple(level.name for level in provision.levels), source=draw(sources()),
            active=active, why="" if active else draw(words),
        )
        for provision in provisions if draw(st.booleans())
        for active in [draw(st.booleans())]
    )  # fmt: skip
    return Case(
        title=draw(words),
        challenger=challenger,
        protected=protected,
        guarantors=tuple(guarantors),
        period_years=0.25,
        horizon_years=draw(st.sampled_from([0.25, 2.0, 10.0])),
        parameters=parameters,
        provisions=provisions,
        red_lines=red_lines,
        criteria=Criteria(alpha_least=draw(chances), security_least=draw(chances)),
        record_hash=draw(st.none() | words),
        notes=tuple(draw(st.lists(words, max_size=3))),
    )
