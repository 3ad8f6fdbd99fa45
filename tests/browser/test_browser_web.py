"""The web app in a real browser: the whole way from a report to a figure and back to its quote."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.ui import WebDriverWait

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

pytestmark = pytest.mark.browser

PATIENCE = 120
NARROW = {"width": 380, "height": 800, "deviceScaleFactor": 1, "mobile": True}
WIDE = {"width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": False}
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
PAGES = [
    "/",
    "/reports",
    "/timeline",
    "/map",
    "/meetings",
    "/positions",
    "/provisions",
    "/disputes",
    "/cases",
    "/answers",
    "/search?q=drones",
    "/settings",
    "/changes",
    "/nothing",
    "/api/v1/docs",
    "{report}",
    "{case}",
    "{case}/studio",
    "{event}",
    "{job}",
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app on an empty record, served as a person serves it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    where = tmp_path_factory.mktemp("served") / "war.db"
    serve = ["serve", "--record", str(where), "--port", str(port)]
    with subprocess.Popen(
        [sys.executable, "-m", "foedus", *serve], stderr=subprocess.PIPE, text=True
    ) as server:
        address = f"http://127.0.0.1:{port}"
        _wait_for(server, address)
        yield address
        server.terminate()
        _, log = server.communicate(timeout=60)
    assert server.returncode in {0, -15}, log
    assert "Traceback" not in log


def _wait_for(server: subprocess.Popen[str], address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5):  # noqa: S310 - ours
                return
        except OSError:
            time.sleep(0.1)
    server.kill()
    pytest.fail(f"the server did not begin: {server.communicate()[1]}")


@pytest.fixture
def open_(browser: Chrome, home: str) -> Callable[..., None]:
    """Open a page of the app at a size; what the browser has complained of before is forgotten."""

    def opened(path: str, size: dict[str, Any] = WIDE, scheme: str = "light") -> None:
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        browser.get_log("browser")
        browser.get(home + path)

    return opened


@pytest.fixture(scope="module")
def filled(browser: Chrome, home: str, examples: list[Path]) -> dict[str, str]:
    """Bring the example reports in through the inbox, draw a case; where each page is, by name."""
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", WIDE)
    browser.get(home)
    assert "The record is empty" in browser.page_source
    files = browser.find_element(By.ID, "files")
    files.send_keys("\n".join(str(path.resolve()) for path in examples))
    browser.find_element(By.CSS_SELECTOR, "#bring button.main").click()
    job = browser.current_url
    until(browser, "return document.querySelector('.job')?.dataset.state === 'done'")
    rows = browser.find_elements(By.CSS_SELECTOR, "#items tbody tr")
    assert len(rows) == len(examples)
    assert all("kept" in row.text for row in rows)
    browser.get(f"{home}/reports")
    report = browser.find_element(By.CSS_SELECTOR, ".list a").get_attribute("href")
    browser.get(f"{home}/timeline")
    event = browser.find_element(By.CSS_SELECTOR, '.moments a[href^="/events/"]')
    event_page = event.get_attribute("href")
    browser.get(f"{home}/cases")
    browser.find_element(By.CSS_SELECTOR, "button.main").click()
    until(browser, "return document.querySelectorAll('.parameter').length > 5")
    found = {"job": job, "report": report, "event": event_page, "case": browser.current_url}
    return {name: str(address).removeprefix(home) for name, address in found.items()}


def until(browser: Chrome, script: str) -> Any:  # noqa: ANN401 - whatever the script returns
    """Wait until a script returns something true, and return it."""

    def asked(chrome: Chrome) -> Any:  # noqa: ANN401 - as above
        return chrome.execute_script(script)

    return WebDriverWait(browser, PATIENCE).until(asked)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@SIZES
def test_every_page_is_sound_and_reachable_for_everybody(
    size: dict[str, Any],
    scheme: str,
    browser: Chrome,
    open_: Callable[..., None],
    filled: dict[str, str],
) -> None:
    """No complaint of the browser, none of axe-core, nothing wider than the window."""
    axe = resources.files("selenium_axe_python") / "axe-core" / "axe.min.js"
    script = axe.read_text("utf-8")
    found = {}
    for page in PAGES:
        address = page.format(**filled)
        open_(address, size, scheme)
        if page.endswith("studio"):
            until(browser, "return document.querySelector('#figures dl')")
        errors = [e["message"] for e in browser.get_log("browser") if "404" not in e["message"]]
        browser.execute_script(script)
        axed = browser.execute_async_script(
            "const end = arguments[arguments.length - 1];"
            "axe.run(document, {resultTypes: ['violations']}).then(end, (e) => end(String(e)));"
        )
        assert isinstance(axed, dict), (address, axed)
        faults = [
            (each["id"], each["nodes"][0]["html"][:160], each["nodes"][0]["failureSummary"][:300])
            for each in axed["violations"]
        ]
        width = browser.execute_script("return document.documentElement.scrollWidth")
        if errors or faults or width > size["width"]:
            found[address] = (errors, faults, width)
    assert found == {}


@SIZES
def test_an_event_is_corrected_and_the_correction_undone(
    size: dict[str, Any], browser: Chrome, open_: Callable[..., None], filled: dict[str, str]
) -> None:
    open_(filled["report"], size)
    first = browser.find_element(By.CSS_SELECTOR, ".mention")
    assert first.find_element(By.TAG_NAME, "h3").text.endswith("event")
    body = browser.find_element(By.TAG_NAME, "body")
    body.send_keys("j")  # to the first mention
    assert "on" in str(first.get_attribute("class")).split()
    marked = browser.find_elements(By.CSS_SELECTOR, "mark.on")
    quote = first.find_element(By.CSS_SELECTOR, ".quote").text.strip("“”")
    assert "".join(mark.text for mark in marked) == quote
    browser.switch_to.active_element.send_keys("c")  # correct it
    value = browser.switch_to.active_element
    assert value.get_attribute("name") == "value"
    Select(first.find_element(By.NAME, "field")).select_by_value("place")
    value.send_keys("Harbour of Lissmar")
    value.send_keys(Keys.ENTER)
    notice = until(browser, "return document.querySelector('form.notice')")
    assert "written down" in notice.text
    assert "Harbour of Lissmar" in browser.find_element(By.CSS_SELECTOR, ".mention").text
    notice.find_element(By.TAG_NAME, "button").click()
    until(browser, "return !document.body.textContent.includes('now Harbour')")
    until(browser, "return !document.querySelector('form.notice')")
    assert "Harbour of Lissmar" not in browser.find_element(By.CSS_SELECTOR, ".mention dl").text


@SIZES
def test_the_studio_tells_what_the_api_tells(
    size: dict[str, Any],
    browser: Chrome,
    open_: Callable[..., None],
    filled: dict[str, str],
    home: str,
) -> None:
    open_(f"{filled['case']}/studio", size)
    until(browser, "return document.querySelector('#figures dl')")
    before = browser.find_element(By.ID, "figures").text
    first = browser.find_element(By.CSS_SELECTOR, "#levels select")
    levels = [o for o in Select(first).options if o.is_enabled()]
    wanted = levels[-1].get_attribute("value")
    Select(first).select_by_value(str(wanted))
    until(
        browser,
        "return !document.querySelector('#figures .busy') &&"
        f" document.getElementById('figures').innerText !== {json.dumps(before)}",
    )
    told = browser.execute_async_script(
        "const end = arguments[arguments.length - 1];"
        "foedus.ask(arguments[0], {deals: [arguments[1]]}).then(end, (e) => end(String(e)));",
        f"/api/v1{filled['case']}/studio",
        {first.get_attribute("name"): wanted},
    )
    deal = told["deals"][0]
    shown = {
        term.text: value.text
        for term, value in zip(
            browser.find_elements(By.CSS_SELECTOR, "#figures dt"),
            browser.find_elements(By.CSS_SELECTOR, "#figures dd"),
            strict=True,
        )
    }
    assert shown["Good in"] == _percent(deal["robustness"])
    assert shown["Least likely to accept"] == deal["binding"]
    survive = deal["survive"]
    low, high = _percent(survive["low"]), _percent(survive["high"])
    words = f"{_percent(survive['mean'])} ({low} to {high})"
    assert shown["Still holds at the horizon"] == words
    # The address holds the choice: opened anew, the same figures come.
    figures = browser.find_element(By.ID, "figures").text
    link = browser.current_url
    assert link.startswith(home)
    browser.get(link)
    until(browser, "return document.querySelector('#figures dl')")
    assert browser.find_element(By.ID, "figures").text == figures
    browser.find_element(By.ID, "keep").click()
    until(browser, "return !document.getElementById('compared').hidden")
    head = browser.find_elements(By.CSS_SELECTOR, "#table thead th")
    assert len(head) == 3
    # So are the deals kept: whoever is sent the address sees the same table.
    table = browser.find_element(By.ID, "table").text
    browser.get(browser.current_url)
    until(browser, "return !document.getElementById('compared').hidden")
    assert browser.find_element(By.ID, "table").text == table


def _percent(x: float) -> str:
    if 0 < x < 0.01:
        return "<1%"
    return ">99%" if 0.99 < x < 1 else f"{int(100 * x + 0.5)}%"


def test_a_figure_leads_back_to_the_words_of_a_report(
    browser: Chrome, open_: Callable[..., None], filled: dict[str, str]
) -> None:
    """Solve the case; click a figure of a deal, its trace, an input, and the words it rests on."""
    open_(filled["case"])
    browser.find_element(By.CSS_SELECTOR, "form.row button.main").click()
    link = until(browser, "return document.querySelector('a[href^=\"/answers/\"].button')")
    browser.get(link.get_attribute("href"))
    browser.switch_to.frame(browser.find_element(By.TAG_NAME, "iframe"))
    try:
        deal = browser.find_element(By.CSS_SELECTOR, "#deals tr.chosen th a")
        pick = _followed(browser, deal)
        pick.find_element(By.CSS_SELECTOR, "details.trace > summary").click()
        inputs = pick.find_elements(By.CSS_SELECTOR, 'details.trace a[href^="#input-"]')
        told = {a.get_attribute("hash"): a for a in inputs if a.is_displayed()}
        row = browser.find_element(By.CSS_SELECTOR, 'tr[id^="input-"]:has(a.cite)')
        row = _followed(browser, told[f"#{row.get_attribute('id')}"])
        reason = row.find_element(By.CSS_SELECTOR, '[data-label="Source"]').text
        source = _followed(browser, row.find_element(By.CSS_SELECTOR, "a.cite"))
        number = str(source.get_attribute("id")).removeprefix("s")
        marks = browser.find_elements(By.CSS_SELECTOR, f'mark[data-s~="{number}"]')
        words = "".join(str(mark.get_attribute("textContent")) for mark in marks)
        quote = reason.partition("“")[2].partition("”")[0]
        assert len(quote) > 20
        assert quote in words  # what the input rests on stands in the report, marked
        assert [e for e in browser.get_log("browser") if e["level"] == "SEVERE"] == []
    finally:
        browser.switch_to.default_content()


def _followed(browser: Chrome, link: WebElement) -> WebElement:
    """Click a link within a page, and return what it leads to, once that stands in the window."""
    browser.execute_script(
        "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", link
    )
    name = str(link.get_attribute("hash"))
    link.click()
    until(
        browser,
        f"const box = document.querySelector({json.dumps(name)}).getBoundingClientRect();"
        "return box.height > 0 && box.top < window.innerHeight && box.bottom > 0",
    )
    return browser.find_element(By.CSS_SELECTOR, name)


def test_the_slider_asks_what_was_known(
    browser: Chrome, open_: Callable[..., None], filled: dict[str, str]
) -> None:
    del filled
    open_("/timeline")
    all_of_it = len(browser.find_elements(By.CSS_SELECTOR, ".moments li"))
    slider = browser.find_element(By.CSS_SELECTOR, ".slider input")
    slider.send_keys(Keys.HOME)
    until(browser, "return window.location.search.includes('as_of=')")
    fewer = len(browser.find_elements(By.CSS_SELECTOR, ".moments li"))
    assert 0 < fewer < all_of_it


def test_a_range_that_is_dragged_is_kept_as_a_judgement(
    browser: Chrome, open_: Callable[..., None], filled: dict[str, str]
) -> None:
    open_(filled["case"])
    find = '.parameter[data-key="hold"]'
    card = browser.find_element(By.CSS_SELECTOR, find)
    assert card.find_element(By.CSS_SELECTOR, "svg.density path").get_attribute("d")
    low = card.find_element(By.CSS_SELECTOR, 'input[type="range"]')
    before = float(str(low.get_attribute("value")))
    for _ in range(5):
        low.send_keys(Keys.ARROW_RIGHT)
    typed = str(card.find_element(By.NAME, "value").get_attribute("value"))
    moved = float(typed.partition("[")[2].partition(",")[0])
    assert moved > before
    card.find_element(By.NAME, "why").send_keys("firmer lines than thought")
    card.find_element(By.CSS_SELECTOR, ".set button").click()
    until(browser, "return window.location.search.includes('version=2')")
    card = browser.find_element(By.CSS_SELECTOR, find)
    assert card.find_element(By.CSS_SELECTOR, ".ends").text.startswith(f"{moved:g} to ")
    source = card.find_element(By.CSS_SELECTOR, ".source").text
    assert source.startswith("judgement")
    assert "firmer lines than thought" in source


def test_the_inbox_can_be_used_by_keyboard_alone(
    browser: Chrome, open_: Callable[..., None], filled: dict[str, str]
) -> None:
    del filled
    open_("/")
    ActionChains(browser).send_keys(Keys.TAB).perform()
    assert browser.switch_to.active_element.text == "Skip to the content"
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    reached = []
    for _ in range(12):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        reached.append(browser.switch_to.active_element.get_attribute("name"))
    assert [name for name in reached if name in {"files", "address", "text"}] == [
        "files",
        "address",
        "text",
    ]
