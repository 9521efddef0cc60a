"""Fetching from a scripted press room that lies, redirects, drips and explodes."""

import gzip
import socket
import time
import zlib

import pytest

from app.monitoring import addresses, transport
from app.monitoring.fetch import MOST_BYTES, Fetched, FetchFailed, bundled, fetch, retry_after
from tests.harness.pressroom import Page

PRIVATE = [
    "",
    *"""
    127.0.0.1 127.1.2.3 0.0.0.0 10.0.0.1 100.64.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.168.1.1 192.0.0.1
    192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.9 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 192.88.99.1 :: ::1
    fe80::1 fe80::1%eth0 fc00::1 fd12::1 ff02::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 64:ff9b::7f00:1
    64:ff9b::a9fe:a9fe 64:ff9b:1::1 2002:7f00:1:: 2002:a9fe:a9fe::1 2001::1 2001:0:4136::1 2001:db8::1 100::1
    3fff::1 5f00::1 localhost 8.8.8.8.8 0x7f.1
    """.split(),
]
PUBLIC = ["8.8.8.8", "1.1.1.1", "103.10.20.30", "172.32.0.1", "100.128.0.1", "2001:4860:4860::8888", "2606:4700::1111"]


@pytest.mark.parametrize("address", PRIVATE)
def test_inner_addresses_are_refused(address):
    assert not addresses.is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_pass(address):
    assert addresses.is_public(address)


@pytest.fixture
def names(monkeypatch):
    """`names[host] = [addresses]`: what the resolver answers."""
    book, real = {}, socket.getaddrinfo

    def answer(host, port, *args, **kwargs):
        if host not in book:
            return real(host, port, *args, **kwargs)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in book[host]]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return book


@pytest.mark.parametrize(
    "answers", [["127.0.0.1"], ["64:ff9b::7f00:1"], ["2002:7f00:1::"], ["::ffff:10.0.0.1"], ["10.0.0.5", "::1"]]
)
def test_a_name_that_leads_inside_is_refused(names, answers):
    names["umpan.example"] = answers
    with pytest.raises(addresses.Unreachable, match="jaringan dalam"):
        addresses.checked("umpan.example", 443, frozenset(), 5)


def test_a_name_with_a_public_answer_leads_only_there(names):
    names["umpan.example"] = ["10.0.0.1", "103.10.20.30"]
    assert addresses.checked("umpan.example", 443, frozenset(), 5) == "103.10.20.30"


def test_only_web_ports_unless_allowed(names):
    names["umpan.example"] = ["103.10.20.30"]
    with pytest.raises(addresses.Unreachable, match="Port 6379"):
        addresses.checked("umpan.example", 6379, frozenset(), 5)
    assert addresses.checked("umpan.example", 8081, frozenset({"umpan.example:8081"}), 5)


def test_a_slow_resolver_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(3) or [])
    started = time.monotonic()
    with pytest.raises(addresses.Unreachable):
        addresses.checked("lambat.example", 443, frozenset(), 0.2)
    assert time.monotonic() - started < 2


def get(room, path, **options):
    return fetch(room.url(path), allowed=[room.host], **options)


def reason(url, allowed=()):
    with pytest.raises(FetchFailed) as failed:
        fetch(url, allowed=allowed)
    return failed.value


def test_what_comes_is_what_was_sent(pressroom):
    pressroom["/feed"] = Page(
        b"<rss/>", headers={"ETag": '"a"', "Last-Modified": "Mon", "Content-Type": "application/rss+xml"}
    )
    assert get(pressroom, "/feed") == Fetched(
        b"<rss/>", "application/rss+xml", '"a"', "Mon", "", pressroom.url("/feed")
    )
    _, _, headers = pressroom.asked[0]
    assert headers["Host"] == pressroom.host and "If-None-Match" not in headers


def test_unchanged_is_success(pressroom):
    pressroom["/feed"] = Page(b"", 304)
    assert get(pressroom, "/feed", etag='"a"', last_modified="Mon").body is None
    _, _, headers = pressroom.asked[0]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"a"', "Mon")


def test_loopback_needs_the_allow_list(pressroom):
    pressroom["/feed"] = Page(b"x")
    assert "TANGGAP_FETCH_ALLOW" in reason(pressroom.url("/feed")).reason
    assert pressroom.asked == []


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}/x", "http://169.254.169.254/latest/meta-data", "http://[::1]/x", "http://[64:ff9b::7f00:1]/x",
        "http://[2002:7f00:1::]/x", "http://10.0.0.1/x", "http://2130706433/x", "http://0x7f.1/x", "http://localhost:22/x",
        "http://0/x", "//127.0.0.1:25/x",
    ],
)  # fmt: skip
def test_a_redirect_inside_is_refused(pressroom, target):
    pressroom["/feed"] = Page(b"", 302, {"Location": target.format(port=1)})
    assert reason(pressroom.url("/feed"), [pressroom.host]).reason
    assert len(pressroom.asked) == 1


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "gopher://x/", "ftp://x/", "javascript:1", "http://a:b@x.example/", "http://"]
)
def test_a_redirect_to_something_else_is_refused(pressroom, target):
    pressroom["/feed"] = Page(b"", 302, {"Location": target})
    assert reason(pressroom.url("/feed"), [pressroom.host]).reason


