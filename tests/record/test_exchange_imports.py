"""What rows of datasets become in a record, checked by hand against samples of their layouts."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import RecordError
from foedus.record import open_store
from foedus.record.exchange import import_file
from foedus.record.exchange.importing import mentions_of
from foedus.record.exchange.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from foedus.record import Store
    from foedus.record.values import EventEntry

SAMPLES = Path(__file__).parent / "samples"
FILES = {
    "ucdp-ged": "ucdp-ged.csv",
    "acled": "acled.csv",
    "gdelt": "gdelt.export.CSV",
    "polecat": "polecat.txt",
}
ROWS = {"ucdp-ged": 3, "acled": 3, "gdelt": 2, "polecat": 2}
MAY_2 = dt.date(2031, 5, 2)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "record.db")) as opened:
        yield opened


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Path]:
    """Return a copy of a sample with some words replaced."""

    def copy(name: str, *words: tuple[str, str]) -> Path:
        text = (SAMPLES / FILES[name]).read_text("utf-8")
        for old, new in words:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / FILES[name]
        path.write_text(text, "utf-8")
        return path

    return copy


def _by_row(store: Store) -> dict[str, EventEntry]:
    record = store.record()
    sources = {report.id: report.source for report in record.reports}
    return {sources[e.evidence[0].report].split()[-1]: e for e in record.events}


def _numbers(event: EventEntry) -> list[tuple[Any, ...]]:
    return [(q.item, q.role, q.value, q.bound, q.according_to) for q in event.quantities]


@pytest.mark.parametrize("name", FILES)
def test_the_layout_is_known_by_the_first_line(store: Store, name: str) -> None:
    done = import_file(store, SAMPLES / FILES[name])
    assert (done.format, done.guessed, done.added, done.refused) == (name, True, ROWS[name], ())


@pytest.mark.parametrize("name", FILES)
def test_a_file_taken_in_twice_adds_nothing(store: Store, name: str) -> None:
    import_file(store, SAMPLES / FILES[name])
    before = store.record()
    again = import_file(store, SAMPLES / FILES[name], format=name)  # type: ignore[arg-type]
    assert (again.added, again.known) == (0, ROWS[name])
    assert store.record() == before


def test_what_tells_most_comes_first_in_a_row_s_text(store: Store) -> None:
    for file in FILES.values():
        import_file(store, SAMPLES / file)
    first = {r.source: r.text.split("\n")[0] for r in store.record().reports}
    assert first["ACLED ARD1003"] == "notes: In May 2031, families rallied in Osk for a ceasefire."
    assert first["UCDP GED 500101"] == "date_start: 2031-05-02 00:00:00.000"
    assert first["GDELT 2.0 1300000001"] == "day: 20310502"
    assert first["POLECAT 20310503-77-1"] == "event_date: 2031-05-02"


@pytest.mark.parametrize("name", FILES)
def test_the_evidence_of_an_event_is_the_whole_row(store: Store, name: str) -> None:
    import_file(store, SAMPLES / FILES[name])
    record = store.record()
    texts = {report.id: report.text for report in record.reports}
    for event in record.events:
        (evidence,) = event.evidence
        assert evidence.quote == texts[evidence.report]
        assert "Velm" in evidence.quote or "Ardal" in evidence.quote


def test_ucdp_estimates_of_deaths_stand_side_by_side_as_bounds(store: Store) -> None:
    import_file(store, SAMPLES / FILES["ucdp-ged"])
    events = _by_row(store)
    assert _numbers(events["500101"]) == [
        ("person", "killed", 9, "at-least", "UCDP, low estimate"),
        ("person", "killed", 12, "about", "UCDP, best estimate"),
        ("person", "killed", 19, "at-most", "UCDP, high estimate"),
    ]
    assert _numbers(events["500102"]) == [("person", "killed", 3, "exact", None)]
    assert [n[2:4] for n in _numbers(events["500103"])] == [(0, "about"), (7, "at-most")]


def test_a_figure_is_the_best_estimate_within_its_own_bounds(store: Store) -> None:
    import_file(store, SAMPLES / FILES["ucdp-ged"])
    (figure,) = _by_row(store)["500101"].figures
    assert (figure.low, figure.best, figure.high, figure.disputed) == (9, 12, 19, False)


def test_rows_of_several_datasets_on_one_event_are_joined_with_their_numbers(store: Store) -> None:
    import_file(store, SAMPLES / FILES["ucdp-ged"])
    import_file(store, SAMPLES / FILES["acled"])
    joined = [e for e in store.record().events if len(e.evidence) > 1]
    assert [(e.independent, len(e.quantities)) for e in joined] == [(2, 4)]
    (figure,) = joined[0].figures
    assert (figure.low, figure.high, figure.sources, figure.disputed) == (9, 19, 2, False)


def test_numbers_outside_an_estimate_s_bounds_are_disputed(
    store: Store, changed: Callable[..., Path]
) -> None:
    import_file(store, SAMPLES / FILES["ucdp-ged"])
    import_file(store, changed("acled", (",11,,1936224000", ",20,,1936224000")))
    (joined,) = [e for e in store.record().events if len(e.evidence) > 1]
    assert joined.disputes == (
        (
            "people killed: at least 9 (UCDP GED 500101) or about 12 (UCDP GED 500101)"
            " or at most 19 (UCDP GED 500101) or 20 (ACLED ARD1001)"
        ),
    )


def test_two_rows_of_one_dataset_are_never_one_event(
    store: Store, changed: Callable[..., Path]
) -> None:
    path = changed("acled")
    header, row, *_ = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([header, row, row.replace("ARD1001", "ARD2001")]), "utf-8")
    import_file(store, path)
    assert [len(e.evidence) for e in store.record().events] == [1, 1]


def test_of_a_row_the_latest_edition_counts_and_the_earlier_one_before_it(
    store: Store, changed: Callable[..., Path]
) -> None:
    import_file(store, SAMPLES / FILES["acled"])
    later = changed("acled", (",11,,1936224000", ",14,,1937433600"))
    assert import_file(store, later).added == 1

    def killed(as_of: dt.date | None) -> list[float]:
        return [q.value for e in store.record(as_of).events for q in e.quantities]

    assert killed(None) == [14]
    assert killed(dt.date(2031, 5, 20)) == [11]
    assert killed(dt.date(2031, 5, 25)) == [14]


def test_it_does_not_matter_which_edition_came_first(store: Store, tmp_path: Path) -> None:
    sample = (SAMPLES / FILES["ucdp-ged"]).read_text("utf-8")
    new, old = tmp_path / "GEDEvent_v25_1.csv", tmp_path / "GEDEvent_v24_1.csv"
    new.write_text(sample.replace("12,19,9", "13,19,9"), "utf-8")
    old.write_text(sample, "utf-8")
    for path in (new, old):
        import_file(store, path)
    assert [n[2] for n in _numbers(_by_row(store)["500101"])] == [9, 13, 19]


def test_ucdp_sides_of_a_fight_both_act_and_civilians_are_acted_on(store: Store) -> None:
    import_file(store, SAMPLES / FILES["ucdp-ged"])
    events = _by_row(store)
    assert (events["500101"].actors, events["500101"].recipients) == (
        ("Ardal", "Free Velmark Front"),
        (),
    )
    assert (events["500103"].actors, events["500103"].recipients) == (
        ("Free Velmark Front",),
        ("Civilians",),
    )


def test_ucdp_days_and_places_are_as_exact_as_the_row_says(store: Store) -> None:
    import_file(store, SAMPLES / FILES["ucdp-ged"])
    events = _by_row(store)
    assert (events["500101"].date, events["500101"].place) == ((MAY_2, MAY_2), "Velm town")
    assert events["500102"].date == (dt.date(2031, 5, 1), dt.date(2031, 5, 31))
    assert events["500102"].place == "Osk province"
    assert events["500103"].place is None


def test_acled_weeks_and_months_become_spans_of_days(store: Store) -> None:
    import_file(store, SAMPLES / FILES["acled"])
    events = _by_row(store)
    assert events["ARD1001"].date == (MAY_2, MAY_2)
    assert events["ARD1002"].date == (dt.date(2031, 5, 6), dt.date(2031, 5, 12))
    assert events["ARD1003"].date == (dt.date(2031, 5, 1), dt.date(2031, 5, 31))


def test_acled_kinds_become_types_and_zero_deaths_are_no_number(store: Store) -> None:
    done = import_file(store, SAMPLES / FILES["acled"])
    events = _by_row(store)
    told = {row: (e.type, e.mode, e.actors, e.recipients) for row, e in events.items()}
    assert told == {
        "ARD1001": ("ASSAULT", "ground", ("Ardal", "Free Velmark Front"), ()),
        "ARD1002": ("ASSAULT", "aerial", ("Ardal",), ("Civilians (Ardal)",)),
        "ARD1003": ("PROTEST", None, ("Protesters (Ardal)",), ()),
    }
    assert _numbers(events["ARD1001"]) == [("person", "killed", 11, "exact", None)]
    assert _numbers(events["ARD1002"]) == []
    assert done.left_out == (("Change to group/activity", 1),)


def test_gdelt_codes_become_types_and_statements_are_left_out(store: Store) -> None:
    done = import_file(store, SAMPLES / FILES["gdelt"])
    events = _by_row(store)
    told = {row: (e.type, e.mode, e.actors, e.recipients, e.place) for row, e in events.items()}
    assert told == {
        "1300000001": ("ASSAULT", "aerial", ("Ardal",), ("Free Velmark Front",), "Velm"),
        "1300000002": ("CONSULT", "visit", ("Ardal",), ("Norrland",), None),
    }
    assert done.left_out == (("CAMEO 010", 1),)
    urls = {report.source: report.url for report in store.record().reports}
    assert urls == {
        "GDELT 2.0 1300000001": "https://post.example/velm",
        "GDELT 2.0 1300000002": None,
    }


@pytest.mark.parametrize(
    ("actor", "called"),
    [
        ("X|PRESIDENT|AUT|||||GOV", "Austria"),
        ("X|VIENNA|AUT|||||", "Austria"),
        ("X|STUDENT|AUT|||||EDU", "Student (Austria)"),
        ("X|FREE VELMARK FRONT|AUT|FVF||||REB", "Free Velmark Front"),
        ("X|STUDENT||||||EDU", "Student"),
        ("X|UN||||||IGO", "United Nations"),
    ],
)
def test_gdelt_actors_are_called_by_what_they_act_for(
    store: Store, changed: Callable[..., Path], actor: str, called: str
) -> None:
    old, new = "ARDGOV|ARDAL||||||GOV".replace("|", "\t"), actor.replace("|", "\t")
    import_file(store, changed("gdelt", (old, new)))
    assert _by_row(store)["1300000002"].actors == (called,)


def test_polecat_keeps_its_types_and_several_names(store: Store) -> None:
    import_file(store, SAMPLES / FILES["polecat"])
    events = _by_row(store)
    told = {row: (e.type, e.mode, e.actors, e.recipients, e.place) for row, e in events.items()}
    assert told == {
        "20310503-77-1": ("ASSAULT", "ground", ("Ardal",), ("Free Velmark Front",), "Velm"),
        "20310509-12-1": ("CONSULT", "call", ("Ardal", "Norrland"), (), None),
    }


@pytest.mark.parametrize(
    ("name", "known_on"),
    [
        ("ucdp-ged", [dt.date(2031, 5, 6), dt.date(2031, 5, 11), dt.date(2031, 6, 2)]),
        ("acled", [dt.date(2031, 5, 11), dt.date(2031, 5, 11), dt.date(2031, 5, 15)]),
        ("gdelt", [dt.date(2031, 5, 3), dt.date(2031, 5, 3)]),
        ("polecat", [dt.date(2031, 5, 3), dt.date(2031, 5, 9)]),
    ],
)
def test_a_row_is_known_from_the_day_it_was_public_and_never_before_it_happened(
    store: Store, name: str, known_on: list[dt.date]
) -> None:
    import_file(store, SAMPLES / FILES[name])
    assert sorted(r.published for r in store.record().reports if r.published) == known_on


@pytest.mark.parametrize(
    ("name", "edition"), [("GEDEvent_v25_1.csv", "25.1"), ("GEDEvent_v25_0_5.csv", "25.0.5")]
)
def test_the_edition_comes_from_the_name_of_the_file(
    store: Store, tmp_path: Path, name: str, edition: str
) -> None:
    shutil.copy(SAMPLES / FILES["ucdp-ged"], tmp_path / name)
    import_file(store, tmp_path / name)
    assert {r.title for r in store.record().reports} == {
        f"UCDP GED {edition}, row {n}" for n in (500101, 500102, 500103)
    }


def test_the_edition_is_what_the_user_says(store: Store) -> None:
    import_file(store, SAMPLES / FILES["acled"], edition="of 3 June 2031")
    assert "ACLED of 3 June 2031, row ARD1001" in {r.title for r in store.record().reports}


def test_bad_rows_are_refused_one_by_one_and_the_others_kept(
    store: Store, changed: Callable[..., Path]
) -> None:
    path = changed(
        "ucdp-ged",
        ("2031-05-31 00:00:00.000", "2031-04-31"),
        ("12,19,9", "12,11,nine"),
    )
    done = import_file(store, path)
    assert done.added == 1
    assert [str(fault) for fault in done.refused] == [
        'line 2, low is "nine"; it must be a whole number, 0 or more.',
        'line 3, date_end is "2031-04-31"; it must be a day, such as 2031-05-02 or 2 May 2031.',
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("ucdp-ged", "12,19,9", "12,11,9", "best is 12; it must lie between low, 9, and high, 11"),
        ("ucdp-ged", ",48.250000,", ",98.25,", 'latitude is "98.25"; it must lie between -90'),
        ("ucdp-ged", ",48.250000,", ",,", "latitude is empty, while the other coordinate"),
        ("ucdp-ged", "500101,ARD-2031-2-9101-1", ",ARD", "id is empty; it must be filled"),
        ("ucdp-ged", "500102,", "500101,", "id is 500101, which line 2 has too; it must be given"),
        ("acled", "2 May 2031,2031", "31 June 2031,2031", 'event_date is "31 June 2031"'),
        ("acled", "9 May 2031", "9999-12-31", 'event_date is "9999-12-31"; it must be a day'),
        ("acled", "9 May 2031", "0001-01-01", 'event_date is "0001-01-01"; it must be a day'),
        ("acled", ",2031,2,", ",2031,7,", "time_precision is 7; it must lie between 1 and 3"),
        ("acled", ",11,,1936224000", ",many,,1936224000", 'fatalities is "many"; it must be a'),
        ("acled", ",11,,1936224000", ",-3,,1936224000", 'fatalities is "-3"; it must be a whole'),
        ("acled", ",11,,1936224000", ",2.5,,1936224000", 'fatalities is "2.5"; it must be a'),
        ("acled", ",11,,1936224000", ",nan,,1936224000", "fatalities is empty; it must be"),
        ("gdelt", "\t043\t043\t", "\t943\t043\t", 'eventcode is "943"; it must be a CAMEO code'),
        ("gdelt", "\t20310502\t203105\t", "\t2031\t203105\t", 'day is "2031"; it must be a day'),
        ("polecat", "CONSULT", "CHATTING", 'event_type is "CHATTING"; it must be one of ACCUSE'),
        ("polecat", "2031-05-09\t", "soon\t", 'publication_date is "soon"; it must be a day'),
    ],
)
def test_each_kind_of_fault_says_where_what_and_what_must_hold(
    store: Store, changed: Callable[..., Path], name: str, old: str, new: str, fault: str
) -> None:
    done = import_file(store, changed(name, (old, new)), format=name)  # type: ignore[arg-type]
    assert any(fault in str(refused) for refused in done.refused), done.refused
    assert done.added + len({f.at.split(",")[0] for f in done.refused}) >= ROWS[name]


def test_a_row_with_too_few_or_too_many_cells_is_refused(
    store: Store, changed: Callable[..., Path]
) -> None:
    path = changed("acled", ("ARD1002,9 May 2031,", "ARD1002,"), ("ARD1003,", "ARD1003,x,"))
    done = import_file(store, path)
    assert [str(fault) for fault in done.refused] == [
        "line 3 is a row of 30 cells; it must have 31, as its columns.",
        "line 4 is a row of 32 cells; it must have 31, as its columns.",
    ]


def test_bytes_that_are_no_text_are_refused_in_their_row_only(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "acled.csv"
    path.write_bytes((SAMPLES / FILES["acled"]).read_bytes().replace(b"a market", b"a m\xe4rket"))
    done = import_file(store, path)
    assert [str(f) for f in done.refused] == [
        "line 3, notes is bytes that are not UTF-8; it must be text in UTF-8."
    ]
    assert done.added == ROWS["acled"] - 1


def test_a_character_that_no_database_keeps_is_refused_in_its_row_only(
    store: Store, changed: Callable[..., Path]
) -> None:
    done = import_file(store, changed("acled", ("a market", "a \0market")))
    assert [fault.at for fault in done.refused] == ["line 3, text"]
    assert done.added == ROWS["acled"] - 1


def test_a_quote_that_is_never_closed_ends_in_a_fault(store: Store, tmp_path: Path) -> None:
    text = (SAMPLES / FILES["acled"]).read_text("utf-8")
    path = tmp_path / "acled.csv"
    path.write_text(text + 'ARD9,"' + "open " * 40_000, "utf-8")
    done = import_file(store, path)
    assert done.added == ROWS["acled"]
    assert "quotation marks closed" in str(done.refused[0])


def test_empty_cells_at_the_end_of_a_row_do_no_harm(store: Store, tmp_path: Path) -> None:
    text = (SAMPLES / FILES["polecat"]).read_text("utf-8")
    path = tmp_path / "polecat.txt"
    path.write_text(text.replace("Vers001\n", "Vers001\t\t\n"), "utf-8")
    assert import_file(store, path).added == ROWS["polecat"]


def test_polecat_rows_are_read_where_the_header_has_a_name_too_many(
    store: Store, changed: Callable[..., Path]
) -> None:
    import_file(store, changed("polecat", ("Contexts\t", "Contexts\tHeadline\t")))
    event = _by_row(store)["20310503-77-1"]
    assert (event.actors, event.place) == (("Ardal",), "Velm")


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(FILES)),
    st.integers(0, 60),
    st.text(st.characters(codec="utf-8", exclude_characters="\r\n\t\0"), max_size=12)
    | st.sampled_from(
        [
            *[
                "-1",
                "1e400",
                "NaN",
                "1e308",
                "0001-01-01",
                "9999-12-31",
                "00010101",
                "99991231",
                "٣",
                "3",
                "2",
                "1",
                "0",
                "180",
            ],
            *["-180.0001", "99999999999999999999", "=1", '"', "CONSULT"],
        ]
    ),
)
def test_no_cell_can_break_reading(name: str, column: int, value: str) -> None:
    """Whatever is in a cell, its row is kept or refused, and the rows after it are read."""
    between = "\t" if name in {"gdelt", "polecat"} else ","
    rows = list(
        csv.reader(io.StringIO((SAMPLES / FILES[name]).read_text("utf-8")), delimiter=between)
    )
    row = rows[0 if name == "gdelt" else 1]
    row[column % len(row)] = value
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILES[name]
        with path.open("w", encoding="utf-8", newline="") as file:
            if name == "gdelt":
                file.writelines("\t".join(r) + "\n" for r in rows)
            else:
                csv.writer(file, delimiter=between).writerows(rows)
        tally = Tally()
        kept = list(mentions_of(path, name, tally))  # type: ignore[arg-type]
    lines = {fault.at.split(",")[0] for fault in tally.refused}
    assert len(kept) + len(lines) + sum(tally.left_out.values()) == len(rows) - (name != "gdelt")
    assert len(lines) <= 1


def test_a_file_of_another_layout_is_refused_as_a_whole(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_text("day,price\n2031-05-02,7\n", "utf-8")
    with pytest.raises(RecordError, match='a first line "day,price"; it must be the header of'):
        import_file(store, path)
    with pytest.raises(RecordError, match="header is one without actor1"):
        import_file(store, path, format="acled")


def test_reading_stops_when_nearly_everything_is_wrong(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    header, row, *_ = (SAMPLES / FILES["acled"]).read_text("utf-8").splitlines()
    path.write_text("\n".join([header, *([row.replace("2 May 2031", "?")] * 3000)]), "utf-8")
    done = import_file(store, path)
    assert done.stopped
    assert len(done.refused) == 1000


@pytest.mark.parametrize("kind", ["gz", "zip"])
def test_packed_files_are_read_as_they_are(store: Store, tmp_path: Path, kind: str) -> None:
    sample = SAMPLES / FILES["gdelt"]
    path = tmp_path / f"20310503121500.export.CSV.{kind}"
    if kind == "gz":
        path.write_bytes(gzip.compress(sample.read_bytes()))
    else:
        with zipfile.ZipFile(path, "w") as packed:
            packed.write(sample, sample.name)
    assert import_file(store, path).added == ROWS["gdelt"]


def test_a_packed_file_that_breaks_off_is_said_and_its_first_rows_are_kept(
    store: Store, tmp_path: Path
) -> None:
    header, *rows = (SAMPLES / FILES["acled"]).read_text("utf-8").splitlines()
    many = [rows[0].replace("ARD1001", f"ARD{n}") for n in range(3000)]
    whole = gzip.compress("\n".join([header, *many]).encode())
    path = tmp_path / "acled.csv.gz"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(RecordError, match="it must be a file that can be read"):
        import_file(store, path)
    kept = len(store.record().reports)
    assert 0 < kept < 3000
    path.write_bytes(whole)
    assert import_file(store, path).known == kept


def test_a_file_that_is_not_there_is_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="No such file"):
        import_file(store, tmp_path / "nowhere.csv")


def test_semicolons_part_cells_as_well_as_commas(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "acled.csv"
    path.write_text(
        "EVENT_ID_CNTY;EVENT_DATE;EVENT_TYPE;SUB_EVENT_TYPE;ACTOR1;FATALITIES\n"
        "ARD7;2031-05-02;Battles;Armed clash;Military Forces of Ardal (2029-);3\n",
        "utf-8",
    )
    assert import_file(store, path).added == 1
