"""Records for the tests of cases: written by hand, or read from a file of labelled reports."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from foedus.case import usual_parameters
from foedus.case.values import Case, Criteria, Level, Provision, RedLine, Source
from foedus.ids import EntryId, ReportId, digest, entry_id
from foedus.record.values import (
    ClaimEntry,
    EventEntry,
    Evidence,
    PositionEntry,
    ProvisionEntry,
    QuantityEntry,
    Record,
    ReportEntry,
    UnknownEntry,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SHARED = Path(__file__).parents[3] / "shared" / "data" / "reports"
DAY = dt.date(2031, 2, 3)


def evidence(report: str, words: str) -> Evidence:
    return Evidence(report=ReportId(report), start=0, end=len(words), quote=words)


def make_record(lines: str) -> Record:
    """Make a record of lines such as ``attack Velmark -> Ardal 40 @r1`` (the report last)."""
    entries: dict[str, list[Any]] = {"events": [], "positions": [], "provisions": [], "claims": []}
    for line in filter(None, map(str.strip, lines.splitlines())):
        words, _, report = line.partition("@")
        kind, _, rest = words.strip().partition(" ")
        family, entry = _entry(kind, rest.strip(), evidence(report or "r1", line))
        entries[family].append(entry)
    return Record(
        as_of=None,
        hash=digest(lines),
        reports=(),
        events=tuple(entries["events"]),
        claims=tuple(entries["claims"]),
        positions=tuple(entries["positions"]),
        provisions=tuple(entries["provisions"]),
        unknowns=(),
    )


def _entry(kind: str, rest: str, words: Evidence) -> tuple[str, Any]:
    if kind in ("attack", "claimed-attack", "denied-attack", "meet", "aid", "sanction"):
        return "events", _event(kind, rest, words)
    if kind == "speaks":
        speaker, side = rest.split(" for ")
        return "claims", ClaimEntry(
            id=entry_id("c", rest), speaker=speaker, side=side, kind="indirect", cue="said",
            evidence=words,
        )  # fmt: skip
    if kind == "position":
        actor, stance, issue = rest.rsplit(" ", 2)
        return "positions", PositionEntry(
            id=entry_id("p", rest), actor=actor, issue=issue, stance=stance, date=DAY,
            evidence=(words,),
        )  # fmt: skip
    provision, status, *by = rest.split(" ", 2)
    return "provisions", ProvisionEntry(
        id=entry_id("v", rest), provision=provision, by=by[0] if by else None, status=status,
        date=DAY, history=((DAY, status, words),),
    )  # fmt: skip


def _event(kind: str, rest: str, words: Evidence) -> EventEntry:
    who, _, whom = rest.partition(" -> ")
    name, _, number = whom.rpartition(" ")
    if not number.isdigit():
        name, number = whom, ""
    quantities = (
        QuantityEntry(
            item="drone", role="launched", value=float(number), bound="exact", according_to=None,
            report=words.report,
        ),
    ) if number else ()  # fmt: skip
    kinds = {"meet": "CONSULT", "aid": "AID", "sanction": "SANCTION"}
    statuses = {"claimed-attack": "claimed", "denied-attack": "denied"}
    return EventEntry(
        id=entry_id("e", kind, rest), type=kinds.get(kind, "ASSAULT"), mode=None,
        status=statuses.get(kind, "happened"), date=None, place=None, country=None,
        actors=tuple(who.split(", ")), recipients=(name,) if name else (), quantities=quantities,
        according_to=None, disputes=(), evidence=(words,),
    )  # fmt: skip


def labelled_record(name: str, source: str) -> Record:
    """Return the record of one labelled report, each item an entry of its own."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the labelled reports are not here: no {path}")
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        if item["report"]["source"].endswith(source):
            return _from_labels(item)
    message = f"no {source} in {path}"
    raise LookupError(message)


def _from_labels(item: dict[str, Any]) -> Record:
    text, report = item["report"]["text"], ReportId(digest(item["report"]["text"]))
    day = item["report"].get("published")
    date = dt.date.fromisoformat(day) if day else None

    def words(entry: dict[str, Any]) -> Evidence:
        start, end = entry["span"]
        return Evidence(report=report, start=start, end=end, quote=text[start:end])

    def name(letter: str, entry: dict[str, Any]) -> EntryId:
        return entry_id(letter, json.dumps(entry, sort_keys=True))

    return Record(
        as_of=None,
        hash=digest(text),
        reports=(
            ReportEntry(
                id=report, source=item["report"]["source"], title=None, outlet=None, author=None,
                published=date, published_from="page", language="en", url=None, text=text,
                reader="labels",
            ),
        ),
        events=tuple(
            EventEntry(
                id=name("e", e), type=e["type"], mode=e.get("mode"), status=e["status"], date=None,
                place=e.get("place"), country=e.get("country"), actors=tuple(e["actors"]),
                recipients=tuple(e["recipients"]), according_to=e.get("according_to"), disputes=(),
                quantities=tuple(
                    QuantityEntry(
                        item=q["item"], role=q["role"], value=q["value"], bound=q["bound"],
                        according_to=q.get("according_to"), report=report,
                    )
                    for q in e["quantities"]
                ),
                evidence=(words(e),),
            )
            for e in item["events"]
        ),
        claims=tuple(
            ClaimEntry(
                id=name("c", c), speaker=c["speaker"], side=c.get("side"), kind=c["kind"],
                cue=c.get("cue") or "", evidence=words(c),
            )
            for c in item["claims"]
        ),
        positions=tuple(
            PositionEntry(
                id=name("p", p), actor=p["actor"], issue=p["issue"], stance=p["stance"], date=date,
                evidence=(words(p),),
            )
            for p in item["positions"]
        ),
        provisions=tuple(
            ProvisionEntry(
                id=name("v", v), provision=v["provision"], by=v.get("by"), status=v["status"],
                date=date, history=((date, v["status"], words(v)),),
            )
            for v in item["provisions"]
        ),
        unknowns=tuple(
            UnknownEntry(id=name("u", u), about=u["about"], evidence=(words(u),))
            for u in item["unknowns"]
        ),
    )  # fmt: skip


@pytest.fixture
def record_of() -> Callable[[str], Record]:
    """Give the maker of records by hand."""
    return make_record


@pytest.fixture
def labelled() -> Callable[[str, str], Record]:
    """Give the maker of records from labelled reports."""
    return labelled_record


def judged(why: str = "made up for a test") -> Source:
    return Source(kind="judgement", refs=(), why=why)


def make_case() -> Case:
    """Return a small case that is right: Velmark and Ardal, Norrland behind them."""
    levels = (
        Level(name="none", title="Nothing", effects={}, source=judged()),
        Level(
            name="treaty",
            title="A treaty",
            effects={"provoke": 0.02, "delay": 3, ("help", "Norrland"): 0.5},
            source=judged(),
        ),
    )
    provisions = (
        Provision(id="pact", title="A pact", levels=levels, excluded={}),
        Provision(id="watch", title="Watch", levels=levels, excluded={"treaty": judged()}),
    )
    line = RedLine(party="Velmark", provision="pact", levels=("treaty",), source=judged())
    return Case(
        title="Velmark and Ardal",
        challenger="Velmark",
        protected="Ardal",
        guarantors=("Norrland",),
        period_years=0.25,
        horizon_years=10.0,
        parameters=usual_parameters(("Norrland",), ["pact", "watch"]),
        provisions=provisions,
        red_lines=(line,),
        criteria=Criteria(),
        record_hash=None,
        notes=("All invented.",),
    )


@pytest.fixture
def small_case() -> Case:
    """Give a small case that is right."""
    return make_case()
