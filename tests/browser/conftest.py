"""A browser with an empty profile, and the pages it opens."""

import importlib.util
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

from foedus.show import html

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("needs chromium and chromedriver on the path")
    options = ChromeOptions()
    options.binary_location = chromium
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    chrome = Chrome(options=options, service=ChromeService(executable_path=driver))
    yield chrome
    chrome.quit()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The hand-made briefs as files, by their names."""
    fictional = _fictional()
    folder = tmp_path_factory.mktemp("pages")
    addresses: dict[str, str] = {}
    for name in ("brief", "without_answer", "hostile"):
        path = folder / f"{name}.html"
        path.write_text(html(getattr(fictional, name)()), encoding="utf-8")
        addresses[name] = path.as_uri()
    return addresses


def _fictional() -> ModuleType:
    """Load the module of hand-made briefs by its path: tests are no package."""
    name = "fictional_brief"
    if name not in sys.modules:
        path = Path(__file__).parents[1] / "show" / f"{name}.py"
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]
