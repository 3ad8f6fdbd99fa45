"""A brief made by hand: Ardal has attacked Velmark; Norrland and the Tessaly Compact may back it.

States, people and reports are made up. Spans are found by searching the text for the words, so that
they are right by construction; numbers have more digits than anyone should be shown.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from foedus.answer.values import (
    Answer,
    DealView,
    Estimate,
    Hinge,
    Outlook,
    PartyView,
    Pick,
)
from foedus.case.values import (
    Case,
    Criteria,
    Distribution,
    Level,
    Parameter,
    Provision,
    RedLine,
    Source,
)
from foedus.errors import CaseError, Fault, ReportError
from foedus.ids import EntryId, ReportId, digest
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
from foedus.show.values import Brief

HARBOUR = """Talks resume after heaviest night in Lissmar
Ardal launched 212 drones and 14 missiles at Velmark overnight, and at least 9 people were killed in the port of Lissmar, the mayor said.
Oskar Dahl, the envoy of Norrland, met Ilse Marren, the president of Velmark, in Sund on Saturday.
The two sides agreed on a framework of security arrangements and discussed a multinational force.
"We will not sign away the eastern valley," Marren told reporters. Norrland said its parliament would have to ratify any treaty.
The text of the framework has not been published.
Alliance membership is off the table for now, according to people close to the talks.
"""  # noqa: E501 a report's paragraph is one line
GAZETTE = """Ardal names its price
The foreign minister of Ardal, Teodor Vask, said that foreign troops in Velmark would be treated as an act of war.
Ardal demands the whole of the eastern valley and rejects any multinational force.
Vask said 11 people had died in Lissmar. He denied that the port had been the target.
Ardal's deputies will fly to Sund on 21 March for talks with Norrland.
The Tessaly Compact pledged 1.25 billion euros in military aid to Velmark.
"""  # noqa: E501 as above
COLUMN = """What a promise would cost
The Tessaly Compact supports monitoring of the line and is open to sending a force once the guns are silent.
Velmark demands a treaty of mutual defence. It is not known who would command a force.
"""  # noqa: E501 as above

AIR_ATTACK = EntryId("E-air-attack")
TERMS_LINE = "the line stays where it is"


def _report(name: str, text: str, published: dt.date | None, **known: str | None) -> ReportEntry:
    return ReportEntry(
        id=ReportId(digest(text)),
        source=name,
        title=known.get("title", text.splitlines()[0]),
        outlet=known.get("outlet"),
        author=known.get("author"),
        published=published,
        published_from="page" if published else "unknown",
        language="en",
        url=known.get("url"),
        text=text,
        reader="0.1",
    )


REPORTS = (
    _report(
        "harbour.html",
        HARBOUR,
        dt.date(2031, 3, 16),
        outlet="Sund Courier",
        author="Pia Lind",
        url="https://courier.example/lissmar",
    ),
    _report("gazette.txt", GAZETTE, dt.date(2031, 3, 17), outlet="Ardal Gazette"),
    _report("column.txt", COLUMN, None, title=None),
)


def said(words: str, report: int = 0) -> Evidence:
    """Return the evidence for words as they stand in one of the reports."""
    entry = REPORTS[report]
    start = entry.text.index(words)
    return Evidence(report=entry.id, start=start, end=start + len(words), quote=words)


def _quantity(item: str, role: str, value: float, report: int, **more: str) -> QuantityEntry:
    return QuantityEntry(
        item=item,  # type: ignore[arg-type]
        role=role,  # type: ignore[arg-type]
        value=value,
        bound=more.get("bound", "exact"),  # type: ignore[arg-type]
        according_to=more.get("according_to"),
        report=REPORTS[report].id,
    )


def _event(entry: str, kind: str, actors: tuple[str, ...], *evidence: Evidence) -> EventEntry:
    return EventEntry(
        id=EntryId(entry),
        type=kind,  # type: ignore[arg-type]
        mode=None,
        status="happened",
        date=None,
        place=None,
        country=None,
        actors=actors,
        recipients=(),
        quantities=(),
        according_to=None,
        disputes=(),
        evidence=evidence,
    )


ATTACK = replace(
    _event(
        AIR_ATTACK,
        "ASSAULT",
        ("Ardal",),
        said("Ardal launched 212 drones and 14 missiles at Velmark overnight"),
        said("11 people had died in Lissmar", 1),
    ),
    mode="aerial",
    date=(dt.date(2031, 3, 15), dt.date(2031, 3, 16)),
    place="Lissmar",
    country="VLM",
    recipients=("Velmark",),
    quantities=(
        _quantity("drone", "launched", 212.0, 0),
        _quantity("missile", "launched", 14.0, 0),
        _quantity("person", "killed", 9.0, 0, bound="at-least", according_to="mayor of Lissmar"),
        _quantity("person", "killed", 11.0, 1, according_to="Teodor Vask"),
    ),
    disputes=("the number killed: at least 9 or 11",),
)
EVENTS = (
    ATTACK,
    replace(
        _event(
            "E-meeting",
            "CONSULT",
            ("Oskar Dahl", "Ilse Marren"),
            said("Oskar Dahl, the envoy of Norrland, met Ilse Marren, the president of Velmark"),
        ),
        mode="meeting",
        date=(dt.date(2031, 3, 15), dt.date(2031, 3, 15)),
        place="Sund",
    ),
    _event(
        "E-framework",
        "AGREE",
        ("Norrland", "Velmark"),
        said("The two sides agreed on a framework of security arrangements"),
    ),
    replace(
        _event(
            "E-talks",
            "CONSULT",
            ("Ardal", "Norrland"),
            said("Ardal's deputies will fly to Sund on 21 March for talks with Norrland", 1),
        ),
        mode="meeting",
        status="planned",
        date=(dt.date(2031, 3, 21), dt.date(2031, 3, 21)),
        place="Sund",
    ),
    replace(
        _event(
            "E-aid",
            "AID",
            ("Tessaly Compact",),
            said("The Tessaly Compact pledged 1.25 billion euros in military aid to Velmark", 1),
        ),
        recipients=("Velmark",),
        quantities=(_quantity("money-eur", "pledged", 1_250_000_000.0, 1),),
    ),
    replace(
        _event("E-denied", "ASSAULT", ("Ardal",), said("the port had been the target", 1)),
        mode="aerial",
        status="denied",
        according_to="Teodor Vask",
    ),
)
CLAIMS = (
    ClaimEntry(
        id=EntryId("C-valley"),
        speaker="Ilse Marren",
        side="Velmark",
        kind="direct",
        cue="told",
        evidence=said("We will not sign away the eastern valley"),
    ),
    ClaimEntry(
        id=EntryId("C-ratify"),
        speaker="Norrland",
        side="Norrland",
        kind="indirect",
        cue="said",
        evidence=said("its parliament would have to ratify any treaty"),
    ),
    ClaimEntry(
        id=EntryId("C-troops"),
        speaker="Teodor Vask",
        side="Ardal",
        kind="indirect",
        cue="said",
        evidence=said(
            "foreign troops in Velmark would be treated as an act of war",
            1,
        ),
    ),
)


def _position(entry: str, actor: str, stance: str, issue: str, evidence: Evidence) -> PositionEntry:
    days = {report.id: report.published for report in REPORTS}
    return PositionEntry(
        id=EntryId(entry),
        actor=actor,
        issue=issue,  # type: ignore[arg-type]
        stance=stance,  # type: ignore[arg-type]
        date=days[evidence.report],
        evidence=(evidence,),
    )


POSITIONS = (
    _position(
        "P-velmark-territory",
        "Velmark",
        "red-line",
        "territory",
        said("We will not sign away the eastern valley"),
    ),
    _position(
        "P-ardal-territory",
        "Ardal",
        "demands",
        "territory",
        said("Ardal demands the whole of the eastern valley", 1),
    ),
    _position(
        "P-ardal-troops",
        "Ardal",
        "rejects",
        "foreign-troops",
        said("rejects any multinational force", 1),
    ),
    _position(
        "P-velmark-guarantee",
        "Velmark",
        "demands",
        "security-guarantees",
        said("Velmark demands a treaty of mutual defence", 2),
    ),
    _position(
        "P-tessaly-troops",
        "Tessaly Compact",
        "open-to",
        "foreign-troops",
        said("open to sending a force once the guns are silent", 2),
    ),
)


def _provision(
    entry: str, kind: str, by: str | None, *history: tuple[dt.date | None, str, Evidence]
) -> ProvisionEntry:
    date, status, _ = history[-1]
    return ProvisionEntry(
        id=EntryId(entry),
        provision=kind,  # type: ignore[arg-type]
        by=by,
        status=status,  # type: ignore[arg-type]
        date=date,
        history=history,  # type: ignore[arg-type]
    )


PROVISIONS = (
    _provision(
        "V-framework",
        "security-framework",
        None,
        (
            dt.date(2031, 3, 16),
            "agreed",
            said("The two sides agreed on a framework of security arrangements"),
        ),
    ),
    _provision(
        "V-force",
        "multinational-force",
        "Tessaly Compact",
        (None, "proposed", said("open to sending a force once the guns are silent", 2)),
        (dt.date(2031, 3, 16), "discussed", said("discussed a multinational force")),
    ),
    _provision(
        "V-alliance",
        "nato-membership",
        None,
        (
            dt.date(2031, 3, 16),
            "off-the-table",
            said("Alliance membership is off the table for now"),
        ),
    ),
    _provision(
        "V-defence",
        "mutual-defence",
        "Norrland",
        (None, "proposed", said("a treaty of mutual defence", 2)),
    ),
)
UNKNOWNS = (
    UnknownEntry(
        id=EntryId("U-text"),
        about="security-guarantees",
        evidence=(said("The text of the framework has not been published"),),
    ),
    UnknownEntry(
        id=EntryId("U-command"),
        about="multinational-force",
        evidence=(said("It is not known who would command a force", 2),),
    ),
)
RECORD = Record(
    as_of=None,
    hash="5f1c0c7e9a21",
    reports=REPORTS,
    events=EVENTS,
    claims=CLAIMS,
    positions=POSITIONS,
    provisions=PROVISIONS,
    unknowns=UNKNOWNS,
)

ASSUMED = Source(kind="assumption", refs=(), why="no report says; a middling range")
JUDGED = Source(kind="judgement", refs=("panel of 3, 2031",), why="the median of three analysts")
BASE_RATE = Source(
    kind="base-rate", refs=("made-up-wars",), why="ends of wars between neighbours, by quarter"
)
FROM_TALKS = Source(
    kind="claim", refs=("P-velmark-guarantee", "V-defence"), why="Velmark asks for a treaty"
)


def _parameter(name: str, low: float, high: float, unit: str, source: Source) -> Parameter:
    base, _, of = name.removesuffix("]").partition("[")
    return Parameter(
        name=base,
        of=of or None,
        distribution=Distribution(kind="uniform", low=low, high=high),
        unit=unit,
        source=source,
    )


PARAMETERS = (
    _parameter("delta", 0.975, 0.992, "discount factor per period", ASSUMED),
    _parameter("x0", 0.18125, 0.2175, "share of the good that the challenger holds", FROM_TALKS),
    replace(
        _parameter("crisis", 0.12, 0.45, "crises per period of peace", BASE_RATE),
        distribution=Distribution(kind="loguniform", low=0.12, high=0.45),
    ),
    _parameter("hold", 0.4, 0.65, "chance that the protected state holds alone", JUDGED),
    _parameter("war_freeze", 0.02, 0.07, "chance per period", BASE_RATE),
    _parameter("fight_g[Norrland]", 0.25, 0.45, "share of the good", ASSUMED),
    _parameter("effect[treaty]", 0.6, 1.4, "multiplier", ASSUMED),
)


def _level(name: str, title: str, source: Source = ASSUMED, **effects: float) -> Level:
    keyed: dict[str | tuple[str, str], float] = {}
    for key, value in effects.items():
        effect, _, guarantor = key.partition("__")
        keyed[(effect, guarantor.replace("_", " ")) if guarantor else effect] = value
    return Level(name=name, title=title, effects=keyed, source=source)


CASE_PROVISIONS = (
    Provision(
        id="terms",
        title="territorial terms",
        levels=(
            _level("line", TERMS_LINE),
            _level("ceded", "the eastern valley is ceded", FROM_TALKS, share=0.0625),
        ),
        excluded={},
    ),
    Provision(
        id="treaty",
        title="treaty of mutual defence",
        levels=(
            _level("none", "none"),
            _level("pledge", "a pledge by Norrland", help__Norrland=0.5, renege__Norrland=0.06),
            _level(
                "ratified",
                "ratified by Norrland",
                FROM_TALKS,
                help__Norrland=0.55,
                harm__Norrland=0.18,
                renege__Norrland=0.28,
                delay=3,
            ),
        ),
        excluded={},
    ),
    Provision(
        id="force",
        title="multinational force",
        levels=(
            _level("none", "none"),
            _level("tripwire", "a tripwire of 20,000", denial=0.06, help__Tessaly_Compact=0.21),
        ),
        excluded={},
    ),
    Provision(
        id="alliance",
        title="alliance membership",
        levels=(_level("none", "none"), _level("member", "full member", provoke=0.16)),
        excluded={
            "member": Source(kind="claim", refs=("V-alliance",), why="it is off the table for now")
        },
    ),
)
RED_LINES = (
    RedLine(
        party="Velmark",
        provision="terms",
        levels=("ceded",),
        source=Source(
            kind="claim", refs=("P-velmark-territory",), why="its president said it will not sign"
        ),
    ),
    RedLine(
        party="Ardal",
        provision="terms",
        levels=("line",),
        source=Source(kind="claim", refs=("P-ardal-territory",), why="it demands the whole valley"),
    ),
    RedLine(
        party="Ardal",
        provision="force",
        levels=("tripwire",),
        source=Source(
            kind="claim", refs=("P-ardal-troops",), why="it rejects any multinational force"
        ),
    ),
)
CASE = Case(
    title="Ardal and Velmark",
    challenger="Ardal",
    protected="Velmark",
    guarantors=("Norrland", "Tessaly Compact"),
    period_years=0.25,
    horizon_years=10.0,
    parameters=PARAMETERS,
    provisions=CASE_PROVISIONS,
    red_lines=RED_LINES,
    criteria=Criteria(),
    record_hash=RECORD.hash,
    notes=("Norrland and the Tessaly Compact are taken as guarantors: both offered help.",),
)


def near(mean: float, spread: float = 0.1534) -> Estimate:
    """Return an estimate with bounds on both sides that stay within 0..1."""
    return Estimate(mean=mean, low=max(0.0, mean - spread), high=min(1.0, mean + spread / 2))


def _ends(*means: float) -> tuple[tuple[str, Estimate], ...]:
    names = (
        "holds",
        "breaks_fight",
        "breaks_alone",
        "war_on",
        "frozen",
        "c_prevails",
        "p_prevails",
    )
    return tuple((name, near(mean, 0.0411)) for name, mean in zip(names, means, strict=True))


def _party(name: str, role: str, accepts: float, margin: float | None = None) -> PartyView:
    side = role != "guarantor"
    return PartyView(
        party=name,
        role=role,
        accepts=accepts,
        margin=None
        if margin is None
        else Estimate(mean=margin, low=margin - 0.05123, high=margin + 0.07511),
        cost=None if side else near(0.01931, 0.008),
        direct_war=None if side else near(0.0371, 0.02),
        regret=0.02217 if side else None,
    )


def _deal(
    levels: tuple[int, ...],
    *,
    robustness: float,
    agree: float,
    survive: float,
    accepts: tuple[float, float, float, float],
    crossed: tuple[int, ...],
) -> DealView:
    parts = tuple(
        (provision.title, provision.levels[level].title)
        for provision, level in zip(CASE_PROVISIONS, levels, strict=True)
        if level
    )
    c, p, norrland, tessaly = accepts
    parties = (
        _party("Ardal", "challenger", c, 0.05371),
        _party("Velmark", "protected", p, 0.11893),
        _party("Norrland", "guarantor", norrland),
        _party("Tessaly Compact", "guarantor", tessaly),
    )
    return DealView(
        deal=levels,
        name=", ".join(f"{provision}: {level}" for provision, level in parts)
        or "nothing but a stop to the fighting",
        parts=parts,
        parties=parties,
        binding=min(parties, key=lambda party: party.accepts).party,
        robustness=robustness,
        both_accept=c * p,
        agree=near(agree),
        survive=near(survive),
        survival_curve=tuple(
            (year, near(1 - (1 - survive) * share))
            for year, share in ((1.0, 0.21713), (2.0, 0.4119), (5.0, 0.71), (10.0, 1.0))
        ),
        window_risk=near(0.04127, 0.031),
        direct_any=near(0.05339, 0.04),
        security=near(0.7713),
        ends=_ends(
            agree * survive,
            agree * (1 - survive) * 0.6,
            agree * (1 - survive) * 0.4,
            (1 - agree) * 0.21,
            (1 - agree) * 0.57,
            (1 - agree) * 0.14,
            (1 - agree) * 0.08,
        ),
        crossed=crossed,
        efficient=robustness > 0.2,
        multiple_share=0.0390625,
        failed_share=0.0,
    )


DEALS = (
    _deal(
        (0, 2, 1, 0),
        robustness=0.34375,
        agree=0.24713,
        survive=0.8234712,
        accepts=(0.31711, 0.97, 0.8134, 0.74),
        crossed=(1, 2),
    ),
    _deal(
        (1, 2, 0, 0),
        robustness=0.2734375,
        agree=0.42117,
        survive=0.7719,
        accepts=(0.8871, 0.51319, 0.8134, 1.0),
        crossed=(0,),
    ),
    _deal(
        (1, 2, 1, 0),
        robustness=0.1953125,
        agree=0.2219,
        survive=0.8611,
        accepts=(0.5119, 0.4713, 0.8021, 0.71),
        crossed=(0, 2),
    ),
    _deal(
        (0, 1, 0, 0),
        robustness=0.0703125,
        agree=0.53871,
        survive=0.4417,
        accepts=(0.7713, 0.7219, 0.9134, 1.0),
        crossed=(1,),
    ),
    _deal(
        (0, 0, 0, 0),
        robustness=0.0,
        agree=0.61234,
        survive=0.23119,
        accepts=(0.93, 0.6523, 1.0, 1.0),
        crossed=(1,),
    ),
)
LASTING = "most likely to be agreed and to hold"
ANSWER = Answer(
    version="0.1.0",
    case=CASE,
    case_hash="a93b51e07d44",
    record_hash=RECORD.hash,
    seed=1,
    futures=128,
    possible=12,
    screened=12,
    deals=DEALS,
    bare=4,
    unsolved=("alliance membership: full member",),
    picks=(
        Pick(
            measure="meets every criterion in the most futures",
            whose="whoever holds to the criteria of the case",
            deal=0,
            value=0.34375,
        ),
        Pick(
            measure=LASTING,
            whose="whoever wants the war to end and stay ended",
            deal=1,
            value=0.325101,
        ),
        Pick(
            measure="highest security of Velmark once signed",
            whose="Velmark",
            deal=0,
            value=0.7713,
        ),
        Pick(
            measure="least cost to the guarantors",
            whose="the guarantors",
            deal=3,
            value=0.038619,
        ),
    ),
    outlook=Outlook(
        no_deal=(
            (1.0, _ends(0, 0, 0, 0.8119, 0.1437, 0.0291, 0.0153)),
            (2.0, _ends(0, 0, 0, 0.6592, 0.2603, 0.0527, 0.0278)),
            (5.0, _ends(0, 0, 0, 0.3528, 0.4944, 0.1001, 0.0527)),
            (10.0, _ends(0, 0, 0, 0.1245, 0.6688, 0.1354, 0.0713)),
        ),
        likely=1,
        method="The likely deal is the one with the largest product of both sides' gains.",
    ),
    hinges=(
        Hinge(
            parameter="hold",
            weight=0.41237,
            measure=LASTING,
            gain=0.03317,
            flips_at=0.5127,
            chance_beyond=0.4508,
            below=0,
            above=1,
            source=JUDGED,
        ),
        Hinge(
            parameter="crisis",
            weight=0.22913,
            measure=LASTING,
            gain=0.0,
            flips_at=None,
            chance_beyond=0.0,
            below=1,
            above=1,
            source=BASE_RATE,
        ),
    ),
    red_line_free=False,
    collisions=((0, 1),),
)
FAILURE = ReportError(
    "https://courier.example/gone",
    (Fault(at="", found="status 404", must="be a page", do="Save the page and give the file."),),
)


def brief() -> Brief:
    """Return the whole brief."""
    return Brief(
        record=RECORD,
        record_path="record.db",
        answer=ANSWER,
        no_answer=None,
        failures=(FAILURE,),
    )


def without_answer() -> Brief:
    """Return a brief of one report about something that is no war."""
    nothing: dict[str, tuple[()]] = dict.fromkeys(
        ("events", "claims", "positions", "provisions", "unknowns"), ()
    )
    record = replace(RECORD, reports=REPORTS[2:], **nothing)
    fault = Fault(
        at="parties",
        found="nobody",
        must="name who attacks and who is attacked",
        do="Give a report that says who fights whom, or a case with --case.",
    )
    return Brief(
        record=record,
        record_path="record.db",
        answer=None,
        no_answer=CaseError("the record", (fault,)),
        failures=(),
    )


def hostile() -> Brief:
    """Return a brief whose report, names and titles try to be markup, escapes or a script."""
    nasty = (
        'A "quote" <script>alert(1)</script> [bold red]markup[/bold red] [/] \x1b[31mred\x1b[0m '
        "&amp; \u202eright-to-left\u202c {{ 7 * 7 }} <img src=x onerror=alert(2)>"
    )
    text = f"{nasty}\n</script><script>alert(3)</script>\n"
    report = replace(
        _report("nasty.html", text, None, title=nasty, outlet=nasty, author=nasty),
        url="javascript:alert(4)",
    )
    evidence = Evidence(report=report.id, start=0, end=len(nasty), quote=nasty)
    event = replace(ATTACK, actors=(nasty,), place=nasty, quantities=(), evidence=(evidence,))
    claim = ClaimEntry(
        id=EntryId("C-nasty"), speaker=nasty, side=None, kind="direct", cue=nasty, evidence=evidence
    )
    record = replace(
        RECORD,
        reports=(report,),
        events=(event,),
        claims=(claim,),
        positions=(),
        provisions=(),
        unknowns=(),
    )
    deals = tuple(replace(deal, name=nasty, parts=((nasty, nasty),)) for deal in DEALS)
    case = replace(CASE, title=nasty)
    return Brief(
        record=record,
        record_path=nasty,
        answer=replace(ANSWER, deals=deals, case=case),
        no_answer=None,
        failures=(ReportError(nasty, (Fault(at=nasty, found=nasty, must=nasty),)),),
    )
