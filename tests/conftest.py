"""What every test may use. Nothing here touches the user's own data folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]

# A slow machine is no fault of the code, and a failure must come back: no deadlines, and the same
# examples every time.
settings.register_profile("foedus", deadline=None, derandomize=True, database=None)
settings.load_profile("foedus")


@pytest.fixture(autouse=True)
def _own_data_folder(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keep records that a test makes out of the user's data folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def examples(root: Path) -> list[Path]:
    """Return the example reports that `make demo` reads."""
    return sorted([*root.glob("examples/*.txt"), *root.glob("examples/*.html")])
