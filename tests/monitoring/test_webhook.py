"""The signed webhook: who is let in, what becomes of the items, and that a delivery acts once."""

import base64
import hashlib
import hmac
import io
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app.core import clock, storage
from app.core.events import Event
from app.monitoring import actions
from app.monitoring.models import Alert, IngestRun, RejectedRow, Source, WebhookDelivery
from app.monitoring.routes import webhook
from app.monitoring.rules import signing
from app.monitoring.rules.kinds import Channel, RunState, Tone
from app.people.actions import seed_opds
from tests.factories import make_source
from tests.harness.client import read, submit

KEEPER, OPERATOR = "kepala@diskominfo.demo", "operator@diskominfo.demo"
ITEM = {
    "external_id": "a-1",
    "title": "Air PDAM keruh di Kerta Buana",
    "text": "Warga Desa Kerta Buana, Tenggarong Seberang, mengeluh.",
    "url": "https://kabaretam.example/air?utm_source=x",
    "published_at": "2026-11-23T07:12:00+08:00",
    "media": "Kabar Etam",
    "channel": "berita",
    "sentiment": "negatif",
    "author": "Rina",
    "reach": "1.200",
}


@pytest.fixture
def hook(db_session):
    """A webhook with a secret: `(id, secret)`."""
    seed_opds()
    source = actions.add_source({"name": "Pemantau", "kind": "webhook"}, None)
    secret = actions.new_secret(source)
    db_session.commit()
    return source.id, secret


@pytest.fixture
def push(client, hook):
    """`push(items or bytes, id=…, at=…, secret=…, source=…, sign=…)`: the answer to a delivery."""

    def send(items, id="msg_1", at=0, secret=hook[1], source=hook[0], sign=None, sender=client):
        body = items if isinstance(items, bytes) else json.dumps({"items": items}).encode()
        stamp = str(int(clock.now().timestamp()) + at)
        headers = {
            "webhook-id": id,
            "webhook-timestamp": stamp,
            "webhook-signature": sign or signature(secret, id, stamp, body),
        }
        path = f"/api/v1/alerts/{source}"
        return sender.post(path, data=body, headers=headers, content_type="application/json")

    return send


