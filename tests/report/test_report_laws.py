"""Laws that hold for any input."""

import datetime as dt
import re
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import ReportError
from foedus.ids import digest
from foedus.report import load
from foedus.report.dates import stated_day
from foedus.report.pasted import clean_text

SENTENCES = st.sampled_from([
    "Envoys of Ardal and Velmark met in Port Lind on Monday.",
    "The army said forty soldiers had crossed the river overnight, and that none came back.",
    "“We will not leave,” said the mayor of Lind.",
    "1. A truce along the river.",
    "- two bridges;",
    "What was agreed",
    "Is there a risk?",
    "Read also: A cat on a roof",
    "Leave a comment",
    "By Ada Lind | 4 March 2031",
    "Home > World > Talks",
    "Subscribe to our newsletter",
    "",
])  # fmt: skip


@given(st.lists(SENTENCES, max_size=14).map("\n\n".join))
def test_what_is_kept_stands_in_the_input_in_its_order(text: str) -> None:
    kept = clean_text(text).lines
    rest = iter(line.strip() for line in text.split("\n"))
    assert all(any(line == given_line for given_line in rest) for line in kept)


@given(st.lists(SENTENCES, max_size=14).map("\n\n".join))
def test_cleaning_what_is_clean_changes_nothing(text: str) -> None:
    """The title is left out of a text; with one put back, the rest comes out again."""
    kept = clean_text(text).lines
    again = clean_text("\n\n".join(["Ardal and Velmark talk again", *kept])).lines
    if any(re.search(r"[.;]$", line) for line in kept):
        assert again == kept


@settings(max_examples=60)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=300).map(str.encode)))
def test_any_bytes_give_reports_or_a_report_error(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "input"
        for prefix in (b"", b"<html><body><p>", b"<rss><channel><item><description>"):
            file.write_bytes(prefix + content)
            try:
                reports = load(str(file), published=dt.date(2031, 3, 4))
            except ReportError as err:
                faults = err.faults
                reports = ()
            else:
                faults = ()
            assert bool(faults) != bool(reports)
            assert all(r.text.strip() and r.published == dt.date(2031, 3, 4) for r in reports)
            assert all(r.published_from == "argument" for r in reports)


@given(st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2090, 1, 1)), st.integers(0, 4))
def test_a_day_is_read_back_in_each_way_of_writing_it(day: dt.date, way: int) -> None:
    written = [
        f"{day:%d %B %Y}", f"{day:%B} {day.day}, {day.year}", day.isoformat(),
        f"{day:%d.%m.%Y}", f"{day.day} {day:%b}. {day.year}",
    ][way]  # fmt: skip
    assert stated_day(f"Lind, Monday {written}, 10:15") == day


def test_an_id_is_the_digest_of_the_bytes(tmp_path: Path) -> None:
    file = tmp_path / "talks.txt"
    file.write_text("Talks\n\nEnvoys of Ardal and Velmark met in Port Lind on Monday.\n")
    (report,) = load(str(file))
    assert report.id == digest(file.read_bytes())
    assert report.source == "talks.txt"
