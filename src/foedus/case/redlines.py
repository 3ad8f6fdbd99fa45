"""What a party says it will not have, as levels of the provisions of a case.

One rule for all parties. A demand is crossed by the levels that move away from it, a refusal by the
levels that are refused; of land, by the levels that would cost the party some of it, whichever way
it says so. What a party calls its red line it refuses if it would fall to others, and demands if it
would get it itself; where the absence of a thing is what it calls its red line, the deal without it
crosses too. What a party later accepts, or says it is open to, is a red line no more; where the
record does not tell which came last, the line is drawn and said to be disputed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.case.backers import REFUSED
from foedus.case.values import RedLine, Source
from foedus.case.wording import latest, position_in_words, provision_in_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from foedus.case.fighting import War
    from foedus.case.roles import Roles
    from foedus.case.values import Provision
    from foedus.ids import EntryId
    from foedus.record.values import PositionEntry

_WANTS = ("demands", "supports")
_REFUSES = ("rejects", "opposes")
_YIELDS = ("accepts", "open-to")
_GIVEN = ("agreed", "in-force")

_ALL = ("*",)  # every level but the first
_FIRST = ("",)  # the deal without it

_LAND = ("territory", "withdrawal")
_ON_LAND = ("territorial-terms", "withdrawal")  # who refuses these will not be the one to yield

_TO_THE_PROTECTED = ("security-guarantees", "foreign-troops", "alliance-membership", "sanctions")
"""Issues on which the protected state gets what it is about; on all others it would bear it."""

_ABOUT: dict[str, dict[str, tuple[str, ...]]] = {
    "foreign-troops": {"multinational-force": _ALL, "prepositioned-stocks": ("inside",)},
    "alliance-membership": {"nato-membership": _ALL},
    "neutrality": {"neutrality": _ALL},
    "force-limits": {"own-force-cap": _ALL},
    "disarmament": {"own-force-cap": _ALL},
    "security-guarantees": {
        "mutual-defence": _ALL,
        "multinational-force": _ALL,
        "rapid-response": _ALL,
    },
    "sanctions": {"sanctions-snapback": _ALL},
    "recognition": {"recognition": _ALL},
    "elections": {"elections": _ALL},
}
"""The levels that an issue is about: crossed by a refusal of it."""

_AGAINST: dict[str, dict[str, tuple[str, ...]]] = {
    "alliance-membership": {"neutrality": _ALL},
    "neutrality": {"nato-membership": _ALL},
    "sanctions": {"sanctions-relief": ("full",)},
}
"""The levels that go against a demand for it."""

_CEASES = ("lift", "eas", "remov", "relief", "scrap", "end ", "ending")
"""Words that make a demand about sanctions one for an end of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """One thing that a party said for or against levels of a provision.

    ``about`` is the issue, so that a yes on one is no yes on another; empty for a word on the
    provision itself, which is about all of them.
    """

    party: str
    about: str
    provision: Provision
    levels: tuple[str, ...]
    is_no: bool
    day: dt.date | None
    ref: EntryId
    words: str


def draw_red_lines(
    war: War, roles: Roles, provisions: Sequence[Provision]
) -> tuple[tuple[RedLine, ...], tuple[str, ...]]:
    """Return one red line for each party and provision, and notes on lines that were given up."""
    said: dict[tuple[str, str], list[_Word]] = defaultdict(list)
    for word in _words(war, roles, provisions):
        said[word.party, word.provision.id].append(word)
    lines, notes = [], []
    for party in roles.parties:
        for provision in provisions:
            words = said.get((party, provision.id), [])
            levels, refs, why = _standing(provision, words)
            if levels:
                source = Source(kind="claim", refs=refs, why=why)
                lines.append(
                    RedLine(party=party, provision=provision.id, levels=levels, source=source)
                )
            given_up = [w for w in words if w.is_no and not set(w.levels) & set(levels)]
            if given_up:
                later = [w for w in words if not w.is_no]
                notes.append(
                    f"No red line of {party} on {provision.id} any more: "
                    f"{_listed(later)} is later than {_listed(given_up)}."
                )
    return tuple(lines), tuple(notes)


def _listed(words: Sequence[_Word]) -> str:
    return "; ".join(dict.fromkeys(word.words for word in words))


