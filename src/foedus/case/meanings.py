"""What each word of a case means, in one place: for a file's comments, its schema, its showing.

Symbols are those of the model page of the documentation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.case.values import DistributionKind, SourceKind

PARAMETERS: dict[str, str] = {
    "delta": "what a period's delay leaves of a value: the discount factor",
    "x0": "share of the good that the challenger holds",
    "crisis": "chance that a crisis arises, before any provision",
    "hold": "chance that the protected state alone keeps its share if attacked",
    "fight_c": "what a new war would cost the challenger",
    "fight_p": "what a new war would cost the protected state",
    "shock_mean": "what acting in a crisis costs the challenger beyond the war, on average",
    "shock_scale": "how much that differs from crisis to crisis",
    "war_win_c": "the present war ends in the challenger's victory",
    "war_win_p": "the present war ends in the protected state's victory",
    "war_freeze": "the present war stops at the line with no deal",
    "war_cost_c": "what the present war costs the challenger",
    "war_cost_p": "what the present war costs the protected state",
    "fight_g": "what fighting for the protected state would cost the guarantor",
    "war_support": "what backing the protected state in the present war costs the guarantor",
    "stake_mean": "what the good is worth to the guarantor, as others see it on average",
    "stake_scale": "how unsure the others are of that worth",
    "effect": "by how much the effects of a provision are multiplied",
}
"""What each parameter is."""

EFFECTS: dict[str, tuple[str, str]] = {
    "share": ("moved to the challenger", "share of the good"),
    "value_c": ("worth to the challenger", "share of the good, flow"),
    "value_p": ("worth to the protected state", "share of the good, flow"),
    "denial": ("adds to the chance to hold alone", "chance"),
    "punish": ("what any challenge costs the challenger", "share of the good"),
    "provoke": ("irks the challenger", "share of the good, flow"),
    "crisis": ("adds to the logarithm of crises per period", "logarithm"),
    "delay": ("until the level is in force", "periods"),
    "help": ("part of the gap in defence that the guarantor closes by fighting", "part"),
    "harm": ("what it costs the challenger if the guarantor fights", "share of the good"),
    "cost": ("what it costs the guarantor in peace", "share of the good, flow"),
    "renege": ("what not honouring costs the guarantor", "share of the good"),
    "risk": ("adds to the guarantor's cost of fighting", "share of the good"),
}
"""What each effect does, and its unit."""

CRITERIA: dict[str, str] = {
    "alpha_least": "all guarantors accept with at least this chance",
    "survive_least": "once agreed, it holds to the horizon with at least this chance",
    "window_risk_most": "a challenge before all is in force has at most this chance",
    "direct_war_most": "direct war with a guarantor has at most this chance by the horizon",
    "security_least": "it is worth at least this part of lasting peace to the protected state",
}
"""What a deal must reach in a future to count as good there."""

SOURCE_KINDS: dict[SourceKind, str] = {
    "claim": "entries of the record, named under refs",
    "base-rate": "how often it has happened, by the rates named under refs",
    "judgement": "somebody's: say whose (by) and of what day (date)",
    "published": "a published work, cited under refs",
    "assumption": "nobody's: the first thing to look at",
}
"""What a value can rest on."""

DISTRIBUTIONS: dict[DistributionKind, str] = {
    "uniform": "every value between the ends is as likely",
    "loguniform": "every value of the logarithm between the ends is as likely",
    "triangular": "rises straight to the likeliest value and falls straight from it",
    "pert": "a smooth hump around the likeliest value",
    "beta": "a beta distribution of these two exponents, from 0 to 1 or within the ends given",
    "normal": "a normal distribution, with what lies beyond the ends cut off",
    "lognormal": "the same for the natural logarithm of the value",
    "quantiles": "what people said: each value is not exceeded with its chance",
}
"""What each form of a value says."""
