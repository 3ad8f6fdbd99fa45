"""A browser with an empty profile, and the pages it opens."""

import shutil
from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

import fictional_brief as fictional
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
    folder = tmp_path_factory.mktemp("pages")
    addresses: dict[str, str] = {}
    for name in ("brief", "without_answer", "hostile"):
        path = folder / f"{name}.html"
        path.write_text(html(getattr(fictional, name)()), encoding="utf-8")
        addresses[name] = path.as_uri()
    return addresses
