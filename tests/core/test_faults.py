"""kill -9 of worker and queue in the middle of an import: no alert is lost, none is doubled."""

import json
import time

import pytest
from sqlalchemy import text

from tests.core.test_supervision import engine_of
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
