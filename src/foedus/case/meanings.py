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

KEYS: dict[str, dict[str, str]] = {
    "case": {
        "": "A war, the deals that might end it, and what nobody knows for sure.",
        "title": "What the case is about.",
        "challenger": "The party that holds part of the disputed good and may attack again.",
        "protected": "The party that holds the rest.",
        "guarantors": "The parties that could give a guarantee.",
        "period_years": "Length of a period in years; chances and flows are for one period.",
        "horizon_years": "How far the answer looks: a whole number of periods.",
        "record": "Hash of the record that the case was drawn from, or null.",
        "notes": "What a reader of the case should know, in sentences.",
        "parameters": "What nobody knows for sure: a value to draw from and a source for each.",
        "provisions": "What a deal is made of: one level of each provision.",
        "red_lines": "What parties say they will not have. They remove no deal.",
        "criteria": "What a deal must reach in a future to count as good there.",
    },
    "parameter": {
        "value": "One number, or what it is drawn from.",
        "unit": "The unit that the model reckons in; may be left out.",
        "source": "Where the value comes from.",
    },
    "source": {
        "kind": "What it rests on.",
        "refs": "Entry ids of the record, ids of base rates, or citations.",
        "why": "In a sentence, where the value comes from.",
        "by": "Of a judgement: whose it is.",
        "date": "Of a judgement: of what day, YYYY-MM-DD.",
    },
    "provision": {
        "": "One part of a deal: a choice among levels.",
        "title": "What the provision is.",
        "borne_by": "The parties that bear it: no other guarantor has a cost of it.",
        "levels": "The choices. The first does nothing: it is the deal without the provision.",
        "present": "The level that is in force already, with what says so. It has no delay.",
        "excluded": "The levels that no deal may have, each with the source that says so.",
    },
    "level": {
        "": "One way to fill the provision.",
        "title": "What the level is.",
        "effects": "What it does in the game; zero unless given.",
        "requires": "What a deal with this level must have beside it: one level of each tie.",
        "excludes": "What a deal with this level must not have beside it.",
        "condition": "What it hangs on, in words. The game takes it as met; the case is shown so.",
        "expires_years": "How long it lasts. The game takes it as lasting; the case is shown so.",
        "source": "Where the effects come from.",
    },
    "tie": {
        "provision": "The other provision.",
        "levels": "Its levels that are meant.",
        "source": "What says so.",
    },
    "red_line": {
        "party": "Who says it.",
        "provision": "About which provision.",
        "levels": "The levels that the party will not have.",
        "active": "false switches the red line off: the answer passes over it, and says so.",
        "why": "Of a red line that is off: why, in a sentence.",
        "source": "Where the party said so.",
    },
}
"""What each key of a case file is for; the empty key stands for the part as a whole."""

OPTIONAL: dict[str, set[str]] = {
    "case": {"record", "notes", "red_lines", "criteria", "guarantors"},
    "parameter": {"unit"},
    "source": {"refs", "by", "date"},
    "provision": {"borne_by", "present", "excluded"},
    "level": {"effects", "requires", "excludes", "condition", "expires_years"},
    "tie": set(),
    "red_line": {"active", "why"},
}
"""The keys that may be left out."""
