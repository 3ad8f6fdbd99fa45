"""Addresses: what is fetched, and what is refused. Nothing here leaves this machine."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

import foedus
from foedus.errors import ReportError
from foedus.report import load
from foedus.report.addresses import is_public
from foedus.report.fetch import Patience, fetch

PAGE = (
    b"<html><head><title>Talks resume in Velmark</title></head><body><h1>Talks resume in Velmark"
    b"</h1><p>Envoys of Ardal and Velmark met in Port Lind on Monday, the host said.</p>"
    b"<p>They will meet again in a week, and no date was given for a signing.</p></body></html>"
)


class Site(BaseHTTPRequestHandler):
    """Answers by path, and remembers what it was asked."""

    asked: ClassVar[list[tuple[str, str, str]]] = []

    def do_GET(self) -> None:
        agent = self.headers.get("User-Agent", "")
        Site.asked.append((self.path, self.headers.get("Host", ""), agent))
        answer = getattr(self, f"at_{self.path.split('/')[1]}", None)
        if answer is None:
            self.reply(404, b"gone")
        else:
            answer()

    def reply(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def at_page(self) -> None:
        self.reply(200, PAGE, Content_Type="text/html; charset=utf-8")

    def at_latin(self) -> None:
        body = PAGE.replace(b"Velmark", b"V\xe9lmark")
        self.reply(200, body, Content_Type="text/html; charset=iso-8859-1")

    def at_moved(self) -> None:
        self.reply(302, b"", Location="/page")

    def at_loop(self) -> None:
        self.reply(302, b"", Location="/loop")

    def at_inside(self) -> None:
        self.reply(302, b"", Location="http://inner.example/page")

    def at_scheme(self) -> None:
        self.reply(302, b"", Location="file:///etc/hostname")

    def at_picture(self) -> None:
        self.reply(200, b"\x89PNG", Content_Type="image/png")

    def at_error(self) -> None:
        self.reply(503, b"later")

    def at_large(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<p>" + b"x" * 5000)

    def at_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _ in range(30):
            self.wfile.write(b"<p>drip</p>")
            self.wfile.flush()
            time.sleep(0.02)

    def at_silent(self) -> None:
        time.sleep(0.5)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Site.asked.clear()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_at_an_address_becomes_a_report(site: str) -> None:
    (report,) = load(f"{site}/page", allow_private=True)
    assert report.source == report.url == f"{site}/page"
    assert report.title == "Talks resume in Velmark"
    assert report.text.startswith("Envoys of Ardal")
    assert Site.asked == [("/page", site.removeprefix("http://"), f"foedus/{foedus.__version__}")]


def test_the_character_set_that_the_server_names_is_heeded(site: str) -> None:
    (report,) = load(f"{site}/latin", allow_private=True)
    assert report.title == "Talks resume in Vélmark"


def test_a_redirect_is_followed_and_the_final_address_kept(site: str) -> None:
    (report,) = load(f"{site}/moved", allow_private=True)
    assert (report.source, report.url) == (f"{site}/moved", f"{site}/page")


def test_this_machine_is_refused_unless_it_is_allowed(site: str) -> None:
    with pytest.raises(ReportError, match=r"leads to 127\.0\.0\.1"):
        load(f"{site}/page")
    assert Site.asked == []


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("loop", "more than 5 redirects"),
        ("scheme", "the scheme file"),
        ("picture", "the content type image/png"),
        ("error", "the answer 503"),
        ("nothing", "the answer 404"),
    ],
)
def test_an_answer_that_is_no_report_is_refused(site: str, path: str, found: str) -> None:
    with pytest.raises(ReportError, match=found):
        load(f"{site}/{path}", allow_private=True)


def test_an_answer_over_the_limit_is_refused_while_it_streams(site: str) -> None:
    with pytest.raises(ReportError, match="at most 1000 bytes"):
        fetch(f"{site}/large", allow_private=True, patience=Patience(limit=1000))


def test_a_server_that_says_nothing_is_given_up(site: str) -> None:
    with pytest.raises(ReportError, match=r"within 0\.1 seconds"):
        fetch(f"{site}/silent", allow_private=True, patience=Patience(step_seconds=0.1))


def test_a_server_that_drips_is_given_up(site: str) -> None:
    with pytest.raises(ReportError, match=r"more than 0\.1 seconds"):
        fetch(f"{site}/drip", allow_private=True, patience=Patience(total_seconds=0.1))


def test_a_closed_port_is_an_address_that_cannot_be_reached() -> None:
    with socket.socket() as taken:  # bound, and not listening
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(ReportError, match="cannot be reached"):
            fetch(f"http://127.0.0.1:{taken.getsockname()[1]}/", allow_private=True)


def test_a_redirect_into_a_private_network_is_refused(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foedus.report.fetch.is_public", lambda address: address == "127.0.0.1")
    hosts = {"127.0.0.1": ["127.0.0.1"], "inner.example": ["10.0.0.7"]}
    with pytest.raises(ReportError, match=r"inner\.example, which leads to 10\.0\.0\.7"):
        fetch(f"{site}/inside", resolver=lambda host, _: hosts[host])
    assert [path for path, _, _ in Site.asked] == ["/inside"]


def test_the_connection_goes_to_the_address_that_was_checked(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that resolves to a public address once, and to another ever after."""
    port = site.rsplit(":", 1)[1]
    answers = iter([["127.0.0.1"], ["10.0.0.7"]])
    monkeypatch.setattr("foedus.report.fetch.is_public", lambda address: address == "127.0.0.1")
    received = fetch(f"http://rebound.example:{port}/page", resolver=lambda _h, _p: next(answers))
    assert received.content == PAGE
    assert next(answers) == ["10.0.0.7"]  # it was asked once
    assert Site.asked[0][1] == f"rebound.example:{port}"


def test_one_private_address_among_public_ones_refuses_the_host() -> None:
    with pytest.raises(ReportError, match=r"leads to 192\.168\.0\.1"):
        fetch("http://mixed.example/", resolver=lambda _h, _p: ["9.9.9.9", "192.168.0.1"])


def test_a_host_without_an_address_is_refused() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise OSError("no such host")

    with pytest.raises(ReportError, match="cannot be found"):
        fetch("http://nowhere.example/", resolver=unknown)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("ftp://velmark.example/report", "the scheme ftp"),
        ("file:///etc/hostname", "the scheme file"),
        ("http://ada:secret@velmark.example/", "a user name or password"),
        ("http://", "no host"),
        ("http://127.0.0.1/", "leads to 127"),
        ("http://localhost/", "leads to"),
        ("http://2130706433/", "leads to 127"),
        ("http://[::1]/", "leads to ::1"),
        ("http://[::ffff:127.0.0.1]/", "leads to ::ffff"),
        ("http://169.254.169.254/latest/meta-data", "leads to 169"),
        ("http://10.1.2.3/", "leads to 10"),
        ("http://0.0.0.0/", "leads to 0"),
        ("http://velmark.example:99999/", "an address that cannot be read"),
    ],
)
def test_an_address_that_may_not_be_fetched_is_refused(address: str, found: str) -> None:
    with pytest.raises(ReportError, match=found):
        load(address)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
     "0.0.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1",
     "ff02::1", "::ffff:192.168.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "", "velmark"],
)  # fmt: skip
def test_addresses_that_are_not_of_the_public_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["9.9.9.9", "2620:fe::fe", "::ffff:9.9.9.9"])
def test_addresses_of_the_public_internet(address: str) -> None:
    assert is_public(address)
