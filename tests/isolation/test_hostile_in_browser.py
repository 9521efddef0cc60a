"""Chromium opens the pages that hold hostile data: nothing runs, nothing foreign is asked for, nothing is complained of."""

import threading

import pytest
from werkzeug.serving import make_server

from app.core import clock
from app.extensions import db
from app.monitoring.models import Alert, Source
from app.people.actions import mint_link
from app.tickets import actions
from tests.harness.client import PASSWORD
from tests.isolation import world as worlds
from tests.isolation.test_side_doors import OPERATOR

pytestmark = pytest.mark.browser

A = worlds.A
EVIL = (
    "<img src=http://evil.test/x onerror=\"document.title='lari'\"><script>document.title='lari'</script>"
    "<svg onload=document.title='lari'></svg>\"'><a href=javascript:alert(1) hx-get=http://evil.test/ hx-trigger=load>k</a>"
    "<form action=http://evil.test/><button formaction=javascript:alert(1)>x</button>{{7*7}}${7*7}</textarea></title>"
)


@pytest.fixture
def served(app, people):
    """Everything a person or a feed can fill holds EVIL. Yields (address, paths for the office, for A, of the link)."""
    source = Source(name=EVIL[:110], kind="rss", url="https://kanari.example/")
    db.session.add(source)
    db.session.flush()
    facts = {
        "text": EVIL,
        "media": EVIL[:110],
        "author": EVIL[:110],
        "url": 'https://x.test/"><script>',
        "place": EVIL[:110],
    }
    one, two = (Alert(source_id=source.id, title=EVIL[:490], published_at=clock.now(), **facts) for _ in range(2))
    db.session.add_all([one, two])
    db.session.flush()
    ticket = actions.promote([one], people[OPERATOR], {"opd": "DPU", "title": EVIL[:290], "note": EVIL})
    admin, narahubung = people[f"admin@{A}.demo"], people[f"narahubung@{A}.demo"]
    admin.person.name = EVIL[:190]
    actions.move(ticket, "take_on", admin, {"note": EVIL})
    actions.note(ticket, admin, EVIL, "shared")
    actions.attach(ticket, admin, worlds._picture(), EVIL[:60] + ".png")
    actions.move(ticket, "submit", admin, {"answer": EVIL, "note": EVIL})
    secret = mint_link("ticket", ticket.stream, narahubung.person_id, narahubung.id)
    db.session.commit()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    word = "/cari?q=%3Cscript%3E%22%27"
    office = ["/", "/pantauan", f"/pantauan/{two.id}", f"/pantauan/{one.id}", "/tiket", f"/tiket/{ticket.id}", word]
    office += [
        "/tiket?q=%3Cscript%3E",
        "/surat-keluar",
        "/pengaturan/sumber",
        f"/pengaturan/sumber/{source.id}",
        "/orang",
    ]
    agency = ["/", "/tiket", f"/tiket/{ticket.id}", "/orang", word]
    db.session.rollback()  # the writer's lock is the server's now
    yield f"http://127.0.0.1:{server.server_port}", office, agency, f"/t/{secret}"
    server.shutdown()


def test_nothing_hostile_runs(served, open_browser):
    address, office, agency, link = served
    faults = []
    for email, paths in (
        (OPERATOR, office),
        (f"admin@{A}.demo", agency),
        ("pimpinan@kukar.demo", agency[:3]),
        ("", [link]),
    ):
        page = open_browser()
        page.on("console", lambda line: faults.append(line.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        page.on(
            "request", lambda sent: faults.append(sent.url) if not sent.url.startswith((address, "data:")) else None
        )
        if email:
            page.goto(f"{address}/masuk")
            page.fill('input[name="email"]', email)
            page.fill('input[name="password"]', PASSWORD)
            page.get_by_role("button", name="Masuk").click()
        for path in paths:
            answer = page.goto(address + path)
            page.wait_for_load_state("networkidle")
            faults += [f"{path}: {answer.status}"] if answer.status != 200 else []
            faults += [f"{path} ran"] if page.title() == "lari" else []
            faults += [
                f"{path} holds {tag}" for tag in ("main script", "[onerror]", "[onload]") if page.query_selector(tag)
            ]
            faults += [f"{path}: 49"] if "{{7*7}}" in EVIL and "49${" in page.content() else []
    assert not faults
