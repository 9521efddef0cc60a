"""An office for a walk: the app itself, served to Chromium at the time the story says; its letters lie in a folder."""

import email
import email.policy
import io
import re
import textwrap
import threading
from datetime import UTC, date, datetime, time
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Locator, Page
from sqlalchemy import select
from werkzeug.serving import make_server

from app.core import clock
from app.demo import cast
from app.extensions import db
from app.people.actions import open_session, seed_holidays, seed_opds
from app.people.models import Opd, Person, Seat
from tests.harness.chromium import PHONE
from tests.harness.people import cheap_hash
from tests.harness.working import work_off

TELL = """all => all.map(one => {
  const [when, said] = [one.querySelector("small"), one.querySelector(".said")];
  const time = when.textContent; when.remove(); said?.remove();
  return time + " " + one.textContent;
})"""
PATIENCE, WIDE = 30_000, 110
LINK = re.compile(r"http://\S+/t/[\w-]+")


class Office:
    """Everybody of the demo's cast, and a clock that the story sets: `at(day, "20.04")`."""

    def __init__(self, app, letters: Path, open_browser, began: date):
        self.app, self.letters, self.open_browser, self.now = app, letters, open_browser, None
        self.at(began, "07.00")
        with app.app_context(), clock.pretend(self.now):
            seed_opds()
            seed_holidays()
            opds = {opd.code: opd for opd in db.session.scalars(select(Opd))}
            cast.settle(self.now, cheap_hash(), opds)
            db.session.commit()
        self.server = make_server("127.0.0.1", 0, self._served, threaded=True)
        self.root = f"http://127.0.0.1:{self.server.server_port}"
        self.was = {name: app.config[name] for name in ("BASE_URL", "LINK_BASE_URL")}
        app.config.update(BASE_URL=self.root, LINK_BASE_URL=self.root)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def _served(self, environ, start_response):
        """The app, at the story's time; the body is whole before the pretence ends."""
        with clock.pretend(self.now):
            body = self.app(environ, start_response)
            try:
                return [b"".join(body)]
            finally:
                getattr(body, "close", lambda: None)()

    def close(self) -> None:
        self.server.shutdown()
        self.app.config.update(self.was)

    def at(self, day: date, hour: str) -> None:
        """It is now this time of that day, in Tenggarong."""
        self.now = datetime.combine(day, time(*map(int, hour.split("."))), clock.zone()).astimezone(UTC)

    def work(self) -> None:
        """What is due is done: letters go out."""
        work_off(self.app, at=self.now)

    def letters_to(self, address: str) -> list:
        """The letters that lie there for `address`, oldest first."""
        self.work()
        read = [
            email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in sorted(self.letters.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        ]
        return [letter for letter in read if address in letter["To"]]

    def link_for(self, address: str) -> str:
        """The link in the newest letter to `address`."""
        return LINK.search(text_of(self.letters_to(address)[-1]))[0]

    def persons(self, *addresses: str) -> dict[str, int]:
        """Their numbers, by address."""
        with self.app.app_context():
            rows = db.session.execute(select(Person.email, Person.id).where(Person.email.in_(addresses)))
            return dict(rows.all())

    def enter(self, address: str, **settings) -> "Hand":
        """Somebody at a desk, signed in already: the form is another story's."""
        hand = Hand(self, self.open_browser(**settings), address)
        self.sign_in(hand)
        return hand

    def sign_in(self, hand: "Hand") -> None:
        """A fresh session, as after the form; whoever was away for a night needs one."""
        with self.app.app_context(), clock.pretend(self.now):
            seat = db.session.scalar(select(Seat).join(Person).where(Person.email == hand.address).order_by(Seat.id))
            cookie = self.app.session_interface.get_signing_serializer(self.app).dumps(
                {"_user_id": open_session(seat), "_fresh": True}
            )
            db.session.commit()
        name = self.app.config["SESSION_COOKIE_NAME"]
        hand.page.context.add_cookies([{"name": name, "value": cookie, "url": self.root}])

    def phone(self) -> "Hand":
        """Somebody with a telephone, signed in as nobody, without JavaScript."""
        shape = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
        return Hand(self, self.open_browser(**shape, java_script_enabled=False))


def text_of(letter) -> str:
    return letter.get_body(("plain",)).get_content()


class Hand:
    """A person's hand on one page: opens, fills in, presses."""

    def __init__(self, office: Office, page: Page, address: str = ""):
        self.office, self.page, self.address = office, page, address
        page.set_default_timeout(PATIENCE)

    def open(self, address: str, expect: int = 200) -> None:
        where = address if address.startswith("http") else self.office.root + address
        answer = self.page.goto(where, wait_until="domcontentloaded")
        if self.address and "/masuk" in self.page.url:
            self.office.sign_in(self)
            answer = self.page.goto(where, wait_until="domcontentloaded")
        assert answer.status == expect, f"{address} answered {answer.status}"

    def words(self) -> str:
        """What stands on the page, without its folds being opened."""
        return self.page.locator("body").text_content()

    def send(self, form: str | Locator, button: str | re.Pattern | None = None, **fields) -> None:
        """Fill in a form of the page and press its button; what is folded away is opened first, as a hand would."""
        place = self.page.locator(form).first if isinstance(form, str) else form
        self.show(place)
        for name, value in fields.items():
            self._fill(place, name, value)
        self.press((place.get_by_role("button", name=button) if button else place.locator("button.btn-main")).first)

    def press(self, button: Locator) -> None:
        """Press, and wait until it was answered well."""
        self.show(button)
        with self.page.expect_response(_answers) as caught:
            button.click()
        assert caught.value.status < 400, f"{caught.value.url} {caught.value.status}: {_errors(caught.value)}"
        self.page.wait_for_load_state("domcontentloaded")

    def show(self, inner: Locator) -> None:
        """Open what hides it: a block with an opener, folds around it."""
        for fold in inner.locator("xpath=ancestor::details[not(@open)]").all():
            fold.locator(":scope > summary").click()
        block = inner.locator("xpath=ancestor-or-self::form[1]")
        if not inner.is_visible() and block.count() and (name := block.get_attribute("id")):
            self.page.locator(f'a[href="#{name}"]').first.click()

    def _fill(self, form: Locator, name: str, value) -> None:
        fields = form.locator(f'[name="{name}"]')
        kind = fields.first.evaluate("field => field.type")
        if kind == "radio":
            return form.locator(f'[name="{name}"][value="{value}"]').check()
        field = fields.first
        self.show(field)
        if kind == "select-one":
            field.locator(f'option[value="{value}"]').wait_for(state="attached")
            field.select_option(value)
        elif kind == "file":
            field.set_input_files(value)
        elif kind == "checkbox":
            field.check()
        else:
            field.fill(value)

    def move(self, address: str, name: str, **fields) -> None:
        """A move of the table, on the page of a ticket or a task."""
        self.open(address)
        form = self.page.locator("#ubah-status")
        self.show(form)
        form.locator(f'[name="move"][value="{name}"]').check()
        self.send(form, **fields)

    def by_link(self, link: str, button: str, **fields) -> None:
        """A step from a letter: the fold of that name is opened and filled in, and said yes to once more."""
        self.open(link)
        if fields:
            named = self.page.locator("summary", has_text=re.compile(rf"^\s*{re.escape(button)}"))
            fold = self.page.locator("details.choice", has=named).first
            self.send(fold.locator("form"), re.compile("^(Periksa lalu|Kirim|Lampirkan)"), **fields)
        else:
            self.press(self.page.get_by_role("button", name=button, exact=True).first)
        sure = self.page.get_by_role("button", name=re.compile("^Ya, "))
        if sure.count() and sure.first.is_visible():
            self.press(sure.first)

    def story(self, address: str) -> str:
        """The history as somebody reads it, oldest first: when, who, what they did; without the words they wrote."""
        self.open(address)
        told = self.page.locator("ol.story").last.locator("li").evaluate_all(TELL)
        lines = (textwrap.fill(" ".join(line.split()), WIDE, subsequent_indent="    ") for line in reversed(told))
        return "\n".join(lines)


def _answers(response) -> bool:
    """The answer to what was sent; a draft that is kept by itself is none."""
    return response.request.method == "POST" and not urlsplit(response.url).path.endswith("/naskah")


def _errors(response) -> str:
    said = re.findall(r'class="error"[^>]*>(.*?)</p>|data-say="error"(.*?)</div>', response.text(), re.DOTALL)
    return re.sub(r"<[^>]+>|\s+", " ", " ".join(map(" ".join, said)))[:600]


def picture(name: str) -> dict:
    """A photo, as a phone sends it."""
    shot = io.BytesIO()
    Image.new("RGB", (640, 480), "gray").save(shot, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": shot.getvalue()}


def pasted(hand: Hand, text: str, **values) -> str:
    """What came by WhatsApp becomes a pantauan; its address."""
    hand.open("/pantauan/tempel")
    hand.send('form[action="/pantauan/tempel"]', "Lihat hasilnya", text=text, **values)
    hand.press(hand.page.get_by_role("button", name="Masukkan 1 pantauan"))
    return hand.page.locator('table a[href^="/pantauan/"]').first.get_attribute("href")


def promoted(hand: Hand, alert: str, **values) -> str:
    """«Jadikan tiket»; the ticket's address."""
    hand.open(alert)
    hand.send('form[action$="/tiket"]', "Jadikan tiket", **values)
    hand.page.get_by_role("heading", name=re.compile("Jadikan tiket")).wait_for(state="detached")
    return hand.page.locator('main a[href^="/tiket/"]').first.get_attribute("href")
