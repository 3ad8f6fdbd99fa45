"""What inputs stand for: folders, patterns, JSON Lines, web archives, standard input."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import zlib
from typing import TYPE_CHECKING

import pytest

from foedus.errors import ReportError
from foedus.report import Raw, Report, Skipped, clean, collect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STORY = (
    "Envoys of Ardal and Velmark met in Port Lind on Monday, after two weeks of shelling. "
    "They agreed to exchange forty prisoners, and discussed a truce along the river.\n"
)
PAGE = f"<html><head><title>Talks in Lind</title></head><body><p>{STORY}</p></body></html>"


def found(
    *names: str | Path, progress: Callable[[float], None] | None = None
) -> tuple[list[Report], list[Skipped]]:
    reports, skipped = [], []
    for each in collect([str(name) for name in names], progress=progress):
        if isinstance(each, Skipped):
            skipped.append(each)
            continue
        try:
            reports.append(clean(each))
        except ReportError as error:
            skipped.append(Skipped(error=error))
    return reports, skipped


def record(
    body: bytes,
    *,
    status: str = "200 OK",
    kind: str = "text/html; charset=utf-8",
    more: str = "",
    length: int | None = None,
) -> bytes:
    """Return a WARC response record, written by hand after ISO 28500."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body
    size = len(http) if length is None else length
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        "WARC-Date: 2031-03-04T10:00:00Z\r\nWARC-Target-URI: https://lind.example/talks\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {size}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


# Folders and patterns