def _standing(
    provision: Provision, words: Sequence[_Word]
) -> tuple[tuple[str, ...], tuple[EntryId, ...], str]:
    """Return the levels that stay refused, the entries that say so, and why."""
    noes, yeses = [w for w in words if w.is_no], [w for w in words if not w.is_no]
    standing: list[str] = []
    used: list[_Word] = []
    disputed: list[_Word] = []
    for level in (level.name for level in provision.levels):
        against = [w for w in noes if level in w.levels]
        given = [w for w in yeses if level in w.levels]
        live = [w for w in against if not any(_answers(y, w) and _is_later(y, w) for y in given)]
        if live:
            standing.append(level)
            used += live
            disputed += [
                y for y in given if any(_answers(y, no) and not _is_later(no, y) for no in live)
            ]
    why = f"{_listed(used)}."
    if disputed:
        why += f" Disputed: {_listed(disputed)}, and the record does not tell which came last."
    refs = tuple(dict.fromkeys(word.ref for word in (*used, *disputed)))
    return tuple(standing), refs, why


def _answers(one: _Word, other: _Word) -> bool:
    return not one.about or not other.about or one.about == other.about


def _is_later(one: _Word, other: _Word) -> bool:
    return one.day is not None and other.day is not None and one.day > other.day


def _words(war: War, roles: Roles, provisions: Sequence[Provision]) -> Iterator[_Word]:
    """Yield all that parties said for or against levels."""
    for position in war.positions:
        party = war.side(position.actor)
        if party in roles.parties:
            for name, levels, is_no in _said(position, party, roles):
                for provision in _of(name, provisions):
                    if party not in roles.guarantors or _gives(party, provision):
                        yield _Word(
                            party=party,
                            provision=provision,
                            levels=_names(provision, levels, party, roles),
                            about=_LAND[0] if position.issue in _LAND else position.issue,
                            is_no=is_no,
                            day=position.date,
                            ref=position.id,
                            words=position_in_words(position, war),
                        )
    for entry in war.provisions:
        party = war.side(entry.by) if entry.by is not None else ""
        # what is merely proposed for a party to give is often the other side's proposal
        if party in war.pair and entry.status in (*REFUSED, *_GIVEN):
            on_land = entry.provision in _ON_LAND
            for provision in _of("territorial-terms" if on_land else entry.provision, provisions):
                yield _Word(
                    party=party,
                    provision=provision,
                    levels=_names(provision, _LAND if on_land else _ALL, party, roles),
                    about="",
                    is_no=entry.status in REFUSED,
                    day=entry.date,
                    ref=entry.id,
                    words=provision_in_words(entry, war),
                )


def _said(
    position: PositionEntry, party: str, roles: Roles
) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Yield instrument, levels, and whether the party says no to them."""
    issue, stance = position.issue, position.stance
    if issue in _LAND:
        if stance != "supports":
            yield "territorial-terms", _LAND, stance not in _YIELDS
        return
    wants = stance in _WANTS
    if stance == "red-line":
        wants = (party == roles.protected) == (issue in _TO_THE_PROTECTED)
    if issue == "sanctions" and wants and _asks_for_an_end(position):
        return
    for name, levels in _ABOUT.get(issue, {}).items():
        yield name, levels, not (wants or stance in _YIELDS)
        if wants and stance == "red-line" and issue not in _TO_THE_PROTECTED:
            yield name, _FIRST, True
    if wants:
        for name, levels in _AGAINST.get(issue, {}).items():
            yield name, levels, True


def _asks_for_an_end(position: PositionEntry) -> bool:
    words = latest(position).quote.lower()
    return any(word in words for word in _CEASES)


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


def _names(
    provision: Provision, levels: tuple[str, ...], party: str, roles: Roles
) -> tuple[str, ...]:
    if levels == _ALL:
        return tuple(level.name for level in provision.levels[1:])
    if levels == _FIRST:
        return (provision.levels[0].name,)
    if levels == _LAND:  # the levels that move land away from the party
        sign = {roles.challenger: -1, roles.protected: 1}.get(party, 0)
        return tuple(
            level.name
            for level in provision.levels
            if sign * float(level.effects.get("share", 0)) > 0
        )
    return levels
