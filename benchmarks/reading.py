"""How fast reports are read, beside what reading rests on, on the same texts in one run.

    python benchmarks/reading.py [--reports 16] [--rounds 3] [--json]

From the paragraphs of ``examples/`` reports of 750 words are put together, each as plain text and
as a page with furniture. What is timed, each over all of them, the best of some rounds:

- ``full``: what ``foedus read`` does with a plain text, from its words to its mentions;
- ``page``: the same for a page;
- ``spacy``: the bare language pipeline on the same words, as one document a report;
- ``clean`` and ``trafilatura``: from a page to its main text, ours and the library's alone;
- ``gate``: pages of a packed web archive, of which one in twenty is about a war, through unpacking,
  the looks at status and type, and the search for words of conflict.

Times are of the processor, which other programs on the machine change little; ratios change least.
"""

from __future__ import annotations

import argparse
import gzip
import io
import itertools
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from foedus import report
from foedus.reading import load_pipeline, parsed, read
from foedus.reading.pipeline import MODEL
from foedus.report import archive, clean
from foedus.report.expanding import Expanded
from foedus.report.received import Received
from foedus.report.values import Raw, Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from foedus.report import Report

EXAMPLES = Path(__file__).parents[1] / "examples"
WORDS = 750
GATE_PAGES = 1000
ONE_IN = 20
PAGE_BYTES = 40_000  # of HTML with its scripts inside; an assumption
MENU = "".join(f'<li><a href="/s/{n}">Section {n}</a></li>' for n in range(60))
LINKS = "".join(
    f'<li><a href="/a/{n}">Another story of the day, number {n}</a></li>' for n in range(40)
)
PEACEFUL = (
    "The harvest festival of the town was held on Sunday in fine weather. Many visitors came from "
    "the villages around, and the brass band played until the evening. "
)


def main() -> None:
    """Measure, and print a table or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = measured(options.reports, options.rounds)
    if options.json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:28}{value:>12}")


def measured(count: int, rounds: int) -> dict[str, float]:
    """Return rates and ratios for ``count`` reports, the best of ``rounds``."""
    texts = list(itertools.islice(_texts(), count))
    pages = [_page(text) for text in texts]
    pipeline = load_pipeline()
    plain = [_report(text, "text") for text in texts]
    import spacy  # noqa: PLC0415 - these load for the clocks to miss
    import trafilatura  # noqa: PLC0415

    bare = spacy.load(MODEL)
    trafilatura.extract(pages[0])
    words = [text.translate(parsed._PLAIN) for text in texts]  # noqa: SLF001 - the very same signs
    stored = _archive(pages)
    seconds = {
        "full": _best(rounds, lambda: [read(one, pipeline) for one in plain]),
        "parse": _best(rounds, lambda: [parsed.parse(one, pipeline) for one in plain]),
        "spacy": _best(rounds, lambda: list(bare.pipe(words))),
        "page": _best(rounds, lambda: [read(_report(p, "page"), pipeline) for p in pages]),
        "clean": _best(rounds, lambda: [_report(p, "page") for p in pages]),
        "trafilatura": _best(rounds, lambda: [trafilatura.extract(p) for p in pages]),
        "gate": _best(rounds, lambda: _through_the_gate(stored)),
    }
    rates = {f"{name}_per_second": count / took for name, took in seconds.items() if name != "gate"}
    return {
        "reports": count,
        "words_each": round(sum(len(text.split()) for text in texts) / count),
        **{name: round(rate, 2) for name, rate in rates.items()},
        "gate_pages_per_second": round(GATE_PAGES / seconds["gate"]),
        "gate_bytes_a_page": len(gzip.decompress(stored)) // GATE_PAGES,
        "full_to_spacy": round(rates["full_per_second"] / rates["spacy_per_second"], 3),
        "own_share_of_full": round(1 - seconds["parse"] / seconds["full"], 3),
        "clean_to_trafilatura": round(
            rates["clean_per_second"] / rates["trafilatura_per_second"], 3
        ),
    }


def _best(rounds: int, work: Callable[[], object]) -> float:
    """Return the least seconds of the processor that some work took."""
    took = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took)


def _texts() -> Iterator[str]:
    """Yield texts of some 750 words, each from another place in the examples' paragraphs."""
    lines = [
        line
        for path in sorted(EXAMPLES.glob("*.*"))
        if path.suffix in {".html", ".txt"}
        for one in report.load(str(path))
        for line in one.text.split("\n")
    ]
    for start in itertools.count():
        chosen: list[str] = []
        for line in itertools.islice(itertools.cycle(lines), start, None):
            chosen.append(line)
            if sum(len(each.split()) for each in chosen) >= WORDS:
                break
        yield "\n".join(chosen)


def _page(text: str) -> str:
    """Return a text as a page of a news site, with menus, links and scripts up to a usual size."""
    body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    page = (
        "<!DOCTYPE html><html lang='en'><head><title>A report - The Lind Courier</title>"
        "<meta property='article:published_time' content='2031-03-16'></head><body><nav><ul>"
        f"{MENU}</ul></nav><main><article><h1>A report</h1>{body}</article><aside>"
        f"<h2>Most read</h2><ul>{LINKS}</ul></aside></main><footer>© 2031 The Lind Courier</footer>"
    )
    script = "x=1;" * max(0, (PAGE_BYTES - len(page)) // 4)
    return f"{page}<script>{script}</script></body></html>"


def _report(text: str, kind: str) -> Report:
    """Return a cleaned report."""
    return clean(Raw(source="benchmark", text=text, kind="page" if kind == "page" else "text"))


def _archive(pages: list[str]) -> bytes:
    """Return a packed archive in which one page in twenty is one of ``pages``."""
    peaceful = _page("\n".join([PEACEFUL] * (WORDS // len(PEACEFUL.split()))))
    of_war = itertools.cycle(pages)
    records = (next(of_war) if n % ONE_IN == 0 else peaceful for n in range(GATE_PAGES))
    return b"".join(gzip.compress(_record(page.encode()), 6) for page in records)


def _record(body: bytes) -> bytes:
    """Return a page as a record of an answer."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://lind.example/\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def _through_the_gate(stored: bytes) -> None:
    """Pass an archive through the gate, and see that what should came through."""
    passed = 0
    for found in archive.pages_in(Expanded(io.BytesIO(stored), "crawl"), "crawl"):
        passed += isinstance(found, Received) and not isinstance(found, Skipped)
    if passed != GATE_PAGES // ONE_IN:
        message = f"{passed} pages passed the gate"
        raise AssertionError(message)


if __name__ == "__main__":
    main()
