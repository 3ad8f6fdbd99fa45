"""Deals beside each other in plain words: the same sentences and tables for terminal and page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.show.findings import end_words, key_words, red_line_short
from foedus.show.words import at_most, both, capital, clean, counted, figure, listing, percent
from foedus.show.words import span_of_years as years_of

if TYPE_CHECKING:
    from foedus.answer.compared import Change, Cheapest, Group, Heading, Makeup, Relaxation, Sketch
    from foedus.answer.values import Answer, Estimate

    Ends = dict[str, Estimate]

DIFFER_MOST, FULL_MOST = 6, 2
"""Provisions named in which alike deals differ, at most, and up to which with their levels."""
HEADINGS_MOST = 4
MEASURES = {
    "robustness": "meets",
    "agree": "agreed",
    "survive": "holds",
    "lasting": "lasts",
    "security": "security",
    "cost": "cost",
}
TARGETS = {
    "robustness": "meets every criterion in {} or more of futures",
    "agree": "is accepted by all with a chance of {} or more",
    "survive": "holds to the horizon, once agreed, with a chance of {} or more",
    "lasting": "is agreed and holds with a chance of {} or more",
    "security": "is worth {} or more of lasting peace to the protected state",
}
FAMILIES = {
    "support": "support from abroad",
    "sanctions": "sanctions",
    "politics": "politics at home: patience, and what the war costs each side",
    "escalation": "escalation: crises, and what a new war would cost",
    "fighting": "how the fighting goes",
    "terms": "how well the deal's own terms work",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a comparison: sentences, and a table if it has a ``header``."""

    title: str
    lines: tuple[str, ...]
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    note: str = ""


def compared_parts(answer: Answer) -> tuple[Part, ...]:
    """Return what is said of deals beside each other, as far as there is something to say."""
    found = (
        _red_lines(answer),
        _groups(answer),
        *(_makeup(one) for one in answer.makeups),
        _cheapest(answer),
        _changes(answer),
    )
    return tuple(part for part in found if part is not None)


def outlook_parts(answer: Answer) -> tuple[Part, ...]:
    """Return how the conflict ends over time with the likely deal, by package, and on what."""
    headings = {heading.deal: heading for heading in answer.outlook.headings}
    likely = answer.outlook.likely
    parts = []
    if likely is not None and likely in headings:
        gains = listing(f"{party} {figure(gain)}" for party, gain in answer.outlook.gains)
        among = counted(answer.outlook.acceptable, "deal")
        said = (
            f"What each side can expect of deal {likely + 1} over going on, in shares of the good: "
            f"{gains}; picked among {among} by which both can gain."
        )
        titles = [years_of(year) for year, _ in headings[likely].ends]
        columns = [dict(ends) for _, ends in headings[likely].ends]
        parts.append(_ends_part(answer, "With the likely deal, after", (said,), titles, columns))
    packages = [h for h in answer.outlook.headings if h.deal is not None][:HEADINGS_MOST]
    if len(packages) > 1:
        titles = [f"deal {(h.deal or 0) + 1}" for h in packages]
        columns = [dict(h.ends[-1][1]) for h in packages]
        title = f"By package, after {years_of(answer.case.horizon_years)}"
        parts.append(_ends_part(answer, title, (), titles, columns))
    shown = [headings[deal] for deal in dict.fromkeys((None, likely)) if deal in headings]
    if shown:
        lines = tuple(_driven(answer, heading) for heading in shown)
        parts.append(Part(title="What it hangs on", lines=lines, note=_SHARES))
    return tuple(parts)


_SHARES = (
    "Shares of what varies between futures in the seven ends together, each explained by the "
    "inputs of a family one by one; the rest is what inputs do only together, or not clearly."
)


