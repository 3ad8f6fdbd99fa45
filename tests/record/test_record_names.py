"""Who is who, and which reports are one source: joined when it is plain, else left to people."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import RecordError
from foedus.reading.values import Claim, Position
from foedus.record import Signature, open_store
from foedus.record.independence import copies
from foedus.record.links import settled
from foedus.record.names import romanised
from foedus.record.wording import sketch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from foedus.reading.values import Mentions
    from foedus.record import Record, Store

    Read = Callable[..., Mentions]

IDA = Signature(by="Ida Stern", at=dt.datetime(2031, 6, 1, 9, 30, tzinfo=dt.UTC))


def _speech(*speakers: tuple[str, str | None]) -> list[tuple[str, Any]]:
    manner = {"kind": "direct", "cue": "said"}
    return [
        (f"{name} ({side}) spoke.", (Claim, {"speaker": name, "side": side, **manner}))
        for name, side in speakers
    ]


def _speakers(record: Record) -> list[str]:
    return [c.speaker for c in record.claims]


@pytest.mark.parametrize(
    ("names", "actors"),
    [
        # Accents, case and "the" make no other actor.
        (["Örsted Jansen", "Orsted Jansen"], {"Orsted Jansen"}),
        (["the Army of Ardal", "Army of Ardal"], {"Army of Ardal"}),
        # Ways of writing one name in Latin letters.
        (["Andriy Sokolskyi", "Andrii Sokolsky", "Andrij Sokolskyy"], {"Andrii Sokolsky"}),
        # A surname, or an initial with it, of the only one who can be meant.
        (["Olle Brandt", "Brandt", "O. Brandt"], {"Olle Brandt"}),
        # Two could be meant.
        (["Olle Brandt", "Nils Brandt", "Brandt"], {"Olle Brandt", "Nils Brandt", "Brandt"}),
        (["Olle Brandt", "N. Brandt"], {"Olle Brandt", "N. Brandt"}),
        # States and towns differ by a letter.
        (["Niger", "Nigeria"], {"Niger", "Nigeria"}),
        (["Sudan", "South Sudan"], {"Sudan", "South Sudan"}),
    ],
)
def test_names_are_joined_only_when_it_is_plain_who_is_meant(
    read: Read, record_of: Callable[..., Record], names: list[str], actors: set[str]
) -> None:
    told = [read(f"{n}.txt", "2031-05-03", *_speech((name, None))) for n, name in enumerate(names)]
    for order in (told, told[::-1]):
        record = record_of(*order)
        assert {a.name for a in record.actors} == actors
        assert set(_speakers(record)) == actors
        aliases = {n for a in record.actors for n in (a.name, *a.aliases)}
        assert aliases == set(names)


def test_a_surname_with_another_state_is_another_person(
    read: Read, record_of: Callable[..., Record]
) -> None:
    told = read("a.txt", "2031-05-03", *_speech(("Olle Brandt", "Ardal"), ("Brandt", "Velmark")))
    assert {a.name: a.state for a in record_of(told).actors if " " in a.name or "B" in a.name} == {
        "Olle Brandt": "Ardal",
        "Brandt": "Velmark",
    }


@pytest.fixture
def store(where: str, read: Read) -> Iterator[Store]:
    with open_store(where) as opened:
        for n, name in enumerate(["Olle Brandt", "The Grey Envoy", "Ida Falk"]):
            wants = (Position, {"actor": name, "issue": "territory", "stance": "demands"})
            told = read(
                f"{n}.txt", f"2031-05-0{n + 1}", *_speech((name, "Ardal")), (f"{n}.", wants)
            )
            opened.add(told, reader="1")
        yield opened


def test_people_join_and_part_names(store: Store) -> None:
    before = store.record()
    store.merge(["Olle Brandt", "The Grey Envoy"], IDA)
    record = store.record()
    assert _speakers(record) == ["Olle Brandt", "Olle Brandt", "Ida Falk"]
    actor = next(a for a in record.actors if a.name == "Olle Brandt")
    assert (actor.aliases, actor.reports, actor.state) == (("The Grey Envoy",), 2, "Ardal")
    positions = [(p.actor, len(p.evidence)) for p in record.positions]
    assert positions == [("Ida Falk", 1), ("Olle Brandt", 2)]
    store.split(["the grey envoy"], IDA)
    assert _speakers(store.record()) == _speakers(before)
    store.undo(2, IDA)
    assert _speakers(store.record()) == ["Olle Brandt", "Olle Brandt", "Ida Falk"]


def test_offices_and_states_are_written_down_with_their_days(store: Store) -> None:
    store.correct("Ida Falk", "role", "envoy 2031-03-01/2031-06-30", IDA)
    store.correct("Ida Falk", "role", "minister 2030-01-01/2031-02-28", IDA)
    store.correct("Ida Falk", "state", "Norrland", IDA)
    actor = next(a for a in store.record().actors if a.name == "Ida Falk")
    assert [(r.role, str(r.since), str(r.until)) for r in actor.roles] == [
        ("minister", "2030-01-01", "2031-02-28"),
        ("envoy", "2031-03-01", "2031-06-30"),
    ]
    assert actor.roles[0].source == "Ida Stern (#2)"
    assert actor.state == "Norrland"
    for field, value in (("role", "envoy 2031-13-01/"), ("role", " /"), ("rank", "1")):
        with pytest.raises(RecordError):
            store.correct("Ida Falk", field, value, IDA)


def test_an_office_that_the_reader_knows_is_told_without_days(
    read: Read, event: Callable[..., Any], record_of: Callable[..., Record]
) -> None:
    """A meeting that took place in public, at Washington on 28 February 2025."""
    met = event(
        type="CONSULT",
        mode="meeting",
        date="2025-02-28",
        actors=("Volodymyr Zelenskyy", "United States"),
        recipients=(),
    )
    record = record_of(read("a.txt", "2025-02-28", ("They met.", met)))
    actor = next(a for a in record.actors if a.name == "Volodymyr Zelenskyy")
    (role,) = actor.roles
    assert (role.role, role.since, role.until, actor.state) == ("president", None, None, "Ukraine")


def _report(read: Read, source: str, outlet: str | None, sentence: str, told: Any) -> Mentions:  # noqa: ANN401
    from dataclasses import replace  # noqa: PLC0415

    mentions = read(source, "2031-05-03", (sentence, told))
    return replace(mentions, report=replace(mentions.report, outlet=outlet))


WIRE = (
    "Ardal sent forty drones at the harbour of Velm in the small hours of Friday and set a grain"
    " store on fire, the harbour master told reporters, adding that two of his men had been hurt"
    " when they tried to move a barge away from the quay and that the fire had burned until noon,"
    " by which time most of the winter wheat that was stored there for the mills of the valley had"
    " been lost, though the cranes and the pilot station on the northern mole were left unharmed"
    " and ships that had waited in the roads overnight were let in again before the evening came"
)
OTHER = "Forty drones out of Ardal came down on Velm and burned its granary."


@pytest.fixture
def raid(event: Callable[..., Any], number: Callable[..., Any]) -> dict[str, Any]:
    drones = (number(40, "drone", "launched"),)
    raid: dict[str, Any] = event(place="Velm", quantities=drones)
    return raid


def test_wire_copies_and_one_outlet_count_as_one_source(
    where: str, read: Read, raid: dict[str, Any]
) -> None:
    told = [
        _report(read, "wire.txt", "Velm Wire", WIRE, raid),
        _report(read, "daily.txt", "Osk Daily", f"{WIRE} and so on", raid),
        _report(read, "post.txt", "The Post", OTHER, raid),
        _report(read, "post2.txt", "The Post", f"{OTHER} Again.", raid),
        _report(read, "none.txt", None, f"{OTHER} Indeed.", raid),
    ]
    with open_store(where) as store:
        store.add_all(told, reader="1")
        (entry,) = store.record().events
        assert (len(entry.evidence), entry.independent) == (5, 3)
        assert entry.figures[0].sources == 3
        store.merge(["The Post", "Velm Wire"], IDA)
        record = store.record()
        assert record.events[0].independent == 2
        assert {o.name: o.one_source_with for o in record.outlets} == {
            "Osk Daily": (),
            "The Post": ("Velm Wire",),
            "Velm Wire": ("The Post",),
        }
        store.split(["The Post"], IDA)
        assert store.record().events[0].independent == 3


def test_the_best_figure_is_what_most_independent_sources_give(
    read: Read, event: Callable[..., Any], number: Callable[..., Any],
    record_of: Callable[..., Record],
) -> None:  # fmt: skip
    def killed(source: str, outlet: str, words: str, toll: int) -> Mentions:
        numbers = (number(40, "drone", "launched"), number(toll, "person", "killed"))
        return _report(read, source, outlet, words, event(place="Velm", quantities=numbers))

    record = record_of(
        killed("a.txt", "Velm Wire", f"{WIRE} A.", 9),
        killed("b.txt", "Osk Daily", f"{WIRE} B.", 9),
        killed("c.txt", "The Post", "Forty drones came at Velm out of Ardal.", 5),
        killed("d.txt", "Norrland Radio", "Out of Ardal came forty drones to Velm.", 5),
    )
    (entry,) = record.events
    (figure,) = [f for f in entry.figures if f.role == "killed"]
    assert (figure.low, figure.best, figure.high) == (
        5,
        5,
        9,
    )  # 9 came in once and was printed twice
    assert (figure.sources, figure.disputed) == (3, True)


def test_of_figures_told_equally_often_the_last_counts_and_then_the_lowest(
    read: Read, event: Callable[..., Any], number: Callable[..., Any],
    record_of: Callable[..., Record],
) -> None:  # fmt: skip
    def killed(source: str, day: str, toll: int) -> Mentions:
        numbers = (number(40, "drone", "launched"), number(toll, "person", "killed"))
        told = event(place="Velm", quantities=numbers)
        return read(source, day, (f"Forty drones came at Velm, says {source}.", told))

    def best(*told: Mentions) -> float:
        (entry,) = record_of(*told).events
        return next(f.best for f in entry.figures if f.role == "killed")

    early, late = killed("a.txt", "2031-05-03", 5), killed("b.txt", "2031-05-04", 7)
    assert best(early, late) == 7
    assert best(killed("a.txt", "2031-05-04", 5), late) == 5


@given(st.lists(st.frozensets(st.integers(0, 60), max_size=12), max_size=12))
def test_copies_are_those_that_comparing_all_with_all_finds(sketches: list[frozenset[int]]) -> None:
    every = {
        (a, b)
        for b in range(len(sketches))
        for a in range(b)
        if min(len(sketches[a]), len(sketches[b])) >= 4
        and len(sketches[a] & sketches[b]) >= 0.7 * min(len(sketches[a]), len(sketches[b]))
    }
    assert set(copies(sketches)) == every


def test_a_copy_with_a_paragraph_more_is_still_a_copy() -> None:
    ours, theirs = (" ".join(f"{end}{n}" for n in range(20)) for end in ("one", "two"))
    texts = (f"{WIRE} {ours}", f"{WIRE} {theirs}", OTHER * 9)
    one, two, three = (frozenset(sketch(text)) for text in texts)
    assert one != two
    assert not one <= two
    assert not two <= one
    assert list(copies([one, two, three])) == [(0, 1)]


@given(st.text(st.characters(categories=["L", "Zs"]), max_size=20))
def test_a_spelling_is_its_own_spelling_and_single_words_have_none(name: str) -> None:
    form = romanised(name)
    assert form == romanised(name)
    assert not form or " " in form


NAMES = st.sampled_from("abcde")


SOME = st.lists(NAMES, unique=True)


@given(st.lists(st.tuples(st.booleans(), SOME.filter(bool), SOME), max_size=6))
def test_the_last_word_counts_and_nothing_is_both_joined_and_parted(
    said: list[tuple[bool, list[str], list[str]]],
) -> None:
    lots, apart = settled(said)
    together = {(a, b) for lot in lots for a in lot for b in lot if a != b}
    assert not together & apart
    assert {(b, a) for a, b in apart} == apart
    if said and not said[-1][0]:
        ones = said[-1][1]
        assert {(a, b) for a in ones for b in ones if a != b} <= together
    if said and said[-1][0]:
        parted = {(a, b) for a in said[-1][1] for b in said[-1][2] if a != b}
        assert parted <= apart
