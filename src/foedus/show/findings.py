"""What the answer says, in plain words: the five lines that come first, and the names of things.

Nothing is worked out here: each sentence puts values of the answer, or a count of what it lists,
into words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.show.words import (
    at_most,
    both,
    capital,
    clean,
    counted,
    figure,
    frequency,
    listing,
    percent,
    span_of_years,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from foedus.answer.values import Answer, DealView, Hinge
    from foedus.case.values import Case, Distribution, Parameter, RedLine
    from foedus.show.values import Brief

_PARAMETERS = {
    "delta": "how much the sides care about the future (discount factor)",
    "x0": "share of the disputed good that {c} holds",
    "crisis": "how often crises come in peace",
    "hold": "chance that {p} alone holds off a new attack",
    "fight_c": "cost of a new war to {c}",
    "fight_p": "cost of a new war to {p}",
    "shock_mean": "what acting in a crisis usually costs {c}",
    "shock_scale": "how much that cost varies from crisis to crisis",
    "war_win_c": "chance that {c} wins the present war",
    "war_win_p": "chance that {p} wins the present war",
    "war_freeze": "chance that the present war stops with no deal",
    "war_cost_c": "cost of the present war to {c}",
    "war_cost_p": "cost of the present war to {p}",
    "fight_g": "cost of fighting to {of}",
    "war_support": "cost to {of} of backing {p} in the present war",
    "stake_mean": "how much {p} usually matters to {of}",
    "stake_scale": "how unsure the others are of what {p} matters to {of}",
    "effect": "how well this works: {of}",
}
_EFFECTS = {
    "share": "moves the line",
    "value_c": "other gain to {c}",
    "value_p": "other gain to {p}",
    "denial": "helps {p} hold alone",
    "punish": "cost to {c} of any challenge",
    "provoke": "cost to {c} of living with it",
    "crisis": "change in how often crises come (log)",
    "delay": "periods until in force",
    "help": "help by fighting",
    "harm": "cost to {c} if it fights",
    "cost": "running cost",
    "renege": "cost of not honouring",
    "risk": "added cost of fighting",
}
_ENDS = {
    "holds": "the settlement holds",
    "breaks_fight": "the settlement breaks and a guarantor fights",
    "breaks_alone": "the settlement breaks and no guarantor fights",
    "war_on": "no deal, and the war goes on",
    "frozen": "no deal, and the front freezes",
    "c_prevails": "no deal, and {c} prevails",
    "p_prevails": "no deal, and {p} prevails",
}
PARTS_MOST = 3
SOURCE_ORDER = ("assumption", "judgement", "base-rate", "published", "claim")
"""Kinds of source, the weakest first: a reader should meet the assumptions before anything else."""
SOURCE_WORDS = {
    "assumption": "assumption",
    "judgement": "a person's judgement",
    "base-rate": "published base rate",
    "published": "published figure",
    "claim": "said in the reports",
}


def headline(brief: Brief) -> tuple[str, ...]:
    """Return the answer in five lines or fewer; with no answer, why and what to do."""
    answer = brief.answer
    if answer is None:
        return _why_none(brief)
    lines = [_red_lines(answer)]
    if answer.picks:
        best = answer.deals[answer.picks[0].deal]
        lines.append(_best(answer, best))
        lines.append(_holding(answer, best))
    lines.append(_heading(answer))
    if answer.hinges:
        lines.append(f"What it hinges on: {hinge_words(answer, answer.hinges[0])}")
    else:
        lines.append("No single uncertain input clearly changes the choice of deal.")
    return tuple(lines)


def end_words(end: str, case: Case) -> str:
    """Name one of the seven ends."""
    return clean(_ENDS[end].format(c=case.challenger, p=case.protected))


def parameter_words(parameter: Parameter, case: Case) -> str:
    """Say what a parameter is."""
    titles = {provision.id: provision.title for provision in case.provisions}
    of = titles.get(parameter.of or "", parameter.of or "")
    pattern = _PARAMETERS.get(parameter.name, parameter.key)
    return clean(pattern.format(c=case.challenger, p=case.protected, of=of))


def key_words(key: str, case: Case) -> str:
    """Say what the parameter with a key is; the key itself when the case does not have it."""
    by_key = {parameter.key: parameter for parameter in case.parameters}
    return parameter_words(by_key[key], case) if key in by_key else clean(key)


def effect_words(key: str | tuple[str, str], value: float, case: Case) -> str:
    """Say one effect of a level: "help by fighting (Norrland): 0.4"."""
    name, guarantor = (key, None) if isinstance(key, str) else key
    words = _EFFECTS.get(name, name).format(c=case.challenger, p=case.protected)
    return clean(
        f"{words} ({guarantor}): {figure(value)}" if guarantor else f"{words}: {figure(value)}"
    )


def range_words(distribution: Distribution) -> str:
    """Write what a parameter may be: "0.4 to 0.65", or one value."""
    if distribution.low == distribution.high:
        return figure(distribution.low)
    uneven = ""
    if distribution.kind in ("loguniform", "lognormal"):
        uneven = ", smaller values likelier"
    elif distribution.kind in ("triangular", "pert", "normal"):
        uneven = f", likeliest {figure(distribution.shape[0])}"
    return f"{figure(distribution.low)} to {figure(distribution.high)}{uneven}"


def red_line_words(line: RedLine, case: Case) -> str:
    """Say a red line: "Velmark will not have territorial terms: ceded"; and if it is off, why."""
    provision = next((p for p in case.provisions if p.id == line.provision), None)
    titles = {level.name: level.title for level in provision.levels} if provision else {}
    title = provision.title if provision else line.provision
    levels = " or ".join(titles.get(name, name) for name in line.levels)
    off = "" if line.active else f" (switched off: {line.why.rstrip('.')})"
    return clean(f"{line.party} will not have {title}: {levels}{off}")


def red_line_short(line: RedLine, case: Case) -> str:
    """Say whose red line, and on what: "Velmark on territorial terms"."""
    titles = {provision.id: provision.title for provision in case.provisions}
    return clean(f"{line.party} on {titles.get(line.provision, line.provision)}")


def collision_words(lines: tuple[int, ...], case: Case) -> str:
    """Say which red lines leave nothing to choose: "on territorial terms, those of Ardal and ...".

    All lines of a smallest such set are on one provision, so the first one's names it.
    """
    clash = [case.red_lines[index] for index in lines]
    titles = {provision.id: provision.title for provision in case.provisions}
    title = titles.get(clash[0].provision, clash[0].provision)
    parties = listing(dict.fromkeys(line.party for line in clash))
    return clean(f"on {title}, those of {parties} rule out every choice")


def hinge_words(answer: Answer, hinge: Hinge) -> str:
    """Say a hinge in a sentence or two."""
    what = key_words(hinge.parameter, answer.case)
    weight = f"{what} explains {percent(hinge.weight)} of the differences between futures"
    if hinge.flips_at is None or hinge.below == hinge.above:
        return f"{weight}; no value in its range clearly changes the choice."
    today = {pick.measure: pick.deal for pick in answer.picks}.get(hinge.measure)
    side = "above" if hinge.below == today else "below"
    return (
        f"{weight}; {side} {figure(hinge.flips_at)} another deal is the better choice, "
        f"and the chance of that is {both(hinge.chance_beyond)}."
    )


def ends_words(answer: Answer, deal: DealView) -> str:
    """Say how a deal ends: with a settlement, and without one."""
    told = {name: percent(e.mean) for name, e in deal.ends if e.mean > 0}
    words = {name: end_words(name, answer.case) for name in told}
    settled = [
        f"{words[name].removeprefix('the settlement ')} {chance}"
        for name, chance in told.items()
        if words[name].startswith("the settlement ")
    ]
    others = [
        f"{words[name].removeprefix('no deal, and ')} {chance}"
        for name, chance in told.items()
        if not words[name].startswith("the settlement ")
    ]
    parts = [
        f"{title}: {', '.join(listed)}"
        for title, listed in (("agreed", settled), ("not agreed", others))
        if listed
    ]
    return "; ".join(parts)


def criteria_words(case: Case) -> str:
    """Say what a deal must reach in a future to count as good there."""
    least = case.criteria
    return (
        f"A deal meets every criterion in a future when both sides accept; all guarantors do with "
        f"a chance of {percent(least.alpha_least)} or more; it then holds "
        f"{span_of_years(case.horizon_years)} with {percent(least.survive_least)} or more; the "
        f"chance of a challenge before it is in force is {percent(least.window_risk_most)} or "
        f"less, that of direct war with a guarantor {percent(least.direct_war_most)} or less; and "
        f"it is worth to {clean(case.protected)} {percent(least.security_least)} or more of what "
        f"lasting peace would be."
    )


def futures_words(share: float) -> str:
    """Say a share of futures: "about 1 in 3 futures (33%)"."""
    if share <= 0:
        return "no future looked at"
    if share >= 1:
        return "every future looked at"
    return f"{frequency(share)} futures ({percent(share)})"


def pick_words(answer: Answer, index: int) -> tuple[str, ...]:
    """Return for what, and for whom, a deal was picked; empty when it was not."""
    return tuple(
        clean(f"{pick.measure} (for {pick.whose})") for pick in answer.picks if pick.deal == index
    )


def caution_words(deal: DealView) -> str:
    """Say in how many futures the game had several solutions, or none that was found."""
    parts: list[str] = []
    if deal.multiple_share > 0:
        share = percent(deal.multiple_share)
        parts.append(f"the game has several solutions in {share} of futures; the worse one is told")
    if deal.failed_share > 0:
        share = percent(deal.failed_share)
        parts.append(f"no solution was found in {share} of futures; these are left out")
    return "; ".join(parts)


def picked(answer: Answer) -> tuple[int, ...]:
    """Return the deals that were picked, each once, in the order of the picks."""
    return tuple(dict.fromkeys(pick.deal for pick in answer.picks))


def binding_words(deal: DealView) -> str:
    """Name the party least likely to accept, and the chance that it does."""
    accepts = next((p.accepts for p in deal.parties if p.party == deal.binding), None)
    return clean(deal.binding) if accepts is None else f"{clean(deal.binding)} ({percent(accepts)})"


def by_weakness(parameters: Iterable[Parameter]) -> list[Parameter]:
    """Order parameters by what they rest on, assumptions first, else as the case has them."""
    return sorted(parameters, key=lambda p: SOURCE_ORDER.index(p.source.kind))


def _why_none(brief: Brief) -> tuple[str, ...]:
    lines = ["There is no answer: no game could be drawn from what was read."]
    if brief.no_answer is not None:
        lines += [clean(str(fault)) for fault in brief.no_answer.faults]
    return tuple(lines)


def _red_lines(answer: Answer) -> str:
    if not answer.case.red_lines:
        return "No red line of any side is on record, so none limits the deals."
    if answer.collisions:
        clashes = "; ".join(collision_words(lines, answer.case) for lines in answer.collisions)
        return f"No possible deal satisfies everyone's red lines: {clashes}."
    if answer.red_lines is not None and answer.red_lines.free:
        free, possible = answer.red_lines.free, counted(answer.possible, "possible deal")
        kept = sum(not deal.crossed for deal in answer.deals)
        verb = "crosses" if free == 1 else "cross"
        return f"Of {possible} {free:,} {verb} no red line, {kept or 'none'} of those told here."
    if not answer.red_line_free:
        return "No deal looked at satisfies everyone's red lines."
    kept = sum(not deal.crossed for deal in answer.deals)
    verb = "crosses" if kept == 1 else "cross"
    return f"{kept} of the {counted(len(answer.deals), 'deal')} looked at {verb} no red line."


def _best(answer: Answer, best: DealView) -> str:
    pick = answer.picks[0]
    tests = f"All criteria are met in {futures_words(best.robustness)}"
    parties = dict.fromkeys(answer.case.red_lines[line].party for line in best.crossed)
    crossing = f"; it crosses a red line of {clean(listing(parties))}" if parties else ""
    name = f"deal {pick.deal + 1}, {short_name(best)}"
    return f"{capital(clean(pick.measure))}: {name}. {tests}{crossing}."


def short_name(deal: DealView) -> str:
    """Return a deal's name; of one with many parts, the first few."""
    if deal.short:
        return clean(deal.short)
    if len(deal.parts) <= PARTS_MOST:
        return clean(deal.name)
    return at_most([clean(f"{title}: {level}") for title, level in deal.parts], PARTS_MOST)


def _holding(answer: Answer, best: DealView) -> str:
    years = span_of_years(answer.case.horizon_years)
    return (
        f"Where it is agreed, it holds {years} with a chance of {both(best.survive.mean)}; "
        f"all sides agree with a chance of {both(best.agree.mean)}, and the hardest to win over is "
        f"{binding_words(best)}."
    )


def _heading(answer: Answer) -> str:
    if not answer.outlook.no_deal:
        return "No outlook was worked out."
    year, ends = answer.outlook.no_deal[-1]
    name, chance = max(ends, key=lambda end: end[1].mean)
    words = end_words(name, answer.case).removeprefix("no deal, and ")
    after = f"after {span_of_years(year)}"
    return f"Without a deal, the likeliest end {after}: {words}, {both(chance.mean)}."