def _ends_part(
    answer: Answer,
    title: str,
    lines: tuple[str, ...],
    titles: list[str],
    columns: list[Ends],
) -> Part:
    names = [name for name in columns[0] if any(ends[name].mean > 0 for ends in columns)]
    return Part(
        title=title,
        lines=lines,
        header=(title, *titles),
        rows=tuple(
            (
                capital(end_words(name, answer.case)),
                *(percent(ends[name].mean) for ends in columns),
            )
            for name in names
        ),
    )


def _driven(answer: Answer, heading: Heading) -> str:
    what = "Without a deal" if heading.deal is None else f"With deal {heading.deal + 1}"
    drivers = [d for d in heading.drivers if d.share >= 0.005]
    most = [key_words(d.parameters[0][0], answer.case) for d in drivers]
    told = "; ".join(
        f"{FAMILIES[driver.family]} {percent(driver.share)} (most: {key})"
        for driver, key in zip(drivers, most, strict=True)
    )
    rest = percent(heading.unexplained)
    return clean(f"{what}: {told or 'nothing stands out'}; the rest {rest}.")


def _red_lines(answer: Answer) -> Part | None:
    lines = answer.red_lines
    if lines is None or not answer.case.red_lines:
        return None
    possible = counted(answer.possible, "possible deal")
    words = [f"Of {possible}, {lines.free:,} cross no red line in force."]
    if lines.best is not None:
        words.append(f"The likeliest of those solved to last: {sketch_words(lines.best)}.")
    words += [
        f"Switched off: {red_line_short(answer.case.red_lines[i], answer.case)}: "
        f"{answer.case.red_lines[i].why}"
        for i in lines.off
    ]
    words += [
        f"Giving up together {_together(answer, one)} is the least that opens a deal."
        for one in lines.least
    ]
    single = [*lines.least, *lines.single]
    return Part(
        title="What the red lines leave, and what giving one up would open",
        lines=tuple(map(clean, words)),
        header=("Given up", "opens", "solved", "best meets", "best agreed"),
        rows=tuple(
            (
                _together(answer, one),
                f"{one.opens:,}",
                f"{one.compared:,}",
                "-" if one.robust is None else percent(one.robust.robustness),
                "-" if one.agreed is None else percent(one.agreed.agree),
            )
            for one in single
        ),
        note="opens: possible deals that cross no other red line; best meets, best agreed: among "
        "those of them that were solved, for whoever holds to the criteria and for whoever wants "
        "all to sign.",
    )


def _together(answer: Answer, one: Relaxation) -> str:
    return listing(red_line_short(answer.case.red_lines[i], answer.case) for i in one.lines)


def _groups(answer: Answer) -> Part | None:
    several = [group for group in answer.groups if group.size > 1]
    if not several:
        return None
    return Part(
        title="Deals that come out alike",
        lines=tuple(group_words(group) for group in several),
        note=f"Alike: nowhere more than {figure(several[0].tolerance)} apart, in chances and in "
        f"shares of the good, and crossing the same red lines; {_basis(answer)}.",
    )


def group_words(group: Group) -> str:
    """Say which deals are alike, and in what they differ."""
    numbers = listing(str(index + 1) for index in group.deals)
    full = len(group.differ) <= FULL_MOST
    parts = [f"{t} ({' or '.join(levels)})" if full else t for t, levels in group.differ]
    mix = ", in any mix" if group.free and len(parts) > 1 else ""
    word = "Deal" if len(group.deals) == 1 else "Deals"
    return clean(
        f"{word} {numbers}: {group.size:,} deals are alike and differ only in "
        f"{at_most(parts, DIFFER_MOST)}{mix}."
    )


