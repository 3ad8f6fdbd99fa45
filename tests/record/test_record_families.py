"""Positions, provisions, unknowns and claims: one entry for each thing, with all that says so."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from foedus.reading.values import Claim, Position, ProvisionMention, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from foedus.reading.values import Mentions
    from foedus.record import Record

    Make = Callable[..., Any]


def _position(actor: str, issue: str, stance: str) -> tuple[type, dict[str, Any]]:
    return Position, {"actor": actor, "issue": issue, "stance": stance}


def _provision(status: str, by: str | None = "Norrland") -> tuple[type, dict[str, Any]]:
    return ProvisionMention, {"provision": "peacekeepers", "by": by, "status": status}


def test_a_position_is_one_entry_dated_by_the_latest_report(
    read: Callable[..., Mentions], record_of: Callable[..., Record]
) -> None:
    stance = _position("Ardal", "neutrality", "demands")
    told = [
        read("a", "2031-05-04", ("Ardal asks for it.", stance)),
        read("b", None, ("It wants Velmark neutral.", stance)),
        read("c", "2031-05-01", ("So it asked.", stance), ("Twice.", stance)),
        read(
            "d", "2031-05-09", ("It may do without.", _position("Ardal", "neutrality", "open-to"))
        ),
    ]
    record = record_of(*told)
    entries = {p.stance: p for p in record.positions}
    assert entries.keys() == {"demands", "open-to"}
    assert entries["demands"].date == dt.date(2031, 5, 4)
    assert [e.quote for e in entries["demands"].evidence] == [
        "It wants Velmark neutral.",
        "So it asked.",
        "Twice.",
        "Ardal asks for it.",
    ]
    assert record_of(told[1]).positions[0].date is None


def test_a_provision_says_how_far_it_has_come_and_by_which_way(
    read: Callable[..., Mentions], record_of: Callable[..., Record]
) -> None:
    told = [
        read("a", "2031-05-04", ("It was agreed.", _provision("agreed"))),
        read("b", None, ("It came up.", _provision("discussed"))),
        read("c", "2031-05-01", ("It was put forward.", _provision("proposed"))),
        read("d", "2031-05-09", ("Sund sends some.", _provision("proposed", by="Sund"))),
        read("e", "2031-05-09", ("Somebody has to.", _provision("discussed", by=None))),
    ]
    record = record_of(*told)
    entries = {p.by: p for p in record.provisions}
    assert entries.keys() == {"Norrland", "Sund", None}
    entry = entries["Norrland"]
    assert (entry.status, entry.date) == ("agreed", dt.date(2031, 5, 4))
    assert [(day and str(day), status, e.quote) for day, status, e in entry.history] == [
        (None, "discussed", "It came up."),
        ("2031-05-01", "proposed", "It was put forward."),
        ("2031-05-04", "agreed", "It was agreed."),
    ]
    early = record_of(*told, as_of=dt.date(2031, 5, 2))
    assert [(p.by, p.status) for p in early.provisions] == [("Norrland", "proposed")]


@pytest.mark.parametrize(
    ("statuses", "latest"),
    [
        ([["agreed"], ["discussed"]], "discussed"),  # one each: what claims less
        ([["agreed"], ["discussed"], ["agreed"]], "agreed"),  # two against one
        ([["discussed", "agreed"]], "agreed"),  # a report's last word
        ([["discussed", "agreed"], ["rejected", "proposed"]], "proposed"),
    ],
)
def test_reports_of_one_day_that_differ_are_weighed(
    read: Callable[..., Mentions],
    record_of: Callable[..., Record],
    statuses: list[list[str]],
    latest: str,
) -> None:
    told = [
        read(
            source,
            "2031-05-04",
            *((f"Sentence {n} of {source}.", _provision(s)) for n, s in enumerate(said)),
        )
        for source, said in zip("abc", statuses, strict=False)
    ]
    (entry,) = record_of(*told).provisions
    assert entry.status == latest
    assert len(entry.history) == sum(map(len, statuses))


def test_an_unknown_is_one_entry_and_every_claim_is_one(
    read: Callable[..., Mentions], record_of: Callable[..., Record]
) -> None:
    unknown = (Unknown, {"about": "schedule"})
    claim = (Claim, {"speaker": "a driver", "side": None, "kind": "direct", "cue": "said"})
    told = [
        read("a", "2031-05-04", ("No day was named.", unknown), ("it was loud", claim)),
        read("b", "2031-05-05", ("When is not known.", unknown), ("it was loud", claim)),
    ]
    record = record_of(*told)
    (entry,) = record.unknowns
    assert [e.quote for e in entry.evidence] == ["No day was named.", "When is not known."]
    assert [c.evidence.report for c in record.claims] == [m.report.id for m in told]
    assert len({c.id for c in record.claims}) == 2


def test_a_mention_that_is_there_twice_counts_once(
    read: Callable[..., Mentions], record_of: Callable[..., Record]
) -> None:
    claim = (Claim, {"speaker": "a driver", "side": None, "kind": "direct", "cue": "said"})
    stance = _position("Ardal", "neutrality", "demands")
    same = ("It is so.", _provision("agreed"))
    told = read("a", None, same, same, *[("It is so.", w) for w in (claim, claim, stance, stance)])
    record = record_of(told)
    assert len(record.claims) == len(record.positions[0].evidence) == 1
    assert len(record.provisions[0].history) == 1
