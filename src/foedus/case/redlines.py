"""What a party says it will not have, as levels of the provisions of a case.

A demand is crossed by the levels that move away from it, a refusal by the levels that are refused.
A red line for limits on an army is also crossed by a deal with no limits, as there the party says
that it must have them. Where the table says nothing, a position is no red line.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from foedus.case.roles import REFUSED
from foedus.case.values import RedLine, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from foedus.case.fighting import War
    from foedus.case.roles import Roles
    from foedus.case.values import Provision

_DEMANDS = ("demands", "red-line")
_REFUSES = ("rejects", "opposes", "red-line")

_ALL = ("*",)  # every level but the first

_ON_LAND = ("territorial-terms", "withdrawal")  # who refuses these will not be the one to yield

_CHALLENGER: dict[tuple[str, tuple[str, ...]], dict[str, tuple[str, ...]]] = {
    ("territory", _DEMANDS): {"territorial-terms": ("challenger-withdraws",)},
    ("withdrawal", _REFUSES): {"territorial-terms": ("challenger-withdraws",)},
    ("foreign-troops", _REFUSES): {
        "multinational-force": _ALL,
        "prepositioned-stocks": ("inside",),
    },
    ("alliance-membership", _REFUSES): {"nato-membership": _ALL},
    ("neutrality", _DEMANDS): {"nato-membership": _ALL},
    ("force-limits", ("red-line",)): {"own-force-cap": ("none",)},
    ("security-guarantees", _REFUSES): {
        "mutual-defence": _ALL,
        "multinational-force": _ALL,
        "rapid-response": _ALL,
    },
    ("sanctions", ("rejects", "opposes")): {"sanctions-snapback": _ALL},
}
_PROTECTED: dict[tuple[str, tuple[str, ...]], dict[str, tuple[str, ...]]] = {
    ("territory", ("demands", *_REFUSES)): {"territorial-terms": ("cede-more",)},
    ("withdrawal", ("demands", *_REFUSES)): {"territorial-terms": ("cede-more",)},
    ("foreign-troops", _REFUSES): {"multinational-force": _ALL, "peacekeepers": ("force",)},
    ("alliance-membership", _DEMANDS): {"neutrality": _ALL},
    ("neutrality", _REFUSES): {"neutrality": _ALL},
    ("force-limits", _REFUSES): {"own-force-cap": _ALL},
    ("disarmament", _REFUSES): {"own-force-cap": _ALL},
    ("sanctions", _DEMANDS): {"sanctions-relief": ("full",)},
}
_GUARANTOR: dict[tuple[str, tuple[str, ...]], dict[str, tuple[str, ...]]] = {
    ("foreign-troops", _REFUSES): {"multinational-force": _ALL},
    ("alliance-membership", _REFUSES): {"nato-membership": _ALL},
    ("security-guarantees", _REFUSES): {"mutual-defence": _ALL},
    ("sanctions", _DEMANDS): {"sanctions-relief": ("full",)},
}
"""By (issue, stances) of a party in this part: the levels that it will not have."""


def draw_red_lines(war: War, roles: Roles, provisions: Sequence[Provision]) -> tuple[RedLine, ...]:
    """Return one red line for each party and provision, with all that was said for it."""
    crossed: dict[tuple[str, str], set[str]] = defaultdict(set)
    refs: dict[tuple[str, str], list[str]] = defaultdict(list)
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    for party, provision, levels, ref, words in _said(war, roles, provisions):
        key = party, provision.id
        crossed[key].update(levels)
        refs[key].append(ref)
        said[key].append(words)
    order = (roles.challenger, roles.protected, *roles.guarantors)
    lines = []
    for party in order:
        for provision in provisions:
            key = party, provision.id
            if key in crossed:
                names = [level.name for level in provision.levels if level.name in crossed[key]]
                why = f"{'; '.join(dict.fromkeys(said[key]))}."
                source = Source(kind="claim", refs=tuple(dict.fromkeys(refs[key])), why=why)
                lines.append(
                    RedLine(party=party, provision=provision.id, levels=tuple(names), source=source)
                )
    return tuple(lines)


def _said(
    war: War, roles: Roles, provisions: Sequence[Provision]
) -> Iterator[tuple[str, Provision, tuple[str, ...], str, str]]:
    """Yield party, provision, levels, entry and words for all that draws a red line."""
    tables = dict.fromkeys(roles.guarantors, _GUARANTOR)
    tables |= {roles.challenger: _CHALLENGER, roles.protected: _PROTECTED}
    for position in war.positions:
        party = war.side(position.actor)
        for name, levels in _levels(tables.get(party, {}), position.issue, position.stance):
            for provision in _of(name, provisions):
                if party not in roles.guarantors or _gives(party, provision):
                    words = f"{party} {position.stance} {position.issue}"
                    yield party, provision, _names(provision, levels), position.id, words
    for entry in war.provisions:
        party = war.side(entry.by) if entry.by is not None else ""
        if entry.status in REFUSED and party in (roles.challenger, roles.protected):
            yields = "challenger-withdraws" if party == roles.challenger else "cede-more"
            levels = (yields,) if entry.provision in _ON_LAND else _ALL
            name = "territorial-terms" if entry.provision in _ON_LAND else entry.provision
            for provision in _of(name, provisions):
                words = f"{entry.provision} is {entry.status} by {party}"
                yield party, provision, _names(provision, levels), entry.id, words


def _levels(
    table: Mapping[tuple[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]],
    issue: str,
    stance: str,
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for (about, stances), levels in table.items():
        if about == issue and stance in stances:
            yield from levels.items()


def _of(name: str, provisions: Sequence[Provision]) -> Iterator[Provision]:
    """Yield the provisions of one instrument: itself, or one for each giver."""
    return (p for p in provisions if p.id == name or p.id.startswith(f"{name}:"))


def _gives(party: str, provision: Provision) -> bool:
    """Whether a guarantor would give it: what others give it need not accept."""
    return any(
        not isinstance(key, str) and key[1] == party
        for level in provision.levels
        for key in level.effects
    )


def _names(provision: Provision, levels: tuple[str, ...]) -> tuple[str, ...]:
    if levels == _ALL:
        return tuple(level.name for level in provision.levels[1:])
    return levels