def _makeup(makeup: Makeup) -> Part:
    names = [_measure_words(name) for name in makeup.measures]
    rows = [
        (clean(f"{one.provision}: {one.level}"), *(_points(w.adds) for w in one.worth))
        for one in makeup.contributions
    ]
    ends = [
        ("A stop to the fighting alone", *map(_whole, makeup.bare)),
        (f"Deal {makeup.deal + 1}", *map(_whole, makeup.whole)),
    ]
    errors = [w.error for one in makeup.contributions for w in one.worth if w.error is not None]
    worst = f"{100 * max(errors, default=0.0):.1f}"
    drawn = (
        f"; from {makeup.orders} orders drawn by chance, with standard errors of {worst} or less"
        if makeup.orders
        else ""
    )
    return Part(
        title=f"What each part of deal {makeup.deal + 1} adds, in points of a hundred",
        lines=(),
        header=("Part", *names),
        rows=(ends[0], *rows, ends[1]),
        note="What a part adds when it comes in, averaged over all orders in which the parts could "
        f"come in (Shapley values): first and last row differ by their sum{drawn}. meets: every "
        "criterion; agreed: by all; holds: to the horizon; then each party's acceptance, and, if "
        "there is room, cost in hundredths of the good.",
    )


def _measure_words(name: str) -> str:
    kind, _, party = name.removesuffix("]").partition("[")
    if not party:
        return MEASURES[kind]
    return clean(party if kind == "accepts" else f"cost to {party}")


def _points(adds: float) -> str:
    points = f"{100 * adds:+.1f}"
    return "0" if float(points) == 0 else points


def _whole(value: float) -> str:
    return f"{100 * value:.1f}"


def _cheapest(answer: Answer) -> Part | None:
    if not answer.cheapest:
        return None
    return Part(
        title="The cheapest deals that reach a target",
        lines=tuple(_cheap_words(one) for one in answer.cheapest),
        note=f"Cost: discounted, given agreement, in shares of the good; {_basis(answer)}.",
    )


def _cheap_words(one: Cheapest) -> str:
    goal = TARGETS[one.target.measure].format(percent(one.target.least))
    if one.deal is None or one.cost is None:
        most = sketch_words(one.most)
        return clean(f"No deal compared {goal}; the nearest is {most}.")
    payer = "the guarantors together" if one.payer is None else one.payer
    return clean(
        f"For {payer}, the cheapest that {goal} costs {figure(one.cost)}: "
        f"{sketch_words(one.deal)}. Of the deals compared {one.reached:,} reach it."
    )


def _changes(answer: Answer) -> Part | None:
    if not answer.changes:
        return None
    return Part(
        title="The smallest change that would make a deal acceptable",
        lines=tuple(_change_words(answer, one) for one in answer.changes),
        note=f"Acceptable: all accept with a chance of {percent(answer.changes[0].share)} or more; "
        f"fewest parts changed, then fewest steps; {_basis(answer)}.",
    )


def _change_words(answer: Answer, one: Change) -> str:
    why = {
        "bare": "A stop to the fighting alone",
        "respectful": f"The best deal that crosses no red line ({one.deal.short})",
        "asked": f"The deal asked about ({one.deal.short})",
    }[one.why]
    now = f"{why}: all accept it with a chance of {both(one.deal.agree)}"
    if one.to is None:
        none = "no deal of the case" if answer.whole else "no deal compared"
        return clean(f"{now}; {none} is acceptable.")
    if not one.changed:
        return clean(f"{now}; it is acceptable as it is.")
    moves = "; ".join(f"{title}: from {old} to {new}" for title, old, new in one.changed)
    return clean(f"{now}. Change {moves}: then {both(one.to.agree)}.")


def sketch_words(sketch: Sketch) -> str:
    """Name a deal, and say how it fares in a few figures."""
    number = "" if sketch.told is None else f"deal {sketch.told + 1}, "
    return clean(
        f"{number}{sketch.short} (meets {percent(sketch.robustness)}, agreed "
        f"{percent(sketch.agree)}, holds {percent(sketch.survive)})"
    )


def _basis(answer: Answer) -> str:
    """Say among which deals was looked."""
    if answer.whole:
        return f"among all {answer.compared:,} deals of the case"
    return f"among the {answer.compared:,} deals solved, of {answer.possible:,} possible"
