"""What is uncertain about the answer, in plain words: the same for terminal and page.

Behind each figure stands its name, by which ``foedus explain`` walks it back to its sources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.show.beside import Part
from foedus.show.findings import key_words, red_line_short
from foedus.show.sources import name_of
from foedus.show.words import both, capital, clean, counted, figure, listing, percent

if TYPE_CHECKING:
    from foedus.answer.uncertainty_values import Box, Discovery, Dropped, Knowing, Uncertainty
    from foedus.answer.values import Answer
    from foedus.show.sources import Sources

INDICES_MOST = 5
KNOWING_MOST = 5
CLEAR = 2.0
"""What is worth knowing is told when it is this many standard errors above nought."""

_SHARES = (
    "Shares of the variance between futures: what knowing the input alone would take away, and "
    "what would be left if all else were known; with half of the 95% interval."
)
_POINTS = (
    "By how many points the chance of a lasting agreement would rise on average if this were known "
    "before choosing; with its standard error."
)
_CRITERIA = {
    "accept_c": "{c} does not accept",
    "accept_p": "{p} does not accept",
    "alpha": "the guarantors are not likely enough to accept",
    "survive": "it is not likely enough to hold",
    "window_risk": "it is too likely to be challenged before it is in force",
    "direct_any": "direct war with a guarantor is too likely",
    "security": "it is worth too little to {p}",
}


def doubt_parts(answer: Answer, sources: Sources) -> tuple[Part, ...]:
    """Return what is said of the doubts about today's choice; nothing where none were looked at."""
    doubts = answer.uncertainty
    if doubts is None:
        return ()
    found = (
        _where(answer, doubts),
        _varies(answer, doubts),
        _knowing(answer, doubts),
        _without(answer, doubts, sources),
    )
    return tuple(part for part in found if part is not None)


def _where(answer: Answer, doubts: Uncertainty) -> Part:
    """Say in which futures today's choice fails, and in which it meets every criterion."""
    lines: list[str] = []
    number = 0
    for place, discovery in enumerate(doubts.discoveries, 1):
        what = _outcome(answer, discovery)
        share = f"{capital(what)}: in {both(discovery.share)} of {discovery.futures:,} futures"
        lines.append(f"{share} (futures.{place}.share).")
        if not discovery.boxes and 0 < discovery.share < 1:
            lines.append("No few inputs fence these futures in: no box was clear of chance.")
        for box in discovery.boxes:
            number += 1
            lines.append(f"{_box(answer, box)} (box.{number}.density).")
    return Part(
        title=f"When deal {doubts.deal + 1}, today's choice, fails",
        lines=tuple(clean(line) for line in lines),
        note=f"Boxes were found in one half of the futures and told by the other. The game had "
        f"several solutions in {percent(doubts.multiple_share)} of pairs of a deal and a future, "
        f"of which the less lasting is told, and none that was found in "
        f"{percent(doubts.failed_share)}.",
    )


def _outcome(answer: Answer, discovery: Discovery) -> str:
    if discovery.outcome == "meets":
        return "meets every criterion"
    if discovery.criterion is None:
        return "fails some criterion"
    words = _CRITERIA[discovery.criterion]
    return f"fails as {words.format(c=answer.case.challenger, p=answer.case.protected)}"


def _box(answer: Answer, box: Box) -> str:
    limits = []
    for limit in box.limits:
        what = key_words(limit.parameter, answer.case)
        if limit.low is None:
            limits.append(f"{what} is below {figure(limit.high or 0.0)}")
        elif limit.high is None:
            limits.append(f"{what} is above {figure(limit.low)}")
        else:
            limits.append(f"{what} lies between {figure(limit.low)} and {figure(limit.high)}")
    return (
        f"Mostly when {listing(limits)}: so it is in {percent(box.mass)} of futures, where it "
        f"comes about in {percent(box.density)}; {percent(box.coverage)} of all such cases lie "
        f"there"
    )


