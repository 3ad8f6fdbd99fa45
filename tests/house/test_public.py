"""What each folder offers is what it says it offers, and nothing heavy is loaded to say hello."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

FOLDERS = ("report", "reading", "record", "case", "game", "search", "answer", "show")


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_name_in_all_can_be_imported_and_is_explained(folder: str) -> None:
    module = importlib.import_module(f"foedus.{folder}")
    assert module.__doc__
    assert list(module.__all__) == sorted(module.__all__, key=str.swapcase) or sorted(
        module.__all__
    ) == sorted(set(module.__all__))
    for name in module.__all__:
        thing = getattr(module, name)
        if callable(thing):
            assert thing.__doc__, f"{folder}.{name} has no docstring"


def test_asking_for_help_loads_neither_the_language_pipeline_nor_the_page_reader() -> None:
    heavy = ["spacy", "trafilatura", "httpx", "plotly", "scipy", "alembic"]
    code = f"import sys, foedus.cli.app; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