def signature(secret, id, stamp, body):
    """Made here by hand, so that the tests do not trust the code."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    told = hmac.new(key, f"{id}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(told).decode()


def count(db_session, model):
    return db_session.scalar(select(func.count()).select_from(model))


def test_the_vector_of_the_standard():
    secret, told = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    parts = "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}'
    assert signing.signature(secret, *parts) == told
    assert signing.fits(told, [secret], *parts) and signing.fits(
        f"v1a,xx v1,AAAA {told}", ["whsec_eA==", secret], *parts
    )
    assert not signing.fits(told, ["whsec_eA=="], *parts)
    assert not signing.fits(told, [secret], *parts[:2], b'{"test": 2432232315}')


def test_an_item_becomes_an_alert_like_any_other(push, hook, db_session):
    answer = push([ITEM])
    assert answer.status_code == 202 and answer.json == {"accepted": 1, "repeated": 0, "rejected": []}
    assert "Set-Cookie" not in answer.headers
    alert = db_session.scalars(select(Alert)).one()
    assert (alert.title, alert.media, alert.author, alert.reach) == (ITEM["title"], "Kabar Etam", "Rina", 1200)
    assert alert.tone is Tone.NEGATIVE and alert.channel is Channel.NEWS and alert.external_id == "a-1"
    assert clock.long(alert.published_at).endswith("07.12 WITA") and alert.place == "Kerta Buana, Tenggarong Seberang"
    assert alert.hints[0]["opd"] == "TIRTAMAHAKAM" and alert.source_id == hook[0]


def test_the_delivery_is_kept_as_a_run_with_its_raw_bytes(push, db_session):
    push([ITEM, {"title": " "}])
    run = db_session.scalars(select(IngestRun)).one()
    assert run.state is RunState.DONE and (run.new, run.repeated, run.rejected, run.rows_total) == (1, 0, 1, 2)
    assert json.loads(storage.read(run.raw_key))["items"][0] == ITEM
    assert run.source.worked_at and "source.run_done" in db_session.scalars(select(Event.kind)).all()


def test_repeated_and_rejected_items_are_counted_and_kept(push, db_session):
    push([ITEM])
    twin = ITEM | {"external_id": "b-9", "url": "https://www.kabaretam.example/air/"}
    bad = {"title": ["x"], "url": "https://a.example/1", "nik": "6402010101010001"}
    answer = push([twin, bad, ITEM | {"external_id": "c", "url": "", "title": "Lain sama sekali"}, 7], id="msg_2")
    assert answer.json == {
        "accepted": 1,
        "repeated": 1,
        "rejected": [
            {"index": 1, "reason": "Isian title harus teks atau angka."},
            {"index": 3, "reason": "Butir ini bukan objek JSON."},
        ],
    }
    rows = db_session.scalars(select(RejectedRow).order_by(RejectedRow.row_no)).all()
    assert [row.row_no for row in rows] == [2, 4] and rows[0].raw["url"] == "https://a.example/1"
    assert "nik" not in rows[0].raw


def test_the_same_id_again_gets_the_first_answer_and_does_nothing(push, db_session):
    first = push([ITEM, {}])
    again = push([ITEM | {"title": "Sesuatu yang lain", "external_id": "z", "url": ""}], at=30)
    assert (first.status_code, again.status_code) == (202, 200) and first.data == again.data
    assert count(db_session, Alert) == count(db_session, IngestRun) == 1


def test_ids_belong_to_their_source(push, db_session):
    other = actions.add_source({"name": "Lain", "kind": "webhook"}, None)
    secret = actions.new_secret(other)
    db_session.commit()
    push([ITEM])
    assert push([ITEM], secret=secret, source=other.id).status_code == 202


def test_ids_are_forgotten_after_a_week(push, db_session):
    push([ITEM])
    for days, left in ((6.9, 1), (7.1, 0)):
        with time_machine.travel(clock.now() + timedelta(days=days)):
            actions.forget_deliveries()
        assert count(db_session, WebhookDelivery) == left


def test_one_id_many_times_at_once_acts_once(app, push, db_session):
    db_session.commit()
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: push([ITEM], sender=app.test_client()), range(6)))
    assert sorted(a.status_code for a in answers) == [200] * 5 + [202]
    assert len({a.data for a in answers}) == 1 and count(db_session, Alert) == count(db_session, IngestRun) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"at": -301}, {"at": 310}, {"source": 999}, {"source": "tidak-ada"}, {"source": "9" * 40}, {"id": "x" * 201},
        {"id": ""}, {"id": "a b"}, {"secret": "whsec_eA=="}, {"sign": "v1,"}, {"sign": "v1,é"}, {"sign": "v2,AAAA"},
        {"sign": " "},
    ],
)  # fmt: skip
def test_whoever_is_wrong_hears_one_and_the_same(push, db_session, changes):
    answer = push([ITEM], **changes)
    assert answer.status_code == 401
    assert answer.json == {"error": "Tanda tangan, waktu, atau sumbernya tidak cocok."}
    assert count(db_session, Alert) == count(db_session, WebhookDelivery) == 0


def test_nothing_signed_with_one_sources_secret_reaches_another(push, hook, db_session):
    other = actions.add_source({"name": "Rahasia Sekali", "kind": "webhook"}, None)
    actions.new_secret(other)
    feed, bare = make_source("Umpan"), make_source("Tanpa kunci", kind="webhook")
    db_session.commit()
    answers = [push([ITEM], source=each) for each in (other.id, "Rahasia Sekali", feed.id, bare.id, 12345)]
    assert {(a.status_code, a.data) for a in answers} == {(401, answers[0].data)}
    assert "Rahasia" not in answers[0].text and count(db_session, Alert) == 0


@pytest.mark.parametrize("missing", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_every_header_is_needed(client, hook, missing):
    stamp = str(int(clock.now().timestamp()))
    given = {"webhook-id": "a", "webhook-timestamp": stamp, "webhook-signature": signature(hook[1], "a", stamp, b"{}")}
    del given[missing]
    assert client.post(f"/api/v1/alerts/{hook[0]}", data=b"{}", headers=given).status_code == 401


@pytest.mark.parametrize("stamp", ["", "x", "-1", "1e9", "٣", "9" * 30, "NaN"])
def test_odd_timestamps_are_refused(client, hook, stamp):
    given = {"webhook-id": "a", "webhook-timestamp": stamp.encode().decode("latin-1")}
    given["webhook-signature"] = signature(hook[1], "a", given["webhook-timestamp"], b"{}")
    assert client.post(f"/api/v1/alerts/{hook[0]}", data=b"{}", headers=given).status_code == 401


def test_a_minutes_of_skew_both_ways_is_fine_and_so_is_the_name(push):
    assert push([], at=-290).status_code == 202 and push([], at=290, id="b").status_code == 202
    assert push([], source="Pemantau", id="c").json == {"accepted": 0, "repeated": 0, "rejected": []}


def test_after_a_rotation_both_keys_hold_for_a_day(push, hook, db_session):
    source = db_session.get(Source, hook[0])
    new = actions.new_secret(source)
    db_session.commit()
    assert push([], id="a").status_code == push([], id="b", secret=new).status_code == 202
    with time_machine.travel(clock.now() + timedelta(hours=24, seconds=1)):
        assert push([], id="c").status_code == 401
        assert push([], id="d", secret=new).status_code == 202
    actions.new_secret(source)
    newest = actions.new_secret(source)
    db_session.commit()
    assert push([], id="e", secret=new).status_code == 401 and push([], id="f", secret=newest).status_code == 202


HOSTILE = {
    "empty": b"",
    "no json": b"items",
    "cut": b'{"items": [{"title": "x"',
    "list": b"[]",
    "number": b"7",
    "no items": b'{"data": []}',
    "items null": b'{"items": null}',
    "items object": b'{"items": {"title": "x"}}',
    "deep lists": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"items":' * 50_000 + b"1" + b"}" * 50_000,
    "not utf-8": b'{"items": [{"title": "\xff\xfe"}]}',
    "nan": b'{"items": [{"title": NaN}]}',
    "infinity": b'{"items": [{"reach": -Infinity}]}',
    "lone surrogate": b'{"items": [{"title": "\\ud800"}]}',
    "control": b'{"items": [{"title": "a\x00b"}]}',
    "utf-16": '{"items": []}'.encode("utf-16"),
    "form": b"items=1&title=x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bodies_are_refused_in_words(push, db_session, name):
    answer = push(HOSTILE[name])
    assert answer.status_code == 422 and answer.json["error"]
    assert count(db_session, IngestRun) == count(db_session, WebhookDelivery) == 0


ODD_ITEMS = {
    "depth": b'{"title": "x", "y": ' + b"[" * 900 + b"]" * 900 + b"}",
    "deep title": b'{"title": ' + b"[" * 900 + b"]" * 900 + b"}",
    "huge int": b'{"title": "x", "reach": ' + b"9" * 4000 + b"}",
    "huge float": b'{"title": "x", "reach": 1e300, "external_id": -1e300}',
    "digits": b'{"title": "x", "reach": "' + b"9" * 300_000 + b'"}',
    "nul": b'{"title": "x\\u0000y", "external_id": "\\u0000", "z\\u0000": "\\u0000", "media": "\\u0000"}',
    "bidi": '{"title": "\u202ekuat\u2066", "author": "\u200b"}'.encode(),
    "long": b'{"title": "' + b"x" * 500_000 + b'"}',
    "many names": json.dumps({"title": "x"} | {f"n{n}": n for n in range(5000)}).encode(),
    "long name": b'{"title": "x", "' + b"n" * 300_000 + b'": 1}',
    "bool": b'{"title": true}',
    "script": b'{"title": "<script>alert(1)</script>", "url": "javascript:alert(1)", "text": "<img src=x onerror=y>z"}',
    "markup": b'{"title": "x", "text": "' + b"<b>" * 60_000 + b'"}',
    "dates": b'{"title": "x", "published_at": 99999999999999999}',
    "address": b'{"title": "x", "url": "https://[::1", "channel": "radio", "sentiment": "kesal"}',
}


@pytest.mark.parametrize("name", ODD_ITEMS)
def test_an_odd_item_hurts_nobody_and_not_its_neighbour(push, db_session, name):
    good = json.dumps(ITEM).encode()
    answer = push(b'{"items": [' + ODD_ITEMS[name] + b", " + good + b"]}")
    if answer.status_code == 422:  # not JSON that anybody should send
        assert name in ("depth", "deep title", "huge int")
        return
    told = answer.json
    assert answer.status_code == 202 and told["accepted"] + len(told["rejected"]) == 2 and told["accepted"] >= 1
    for alert in db_session.scalars(select(Alert)):
        assert "<" not in alert.title + alert.text and "\u202e" not in alert.title and len(alert.title) <= 300
        assert alert.url in ("", ITEM["url"])


def test_limits(push):
    assert push([{"title": f"Judul ke-{n}"} for n in range(501)]).status_code == 413
    assert push([{"title": f"Judul nomor {n} dari lima ratus"} for n in range(500)]).json["accepted"] == 500
    big = push([{"title": "x", "text": "y" * 1024 * 1024}], id="big")
    assert big.status_code == 413 and "1 MB" in big.json["error"]


@pytest.mark.parametrize("size, status", [(1024 * 1024, 401), (1024 * 1024 + 1, 413), (3_000_000, 413)])
def test_a_body_in_chunks_has_the_same_limit(client, hook, size, status):
    chunked = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}
    answer = client.post(f"/api/v1/alerts/{hook[0]}", input_stream=io.BytesIO(b"x" * size), environ_overrides=chunked)
    assert answer.status_code == status and answer.json["error"]


def test_who_is_wrong_too_often_waits(push):
    codes = [push([], sign="v1,AAAA").status_code for _ in range(301)]
    assert codes == [401] * 300 + [429]


def test_a_source_that_sends_too_often_waits_and_another_does_not(push, db_session, monkeypatch):
    monkeypatch.setattr(webhook, "PER_SOURCE", "5 per minute")
    other = actions.add_source({"name": "Lain", "kind": "webhook"}, None)
    secret = actions.new_secret(other)
    db_session.commit()
    answers = [push([]).status_code for _ in range(6)]
    assert answers[0] == 202 and set(answers[1:-1]) == {200} and answers[-1] == 429
    assert push([], source=other.id, secret=secret).status_code == 202


def test_a_paused_source_is_told_to_wait(push, hook, db_session):
    db_session.get(Source, hook[0]).enabled = False
    db_session.commit()
    answer = push([ITEM])
    assert answer.status_code == 429 and answer.headers["Retry-After"] and "dijeda" in answer.json["error"]
    assert push([ITEM], sign="v1,AAAA").status_code == 401


def test_a_system_admin_makes_and_changes_the_key(login, push, hook, db_session):
    client = login(KEEPER)
    here = f"/pengaturan/sumber/{hook[0]}"
    page = read(client.get(here).text)
    assert "whsec_" not in page.text() and f"/api/v1/alerts/{hook[0]}" in page.text()
    shown = submit(client, page, "form[action$=kunci]")
    new = read(shown.text).css_first("#kunci-baru").attributes["value"]
    assert shown.status_code == 200 and "no-store" in shown.headers["Cache-Control"]
    assert push([], secret=new).status_code == 202 and push([], id="old").status_code == 202
    again = submit(client, page, "form[action$=kunci]")
    assert again.status_code == 303 and "whsec_" not in client.get(here).text
    assert "sampai" in read(client.get(here).text).text()
    kept = db_session.scalars(select(Event).where(Event.kind == "source.secret_changed")).all()
    assert len(kept) == 1 and kept[0].actor


def test_only_system_admins_have_the_key(login, hook, db_session):
    feed = make_source("Umpan")
    db_session.commit()
    seen = read(login(OPERATOR).get(f"/pengaturan/sumber/{hook[0]}").text)
    assert not seen.css_first("form[action$=kunci]") and "whsec_" not in seen.html
    for email, source in ((OPERATOR, hook[0]), ("admin@dpu.demo", hook[0]), (KEEPER, feed.id)):
        client = login(email)
        token = read(client.get("/").text).css_first("input[name=csrf_token]").attributes["value"]
        answer = client.post(f"/pengaturan/sumber/{source}/kunci", data={"csrf_token": token})
        assert answer.status_code == 404 and "whsec_" not in answer.text


def test_a_webhook_made_in_the_browser_gets_its_key_there(login, db_session):
    client = login(KEEPER)
    form = read(client.get("/pengaturan/sumber/baru").text)
    made = submit(client, form, "form[action$=baru]", name="Pemantau", kind="webhook", channel="medsos")
    page = read(client.get(made.location).text)
    assert "Belum ada. Tanpa kunci" in page.text()
    shown = read(submit(client, page, "form[action$=kunci]").text)
    assert shown.css_first("#kunci-baru").attributes["value"].startswith("whsec_") and "24 jam" in shown.text()
    assert db_session.scalars(select(Event.kind)).all().count("source.secret_made") == 1
