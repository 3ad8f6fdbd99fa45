"""Each bad input is one clear error: which input, what was found, what must hold, what to do."""

# ruff: noqa: RUF001 - real typographic signs

import io
import os
import pickle
import zipfile
from pathlib import Path

import pytest

from foedus.errors import ReportError
from foedus.report import load

STORY = (
    "Envoys of Ardal and Velmark met in Port Lind on Monday. "
    "They agreed to meet again in a week, the host said.\n"
)


def written(folder: Path, name: str, content: bytes) -> str:
    file = folder / name
    file.write_bytes(content)
    return str(file)


def zipped() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return whole.getvalue()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "an empty file"),
        (b" \n\t\n", "blank space only"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG image"),
        (zipped(), "a zip archive"),
        (b"\x1f\x8b\x08\x00abc", "gzip that is cut off"),
        (b"\x00\x01\x02\x03" * 50, "a binary file"),
        (b"\xef\xbb\xbfTalks in \xff\xfe Velmark.", "a mark for utf-8"),
        (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "page with no main text"),
        (b"<?xml version='1.0'?><invoice><total>4</total></invoice>", "XML of another kind"),
        (b"<rss version='2.0'><channel><title>T</title></channel></rss>", "a feed without items"),
        ("Die Unterhändler von Ardal und Velmark trafen sich am Montag.".encode(), "German"),
        ("Переговоры между двумя странами начались в понедельник.".encode(), "Russian"),
        ("Velmark’s envoy said the talks would go on in the city.".encode().decode("cp1252")
         .encode(), "a wrong character set"),
        ("The envoy\ufffds reply was not made public in the city.".encode(), "wrong character set"),
    ],
)  # fmt: skip
def test_a_file_that_holds_no_report_is_refused_and_says_what_it_holds(
    tmp_path: Path, content: bytes, found: str
) -> None:
    name = written(tmp_path, "input.html", content)
    with pytest.raises(ReportError, match=r"must .*\.") as caught:
        load(name)
    assert found in str(caught.value)
    assert "input.html" in caught.value.where
    assert all(fault.do for fault in caught.value.faults)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 - ours


def test_a_missing_file_is_refused() -> None:
    with pytest.raises(ReportError, match="no such file"):
        load("no-such-report.html")


def test_a_folder_without_reports_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="a folder without reports"):
        load(str(tmp_path))


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ReportError, match="a device or a pipe"):
        load(str(tmp_path / "pipe"))


def test_a_name_that_no_file_can_have_is_refused() -> None:
    for name in ("x" * 5000, "a\x00b", ""):
        with pytest.raises(ReportError):
            load(name)


def test_a_file_that_may_not_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = written(tmp_path, "closed.txt", STORY.encode())

    def closed(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", closed)
    with pytest.raises(ReportError, match="may not be read"):
        load(name)


def test_a_file_over_the_limit_is_refused_without_reading_it_whole(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    with file.open("wb") as opened:
        opened.write(b"Talks began.")
        opened.truncate(500 * 1024**3)  # of nothing, which takes no room on the disk
    with pytest.raises(ReportError, match=r"512000\.0 MiB or more; it must be at most 10\.0 MiB"):
        load(str(file))


def test_a_feed_that_declares_entities_is_refused_before_they_are_expanded(tmp_path: Path) -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">'
        '<!ENTITY x SYSTEM "file:///etc/hostname">]><rss version="2.0"><channel><item>'
        "<description>&b;&x;</description></item></channel></rss>"
    )
    with pytest.raises(ReportError, match="declares entities"):
        load(written(tmp_path, "bomb.xml", bomb.encode()))


def test_all_faults_of_a_feed_without_english_are_told_at_once(tmp_path: Path) -> None:
    items = "".join(
        f"<item><description>Die Verhandlungen haben am {day} begonnen.</description></item>"
        for day in ("Montag", "Dienstag")
    )
    feed = f'<rss version="2.0"><channel>{items}</channel></rss>'
    with pytest.raises(ReportError, match="2 faults") as caught:
        load(written(tmp_path, "two.xml", feed.encode()))
    assert [fault.at for fault in caught.value.faults] == ["two.xml#1", "two.xml#2"]