def _varies(answer: Answer, doubts: Uncertainty) -> Part | None:
    """Say what makes the chance of a lasting agreement vary: a table of Sobol indices."""
    indices = [i for i in doubts.indices if i.deal == doubts.deal and i.measure == "lasting"]
    if not indices:
        return None
    told = [*indices[0].parameters[:INDICES_MOST], *indices[0].groups[:INDICES_MOST]]
    return Part(
        title="What makes its chance of a lasting agreement vary",
        lines=(_SHARES,),
        header=("Input, or group of them", "alone", "in all"),
        rows=tuple(
            (
                _named(answer, one.of),
                f"{percent(max(0.0, one.first))} ±{percent(one.first_half)}",
                f"{percent(max(0.0, one.total))} ±{percent(one.total_half)}",
            )
            for one in told
        ),
        note="Their names: sobol.lasting.INPUT.first and sobol.lasting.INPUT.total.",
    )


def _named(answer: Answer, of: str) -> str:
    """Say what an input or a group is, with its name in brackets."""
    if of in {parameter.key for parameter in answer.case.parameters}:
        return f"{capital(key_words(of, answer.case))} ({of})"
    return clean("Everything" if of == "everything" else f"All of: {of}")


def _knowing(answer: Answer, doubts: Uncertainty) -> Part | None:
    """Say what is worth finding out before choosing."""
    if doubts.everything is None:
        return None
    clear = [one for one in doubts.knowing if one.value > CLEAR * one.error][:KNOWING_MOST]
    clear += [one for one in doubts.groups if one.value > CLEAR * one.error][:KNOWING_MOST]
    lines = (_POINTS, "Nothing by itself is clearly worth knowing first.")
    return Part(
        title="What is worth finding out first",
        lines=lines[:1] if clear else lines,
        header=("What is known", "points"),
        rows=tuple(_worth(answer, one) for one in (*clear, doubts.everything)),
        note="Their names: knowing.INPUT.",
    )


def _worth(answer: Answer, one: Knowing) -> tuple[str, ...]:
    points = f"+{100 * one.value:.1f} ±{100 * one.error:.1f}"
    return (_named(answer, one.of), points)


def _without(answer: Answer, doubts: Uncertainty, sources: Sources) -> Part | None:
    """Say what the answer would be without each report."""
    if doubts.dropped is None:
        return None
    lines = []
    for place, one in enumerate(doubts.dropped, 1):
        name = name_of(sources.reports[one.report])
        lines.append(
            clean(f'Without "{name}": {_change(answer, one)} (without.{place}.robustness).')
        )
    if not lines:
        lines.append("No part of the case rests on one report alone.")
    note = "" if not doubts.untried else f"{counted(doubts.untried, 'more report')} not looked at."
    return Part(title="If a report were not there, or wrong", lines=tuple(lines), note=note)


def _change(answer: Answer, one: Dropped) -> str:
    """Say what would go, and what would change."""
    gone = [
        f"{key_words(key, answer.case)} falls back to the usual range" for key in one.parameters
    ]
    gone += [f"{provision}: {level} is allowed again" for provision, level in one.reopened]
    lines = [red_line_short(answer.case.red_lines[line], answer.case) for line in one.red_lines]
    gone += [f"the red line of {line} is gone" for line in lines]
    if one.changes:
        what = f"the choice becomes {one.name}, {100 * one.gain:.1f} points likelier to last"
    else:
        what = "the choice stays"
    if one.collisions != one.collisions_before:
        what += f"; red lines then collide in {counted(one.collisions, 'set')}, now in "
        what += f"{one.collisions_before}"
    share = (
        f"all criteria met in {percent(one.robustness)}, with it {percent(one.robustness_before)}"
    )
    return f"{what}; {share}. {capital(listing(gone))}"


def course_words(answer: Answer, number: int) -> str:
    """Say where along its range a hinge has which deal as the choice, and in the middle future."""
    hinge = answer.hinges[number]
    if not hinge.stretches:
        return ""
    told = [
        f"{figure(one.low)} to {figure(one.high)}: "
        + ("no deal" if one.deal is None else f"deal {one.deal + 1}")
        for one in hinge.stretches
    ]
    words = f"Played anew with it fixed: {'; '.join(told)}"
    if len(hinge.central) > 1:
        at = " and ".join(figure(one.high) for one in hinge.central[:-1])
        return f"{words}. With all others at their medians the choice turns at {at}."
    return f"{words}. With all others at their medians the choice does not turn."
