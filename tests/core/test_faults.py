"""kill -9 of worker and queue in the middle of an import: no alert is lost, none is doubled."""

import json
import time

import httpx
import pytest
from sqlalchemy import text

from tests.core.test_supervision import engine_of
from tests.harness.client import fields_of, read
from tests.harness.pressroom import Page
from tests.harness.waiting import until

pytestmark = [pytest.mark.tree, pytest.mark.both]


def feed(items: int) -> bytes:
    """A JSON feed whose items all differ."""
    entries = [
        {
            "id": f"urn:uji:{number}",
            "url": f"https://kabaruji.example/{number}",
            "title": f"Warga RT {number} menunggu air {number * 7919}",
            "content_text": f"Keluhan nomor {number * 104729} dari warga.",
        }
        for number in range(items)
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Kabar Uji", "items": entries}).encode()


def counted(engine) -> tuple[int, int, int]:
    """Alerts, distinct alerts, unfinished runs."""
    with engine.connect() as connection:
        return tuple(
            connection.execute(text(question)).scalar()
            for question in (
                "SELECT count(*) FROM alert",
                "SELECT count(DISTINCT title) FROM alert",
                "SELECT count(*) FROM ingest_run WHERE state NOT IN ('done', 'refused')",
            )
        )


@pytest.mark.parametrize(
    "items, kills", [(1500, ("worker", "queue")), pytest.param(4500, ("worker", "queue") * 2, marks=pytest.mark.slow)]
)
def test_an_import_survives_kills(make_tree, pressroom, items, kills):
    pressroom["/feed.json"] = Page(feed(items), headers={"Content-Type": "application/feed+json"})
    tree = make_tree(FETCH_ALLOW=pressroom.host).up()
    engine = engine_of(tree)
    tree.flask("source", "add", "Kabar Uji", "--kind", "rss", "--url", pressroom.url("/feed.json"))
    until(lambda: counted(engine)[0] or counted(engine)[2], 60, every=0.02)
    for name in kills:
        tree.kill(name)
        time.sleep(0.3)
    until(lambda: counted(engine)[0] == items and counted(engine)[2] == 0, 60)
    assert counted(engine) == (items, items, 0)
    assert tree.flask("verify", check=False).returncode == 0


FORGETFUL = [f"{who}@{opd}.demo" for opd in ("disdikbud", "dpu", "dinkes", "dlhk") for who in ("admin", "narahubung")]


def forget_password(tree, email: str) -> None:
    """Ask for a new password, as a browser would; a letter goes to `email`."""
    with httpx.Client(base_url=tree.url) as browser:
        page = read(browser.get("/lupa").text)
        form = page.css_first('form[action="/lupa"]')
        assert browser.post("/lupa", data=fields_of(form) | {"email": email}).status_code in (200, 303)


def states_of_letters(engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.execute(text("SELECT state FROM letter WHERE kind = 'reset'")).scalars())


@pytest.mark.slow
def test_a_mail_run_survives_kills(make_tree, mailbox):
    """Every letter arrives; one that came twice is the same letter, killed between the server's yes and our note."""
    tree = make_tree(MAIL_URL=mailbox.url, DEMO="1").up(90)
    engine = engine_of(tree)
    mailbox.script = [0.3] * 100
    for email in FORGETFUL:
        forget_password(tree, email)
    for name in ("worker", "queue", "worker"):
        until(lambda: mailbox.tried, 60, every=0.05)
        mailbox.tried = 0
        tree.kill(name)
    until(lambda: all(resets(mailbox, email) for email in FORGETFUL), 60)
    until(lambda: states_of_letters(engine) == {"sent"}, 30)
    for email in FORGETFUL:
        copies = resets(mailbox, email)
        assert len(copies) <= 3, "at most one more for each kill"
        assert len({letter["Message-ID"] for letter in copies}) == 1


def resets(mailbox, email: str) -> list:
    return [letter for letter in mailbox.to(email) if "sandi" in letter["Subject"].lower()]
