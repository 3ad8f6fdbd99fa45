"""foedus from Python: the call of one line, what a notebook shows, what is saved."""

from __future__ import annotations

import json
import subprocess
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import nbclient
import nbformat
import pyarrow.parquet as pq
import pytest

import fictional_brief as fictional
import foedus
from foedus import api, show
from foedus.errors import FoedusError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def solved(root: Path) -> api.Solved:
    return api.answer(api.load_case(root / "cases" / "teaching.yaml"), futures=16, seed=1)


def test_the_call_of_one_line_is_the_function_of_the_api(root: Path, solved: api.Solved) -> None:
    case = foedus.load_case(root / "cases" / "teaching.yaml")
    answer = foedus.answer(case, futures=16, seed=1)
    assert answer.answer == solved.answer
    assert foedus.answer(case, futures=16, seed=1, workers=1).answer == solved.answer


def test_it_can_be_called_whatever_was_imported_before(root: Path) -> None:
    case = root / "cases" / "teaching.yaml"
    for first in ("", "import foedus.flow", "from foedus.answer import trace"):
        code = f"{first}\nimport foedus\nc = foedus.load_case({str(case)!r})\n"
        code += "print(callable(foedus.answer))"
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.stdout.strip() == "True", done.stderr


def test_saying_hello_loads_nothing_heavy() -> None:
    heavy = ["numpy", "spacy", "numba", "pyarrow", "sqlalchemy"]
    code = f"import sys, foedus; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    with pytest.raises(AttributeError, match="no attribute 'anwser'"):
        _ = foedus.anwser  # type: ignore[attr-defined]


def test_what_a_notebook_shows_is_the_answer_in_short(solved: api.Solved) -> None:
    shown = solved._repr_html_()
    parser = HTMLParser()
    words: list[str] = []
    parser.handle_data = words.append  # type: ignore[method-assign]
    parser.feed(shown)
    for line in str(solved).split("\n"):
        assert line in words
    assert shown.count("<tr>") == 1 + min(api.DEALS_SHOWN, len(solved.deals))


def test_names_are_no_markup_in_a_notebook_nor_in_markdown() -> None:
    brief = fictional.hostile()
    assert brief.answer is not None
    shown = api.Solved(brief=brief, answer=brief.answer)._repr_html_()
    assert "<script" not in shown
    text = show.markdown(brief)
    assert "<script" not in text.replace("\\<", "")


def test_every_way_to_save_holds_the_same_figures(solved: api.Solved, tmp_path: Path) -> None:
    for suffix in api.SUFFIXES:
        solved.save(tmp_path / f"answer{suffix}")
    table = pq.read_table(tmp_path / "answer.parquet")
    told = json.loads((tmp_path / "answer.json").read_text("utf-8"))
    assert table.num_rows == len(solved.deals) == len(told["answer"]["deals"])
    for row, deal, plain in zip(
        table.to_pylist(), solved.deals, told["answer"]["deals"], strict=True
    ):
        assert row["robustness"] == deal.robustness == plain["robustness"]
        assert row["survive"] == deal.survive.mean == plain["survive"]["mean"]
        for party in deal.parties:
            assert row[f"accepts[{party.party}]"] == party.accepts
        for provision, at in zip(solved.case.provisions, deal.deal, strict=True):
            assert row[provision.id] == provision.levels[at].name
        ends = sum(row[f"end_{name}"] for name, _ in deal.ends)
        assert ends == pytest.approx(1.0, abs=1e-9)
    assert table.schema.metadata[b"case_hash"].decode() == solved.answer.case_hash
    text = (tmp_path / "answer.md").read_text("utf-8")
    assert all(f"| {n} | " in text for n in range(1, len(solved.deals) + 1))
    assert (tmp_path / "answer.html").read_text("utf-8") == show.html(solved.brief)
    with pytest.raises(FoedusError, match=r"end in one of .html, .md, .json, .parquet"):
        solved.save(tmp_path / "answer.pdf")
    assert sorted(p.suffix for p in tmp_path.iterdir()) == sorted(api.SUFFIXES)


def test_markdown_says_what_the_brief_says() -> None:
    brief = fictional.brief()
    assert brief.answer is not None
    text = show.markdown(brief)
    plain = text.replace("\\", "")
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings[0].startswith("# ")
    order = [plain.index(h) for h in ("assumptions first", "## Deals", "## Outlook", "## Sources")]
    assert order == sorted(order)
    for line in brief.answer.case.red_lines:
        assert line.party in plain
    for report in brief.record.reports:
        assert report.source in plain
    quotes = [e.quote for event in brief.record.events for e in event.evidence]
    assert quotes
    assert all(" ".join(quote.split()) in plain for quote in quotes)


def test_the_tutorial_notebook_runs(root: Path) -> None:
    path = root / "docs" / "learn" / "from-python.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(cells) >= 6
    assert all(not cell.outputs and cell.execution_count is None for cell in cells)
    client = nbclient.NotebookClient(
        notebook, timeout=600, resources={"metadata": {"path": str(root)}}
    )
    client.execute()
    shown = [out for cell in cells for out in cell.outputs]
    assert any("text/html" in out.get("data", {}) for out in shown)
    assert not any(out.output_type == "error" for out in shown)