def test_three_redirects_and_no_more(pressroom):
    for number in range(5):
        pressroom[f"/{number}"] = Page(b"", 302, {"Location": f"/{number + 1}"})
    pressroom["/5"] = Page(b"ok")
    assert get(pressroom, "/2").body == b"ok"
    assert "tiga kali" in reason(pressroom.url("/1"), [pressroom.host]).reason


def test_a_permanent_move_is_remembered_a_temporary_one_is_not(pressroom):
    pressroom["/old"] = Page(b"", 301, {"Location": "/new"})
    pressroom["/away"] = Page(b"", 302, {"Location": "/new"})
    pressroom["/new"] = Page(b"ok")
    assert get(pressroom, "/old").moved_to == pressroom.url("/new")
    assert get(pressroom, "/away").moved_to == ""


def test_packed_bodies_are_unpacked(pressroom):
    pressroom["/gz"] = Page(gzip.compress(b"<rss/>", mtime=0), headers={"Content-Encoding": "gzip"})
    pressroom["/df"] = Page(zlib.compress(b"<rss/>"), headers={"Content-Encoding": "deflate"})
    assert get(pressroom, "/gz").body == get(pressroom, "/df").body == b"<rss/>"


@pytest.mark.parametrize(
    "body, headers, said",
    [
        (gzip.compress(b"\0" * (60 << 20), mtime=0), {"Content-Encoding": "gzip"}, "10 MB"),
        (b"\0" * (MOST_BYTES + 10), {}, "10 MB"),
        (b"not packed", {"Content-Encoding": "gzip"}, "rusak"),
        (b"x", {"Content-Encoding": "br"}, "tidak diminta"),
        (b"x", {"Content-Encoding": "zstd"}, "tidak diminta"),
    ],
)
def test_bombs_and_strange_packings(pressroom, body, headers, said):
    pressroom["/feed"] = Page(body, headers=headers)
    assert said in reason(pressroom.url("/feed"), [pressroom.host]).reason


@pytest.mark.parametrize("status, said", [(404, "404"), (403, "403"), (500, "500"), (503, "503"), (418, "418")])
def test_bad_answers_in_words(pressroom, status, said):
    pressroom["/feed"] = Page(b"x", status, {"Retry-After": "120"})
    failed = reason(pressroom.url("/feed"), [pressroom.host])
    assert said in failed.reason and failed.after == 120 and not failed.gone


def test_gone_is_gone(pressroom):
    pressroom["/feed"] = Page(b"x", 410)
    assert reason(pressroom.url("/feed"), [pressroom.host]).gone


def drip(handler):
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(200):
            handler.wfile.write(b"a")
            handler.wfile.flush()
            time.sleep(0.1)
    except OSError:
        pass


def test_a_server_that_drips_is_cut_off(pressroom, monkeypatch):
    monkeypatch.setattr(transport, "SECONDS", 1.0)
    pressroom["/feed"] = Page(drip)
    started = time.monotonic()
    assert "20 detik" in reason(pressroom.url("/feed"), [pressroom.host]).reason
    assert time.monotonic() - started < 4


def test_a_server_that_hangs_up(pressroom):
    pressroom["/feed"] = Page(lambda handler: handler.connection.close())
    assert reason(pressroom.url("/feed"), [pressroom.host]).reason


def test_nobody_there():
    assert "dihubungi" in reason("http://127.0.0.1:9/x", ["127.0.0.1:9"]).reason


@pytest.mark.parametrize(
    "url", ["", "feed", "file:///etc/passwd", "http://", "http://a b/", "https://x.example:99999/", "demo:x"]
)
def test_what_is_no_address(url):
    assert reason(url).reason


def test_proxies_of_the_environment_are_not_used(pressroom, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    pressroom["/feed"] = Page(b"ok")
    assert get(pressroom, "/feed").body == b"ok"


def test_retry_after_as_number_and_date():
    assert retry_after("30") == 30 and retry_after("999999999999") == 86_400
    assert retry_after("") is None and retry_after("soon") is None
    assert retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0


def test_bundled_feeds_stay_in_their_folder(tmp_path):
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "a.xml").write_text("<rss/>")
    (tmp_path / "secret").write_text("x")
    assert bundled("demo:a.xml", tmp_path / "demo").body == b"<rss/>"
    for path in ("demo:../secret", "demo:/etc/passwd", "demo:", "demo:b.xml"):
        with pytest.raises(FetchFailed):
            bundled(path, tmp_path / "demo")
