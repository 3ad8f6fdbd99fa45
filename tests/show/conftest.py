"""The briefs that the tests of this folder show."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from foedus.show.values import Brief


@pytest.fixture(scope="session")
def fictional() -> ModuleType:
    """The module of hand-made briefs, loaded by its path: tests are no package."""
    name = "fictional_brief"
    if name not in sys.modules:
        path = Path(__file__).with_name(f"{name}.py")
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


@pytest.fixture
def whole(fictional: ModuleType) -> Brief:
    return fictional.brief()


@pytest.fixture
def unanswered(fictional: ModuleType) -> Brief:
    return fictional.without_answer()


@pytest.fixture
def hostile(fictional: ModuleType) -> Brief:
    return fictional.hostile()
