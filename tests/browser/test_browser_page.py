"""The page in a real browser: opened from a file, with the network out of the question."""

import json

import pytest
from selenium.webdriver import Chrome

pytestmark = pytest.mark.browser

NARROW = {"width": 380, "height": 800, "deviceScaleFactor": 1, "mobile": True}
WIDE = {"width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": False}


def open_page(
    browser: Chrome,
    address: str,
    *,
    size: dict[str, object] = WIDE,
    scheme: str = "light",
    media: str = "",
) -> None:
    """Open a page as new, at a size and in a colour scheme; forget what was logged before."""
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
    browser.get("about:blank")
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(address)


@pytest.mark.parametrize("name", ["brief", "without_answer", "hostile"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_without_an_error_or_a_request(
    name: str, scheme: str, browser: Chrome, pages: dict[str, str]
) -> None:
    open_page(browser, pages[name], scheme=scheme)
    assert browser.find_element("tag name", "h1").text
    assert browser.get_log("browser") == []
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [
        message["params"]["request"]["url"]
        for message in messages
        if message["method"] == "Network.requestWillBeSent"
    ]
    assert pages[name] in asked  # the log is on
    assert {url for url in asked if not url.startswith("data:")} == {pages[name]}


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_chart_is_drawn_within_its_place(
    size: dict[str, object], browser: Chrome, pages: dict[str, str]
) -> None:
    open_page(browser, pages["brief"], size=size)
    plots = browser.find_elements("css selector", ".plot")
    assert len(plots) == 6
    for plot in plots:
        drawn = plot.find_element("css selector", "svg.main-svg")
        assert drawn.size["width"] == pytest.approx(plot.size["width"], abs=1)
        assert drawn.size["height"] > 100
    circles = browser.find_elements("css selector", "[data-chart='trade-off'] path.point")
    assert len(circles) == 5  # one for each deal


@pytest.mark.parametrize("name", ["brief", "without_answer", "hostile"])
def test_a_telephone_never_scrolls_sideways(
    name: str, browser: Chrome, pages: dict[str, str]
) -> None:
    open_page(browser, pages[name], size=NARROW)
    for details in browser.find_elements("css selector", "details"):
        browser.execute_script("arguments[0].open = true", details)
    assert browser.execute_script("return innerWidth") == 380
    assert browser.execute_script("return document.documentElement.scrollWidth") == 380


def test_the_number_of_a_source_leads_to_its_words_and_back(
    browser: Chrome, pages: dict[str, str]
) -> None:
    open_page(browser, pages["brief"])
    report = browser.find_element("css selector", "#report-1")
    browser.execute_script("arguments[0].open = false", report)
    link = browser.find_element("css selector", "#E-air-attack .cite")
    number = link.text
    browser.execute_script("arguments[0].click()", link)
    browser.execute_async_script("setTimeout(arguments[0], 50)")
    assert report.get_property("open")  # what a link leads into is opened
    marked = browser.find_elements("css selector", "mark.on")
    words = "".join(mark.text for mark in marked)
    assert words == "Ardal launched 212 drones and 14 missiles at Velmark overnight"
    back = browser.find_element("id", f"s{number}")
    browser.execute_script("arguments[0].click()", back)
    assert browser.current_url.endswith("#E-air-attack")


def test_a_figure_leads_to_the_input_it_rests_on(browser: Chrome, pages: dict[str, str]) -> None:
    open_page(browser, pages["brief"])
    link = browser.find_element("css selector", "#pick-1 .rests a[href^='#input-']")
    browser.execute_script("arguments[0].click()", link)
    target = browser.find_element("css selector", "tr:target")
    assert "assumption" in target.text


def test_a_report_cannot_run_a_script(browser: Chrome, pages: dict[str, str]) -> None:
    open_page(browser, pages["hostile"])
    browser.execute_script("window.harmed = 0; window.alert = () => { window.harmed += 1; }")
    assert browser.execute_script("return window.harmed") == 0
    assert browser.find_elements("css selector", "main img") == []
    browser.execute_script(
        "const s = document.createElement('script'); s.textContent = 'window.harmed = 9';"
        "document.body.append(s)"
    )
    assert browser.execute_script("return window.harmed") == 0  # the policy forbids it


def test_charts_take_the_colours_of_a_dark_page(browser: Chrome, pages: dict[str, str]) -> None:
    fills = {}
    for scheme in ("light", "dark"):
        open_page(browser, pages["brief"], scheme=scheme)
        point = browser.find_element("css selector", "[data-chart='hinges'] .point path")
        fills[scheme] = (
            point.value_of_css_property("fill"),
            browser.find_element("tag name", "body").value_of_css_property("background-color"),
        )
    assert fills["light"] == ("rgb(31, 90, 140)", "rgba(251, 250, 247, 1)")
    assert fills["dark"] == ("rgb(127, 178, 224)", "rgba(21, 24, 28, 1)")


def test_on_paper_it_is_light_and_has_no_contents(browser: Chrome, pages: dict[str, str]) -> None:
    open_page(browser, pages["brief"], scheme="dark", media="print")
    ink = browser.find_element("tag name", "body").value_of_css_property("color")
    assert ink == "rgba(34, 39, 46, 1)"
    assert not browser.find_element("css selector", "nav").is_displayed()


def test_the_skip_link_is_the_first_stop_of_the_keyboard(
    browser: Chrome, pages: dict[str, str]
) -> None:
    open_page(browser, pages["brief"])
    browser.find_element("tag name", "body").send_keys("\ue004")  # the tabulator
    focused = browser.switch_to.active_element
    assert focused.text == "Skip to the brief"
    assert focused.is_displayed()


def test_a_table_is_sorted_by_the_head_that_is_pressed(
    browser: Chrome, pages: dict[str, str]
) -> None:
    open_page(browser, pages["brief"])
    table = browser.find_element("css selector", "#deals table.stack")
    head = table.find_elements("css selector", "thead button")[2]  # all accept
    read = "return [...arguments[0].tBodies[0].rows].map((r) => parseFloat(r.cells[2].textContent))"
    for order in (True, False):
        browser.execute_script("arguments[0].click()", head)
        found = browser.execute_script(read, table)
        assert len(found) > 2
        assert found == sorted(found, reverse=order)