def test_a_folder_stands_for_the_reports_below_it_in_the_order_of_their_names(
    tmp_path: Path,
) -> None:
    for name in ("b.txt", "a/z.html", "a/b.txt", ".hidden.txt", "a/picture.png", "c.md"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(PAGE if name.endswith("html") else STORY)
    reports, skipped = found(tmp_path)
    assert [r.source for r in reports] == ["a/b.txt", "a/z.html", "b.txt", "c.md"]
    assert [(s.error.where, s.reason, s.failed) for s in skipped] == [
        (str(tmp_path / "a/picture.png"), "another kind", False)
    ]


def test_a_pattern_that_the_shell_left_alone_is_matched_here_and_sorted(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.html", "deep/er/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(STORY)
    assert [r.source for r in found(f"{tmp_path}/*.txt")[0]] == ["a.txt", "b.txt"]
    assert len(found(f"{tmp_path}/**/*.txt")[0]) == 3
    (_, (none,)) = found(f"{tmp_path}/*.pdf")
    assert (none.reason, none.failed) == ("no file", True)


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "talks[1].txt").write_text(STORY)
    assert [r.source for r in found(tmp_path / "talks[1].txt")[0]] == ["talks[1].txt"]


def test_a_link_back_to_a_folder_above_is_told_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(STORY)
    (tmp_path / "in" / "up").symlink_to(tmp_path)
    (tmp_path / "in" / "self.txt").symlink_to(tmp_path / "in" / "self.txt")
    reports, skipped = found(tmp_path)
    assert [r.source for r in reports] == ["in/a.txt"]
    assert [s.error.where.rsplit("/", 1)[-1] for s in skipped] == ["self.txt", "up"]
    assert all(s.reason == "not readable" for s in skipped)


def test_a_folder_that_may_not_be_opened_is_told_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests may run as one who may open everything, so the system's answer is put in."""
    for name in ("closed", "open"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(STORY)
    opens = os.scandir

    def refuse(folder: str) -> object:
        if folder.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return opens(folder)

    monkeypatch.setattr("os.scandir", refuse)
    reports, skipped = found(tmp_path)
    assert [r.source for r in reports] == ["open/a.txt"]
    assert [s.error.where for s in skipped] == [str(tmp_path / "closed")]
    assert "Permission denied" in str(skipped[0].error)


def test_a_broken_input_stops_none_of_the_others_and_keeps_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_bytes(b"")
    names = [str(tmp_path / name) for name in ("a.txt", "b.txt", "missing.txt", "a.txt")]
    order = [e.source if isinstance(e, Raw) else e.reason for e in collect(names)]
    assert order == ["a.txt", "empty", "no file", "a.txt"]


# JSON Lines


def lines(*objects: object) -> bytes:
    return "\n".join(json.dumps(o) for o in objects).encode()


def test_a_line_of_json_is_a_report_with_what_it_says_of_itself(tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    told = {
        "text": f"Talks in Lind\n\n{STORY}", "title": "Talks in Lind", "published": "2031-03-04",
        "outlet": "Lind Wire", "url": "https://lind.example/1", "source": "wire-17", "likes": 3,
    }  # fmt: skip
    file.write_bytes(lines(told, {"text": STORY, "published": "March 5, 2031"}))
    (first, second), skipped = found(file)
    assert skipped == []
    assert (first.source, first.title, first.outlet) == ("wire-17", "Talks in Lind", "Lind Wire")
    assert (first.url, str(first.published)) == ("https://lind.example/1", "2031-03-04")
    assert first.published_from == "page"
    assert first.text == STORY.strip()
    assert (second.source, str(second.published)) == ("r.jsonl#2", "2031-03-05")


def test_a_title_given_with_a_text_is_not_looked_for_in_it(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_bytes(
        lines({"text": f"What was agreed\n\n{STORY}", "title": "Talks end in Port Lind"})
    )
    ((report,), _) = found(tmp_path / "r.jsonl")
    assert report.text == f"What was agreed\n{STORY.strip()}"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b'{"text": 3, "title": []}', "2 faults"),
        (b'{"title": "Talks"}', "text is missing"),
        (b'{"text": "x", "published": "soon"}', "be a day"),
        (b'{"text": ', "no JSON"),
        (b'["text"]', "JSON of another kind"),
        (b'{"text": "  "}', "without words"),
        (b"\xff\xfe{}", "no JSON in UTF-8"),
        (b"[" * 100_000, "no JSON"),
        (b'{"text": "\\ud83d ' + b"The host said that the talks went on. " * 3 + b'"}', ""),
    ],
)
def test_a_broken_line_is_told_by_its_number_and_the_next_one_is_read(
    tmp_path: Path, line: bytes, says: str
) -> None:
    good = lines({"text": STORY})
    (tmp_path / "r.jsonl").write_bytes(b"\n".join([good, line, b"", good]))
    reports, skipped = found(tmp_path / "r.jsonl")
    assert [r.source for r in reports if r.text == STORY.strip()] == ["r.jsonl#1", "r.jsonl#4"]
    assert [s.error.where for s in skipped] == (["r.jsonl#2"] if says else [])
    assert all(says in str(s.error) for s in skipped)


def test_json_that_holds_no_reports_is_left_alone_after_its_first_lines(tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text(json.dumps({f"key{n}": n for n in range(500)}, indent=1))
    reports, skipped = found(tmp_path / "m.json")
    assert reports == []
    assert len(skipped) == 4
    assert skipped[-1].reason == "another kind"


# Web archives


@pytest.fixture
def archive() -> list[bytes]:
    return [
        record(PAGE.encode()),
        record(b"<p>moved</p>", status="301 Moved"),
        record(b"\x89PNG", kind="image/png"),
        record(b"<html><p>The village fair was held in fine weather.</p></html>"),
        record(PAGE.replace("Lind", "L\xe9nd").encode("cp1252"), kind="text/html; charset=latin1"),
        record(zlib.compress(PAGE.encode()), more="Content-Encoding: deflate\r\n"),
        record(gzip.compress(PAGE.encode()), more="Content-Encoding: gzip\r\n"),
        record(
            b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE.encode()),
            more="Transfer-Encoding: chunked\r\n",
        ),
        record(PAGE.encode(), more="Transfer-Encoding: chunked\r\nContent-Encoding: br\r\n"),
        record(STORY.encode(), kind="text/plain"),
    ]


@pytest.mark.parametrize("packed", ["not", "each", "whole"])
def test_an_archive_yields_the_pages_that_may_be_reports(
    tmp_path: Path, archive: list[bytes], packed: str
) -> None:
    file = tmp_path / "crawl"  # the content tells, not the name
    if packed == "not":
        file.write_bytes(b"".join(archive))
    elif packed == "each":
        file.write_bytes(b"".join(map(gzip.compress, archive)))
    else:
        file.write_bytes(gzip.compress(b"".join(archive)))
    reports, skipped = found(file)
    assert [r.source for r in reports] == [f"crawl#{n}" for n in (1, 5, 6, 7, 8, 9, 10)]
    assert all("exchange forty prisoners" in r.text for r in reports)
    assert "Lénd" in reports[1].text
    assert {r.url for r in reports} == {"https://lind.example/talks"}
    assert [(s.error.where, s.reason) for s in skipped] == [
        ("crawl#2", "no page"), ("crawl#3", "no page"), ("crawl#4", "no word of conflict"),
    ]  # fmt: skip
    assert not any(s.failed for s in skipped)


def test_an_archive_that_is_cut_off_is_read_up_to_there(
    tmp_path: Path, archive: list[bytes]
) -> None:
    whole = gzip.compress(archive[0]) + gzip.compress(archive[-1])
    (tmp_path / "cut.warc.gz").write_bytes(whole[:-30])
    reports, skipped = found(tmp_path / "cut.warc.gz")
    assert [r.source for r in reports] == ["cut.warc.gz#1"]
    assert {s.reason for s in skipped} == {"broken archive"}
    assert all(s.failed for s in skipped)


@pytest.mark.parametrize("length", [40, 100_000, -4, 10**30])
def test_a_record_that_lies_about_its_length_ends_the_archive_with_a_word(
    tmp_path: Path, archive: list[bytes], length: int
) -> None:
    lying = record(PAGE.encode(), length=length)
    (tmp_path / "lying.warc").write_bytes(archive[0] + lying + archive[-1])
    reports, skipped = found(tmp_path / "lying.warc")
    assert reports[0].source == "lying.warc#1"
    assert "broken archive" in {s.reason for s in skipped}


def test_an_archive_that_expands_beyond_proportion_is_left(tmp_path: Path) -> None:
    bomb = gzip.compress(record(b"<p>" + b"war " * 50_000_000))
    (tmp_path / "bomb.warc.gz").write_bytes(gzip.compress(record(PAGE.encode())) + bomb)
    assert (tmp_path / "bomb.warc.gz").stat().st_size < 1_000_000
    reports, skipped = found(tmp_path / "bomb.warc.gz")
    assert [r.source for r in reports] == ["bomb.warc.gz#1"]
    assert {s.reason for s in skipped} == {"too large"}


def test_a_page_that_expands_beyond_a_page_is_passed_over(tmp_path: Path) -> None:
    body = gzip.compress(b"<p>" + b"war " * 5_000_000)
    inner = record(body, more="Content-Encoding: gzip\r\n")
    (tmp_path / "in.warc").write_bytes(inner + record(PAGE.encode()))
    reports, skipped = found(tmp_path / "in.warc")
    assert [r.source for r in reports] == ["in.warc#2"]
    assert [(s.error.where, s.reason) for s in skipped] == [("in.warc#1", "too large")]


def test_every_report_that_is_labelled_as_one_of_a_war_passes_the_gate(root: Path) -> None:
    """The labels are made by hand; two reports of the set are of football and of cheese."""
    from foedus.report.gate import may_be_about_conflict  # noqa: PLC0415 - for this test alone

    folder = root.parent / "shared" / "data" / "reports"
    if not folder.is_dir():
        pytest.skip("the development reports are not beside the repository")
    files = [f for f in folder.iterdir() if f.suffix in {".txt", ".html", ".xml"}]
    stopped = {f.name for f in files if not may_be_about_conflict(f.read_bytes())}
    assert stopped <= {"cup-tie-report.txt", "cheese-tariff-row.html"}


# Packed files and standard input


def test_a_single_page_packed_by_gzip_is_read(tmp_path: Path) -> None:
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    ((report,), _) = found(tmp_path / "page.html.gz")
    assert report.title == "Talks in Lind"


class Pipe:
    """Standard input that gives a few bytes at a time, as a network does."""

    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)
        whole, self.buffer.read = self.buffer.read, lambda size=-1: whole(min(size, 7))  # type: ignore[method-assign, misc]


@pytest.mark.parametrize(
    ("content", "sources"),
    [
        (PAGE.encode(), ["stdin"]),
        (STORY.encode(), ["stdin"]),
        (lines({"text": STORY}, {"text": STORY}), ["stdin#1", "stdin#2"]),
        (gzip.compress(record(PAGE.encode())), ["stdin#1"]),
    ],
)
def test_standard_input_can_be_anything(
    monkeypatch: pytest.MonkeyPatch, content: bytes, sources: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Pipe(content))
    assert [r.source for r in found("-")[0]] == sources


def test_an_endless_standard_input_is_left_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless:
        class buffer:  # noqa: N801 - as sys.stdin names it
            @staticmethod
            def read(size: int) -> bytes:
                return b"Talks. " * (size // 7)

    monkeypatch.setattr(sys, "stdin", Endless)
    (_, (skipped,)) = found("-")
    assert skipped.reason == "too large"


def test_progress_goes_from_nothing_to_all_and_never_back(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.jsonl").write_bytes(lines(*[{"text": STORY}] * 50))
    told: list[float] = []
    found(tmp_path, progress=told.append)
    assert (told[0], told[-1]) == (0.0, 1.0)
    assert told == sorted(told)
