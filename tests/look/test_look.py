"""The look in a real browser: every macro and pattern under axe, and the script's manners under our policy.

With TANGGAP_SHOTS set to a folder, pictures of every page are left there to be looked at.
"""

import os
import threading
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from tests.harness.chromium import DESK, PHONE
from tests.look.sample import create_sample

AXE = Path(__file__).parent.parent / "vendor" / "axe-core@4.14.1" / "axe.min.js"
PAGES = (
    *("contoh/lembar", "contoh/lembar?salah=1", "contoh/tiket", "contoh/pantauan", "contoh/meja"),
    *("contoh/tautan", "contoh/tautan?salah=1", "masuk", "galat/404", "galat/500"),
)
RUN_AXE = "axe.run(document).then(found => found.violations.map(v => [v.id, v.impact, v.nodes.map(n => n.html)]))"
LOW_TARGETS = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
    .filter(e => e.checkVisibility() && !e.closest(".vh, p, h3, .dots > :not(.row-acts), td, .say") && !e.matches(".skip, .vh"))
    .map(e => [e, (e.matches("input[type=checkbox], input[type=radio]") && e.closest("label") || e).getBoundingClientRect()])
    .filter(([e, r]) => r.height > 0 && r.height < (e.matches("[data-pick]") ? 24 : 44))
    .map(([e, r]) => e.outerHTML.slice(0, 90) + " " + r.height)"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def base_url():
    server = make_server("127.0.0.1", 0, create_sample(), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


@pytest.fixture
def quiet(open_browser, base_url):
    """`quiet(path, **context)`: a page whose console must stay silent, but for the browser's own line on a 4xx or 5xx."""
    said = []

    def visit(path, **context):
        page = open_browser(**context)
        page.on("console", lambda line: said.append(line.text) if "Failed to load resource" not in line.text else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{base_url}/{path}")
        return page

    yield visit
    assert said == []


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_a_phone_is_served(quiet, path):
    """In both themes, on a desk and on a phone, where nothing scrolls sideways and targets take a thumb."""
    page = quiet(path, viewport=PHONE, has_touch=True, reduced_motion="reduce")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.evaluate(LOW_TARGETS) == []
    page.evaluate(AXE.read_text())
    for screen in (PHONE, DESK):
        page.set_viewport_size(screen)
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            _shoot(page, f"{path}-{theme}-{screen['width']}")
            assert page.evaluate(RUN_AXE) == [], (theme, screen)


def test_a_form_opens_below_its_value_and_escape_goes_back(quiet):
    page = quiet("contoh/tiket")
    page.click("[data-opens=ubah-status]")
    assert page.is_visible("#ubah-status") and _focused(page, "id") == "status-move-resolve"
    assert page.get_attribute("[data-opens=ubah-status]", "aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert page.is_hidden("#ubah-status") and _focused(page, "dataset.opens") == "ubah-status"


def test_it_opens_without_script_too(quiet):
    page = quiet("contoh/tiket", java_script_enabled=False)
    assert page.is_hidden("#ubah-status")
    page.click("[data-opens=ubah-status]")
    page.check("#status-move-rework")
    assert page.is_visible("#ubah-status") and page.is_visible("#status-due_at")


def test_a_move_shows_only_what_it_needs(quiet):
    page = quiet("contoh/tiket")
    page.click("[data-opens=ubah-status]")
    assert page.is_hidden("#status-due_at")
    page.check("#status-move-rework")
    assert page.is_visible("#status-due_at")


def test_a_refused_form_stays_and_its_errors_get_the_focus(quiet):
    page = quiet("contoh/tiket")
    _open_and_send(page, note="", due_at="")
    page.wait_for_selector("#ubah-status .say[data-say=error]")
    assert page.is_visible("#ubah-status") and _focused(page, "dataset.say") == "error"
    assert page.get_attribute("#status-note", "aria-describedby") == "status-note-error"


def test_a_saved_form_closes_says_so_and_gives_the_focus_back(quiet):
    page = quiet("contoh/tiket")
    _open_and_send(page, note="Pompa menyala.", due_at="2026-11-26T15:20")
    page.wait_for_selector("[data-saved]")
    assert page.is_hidden("#ubah-status") and _focused(page, "dataset.opens") == "ubah-status"
    page.locator("#kabar", has_text="Status menjadi").wait_for(state="attached")


def test_what_was_saved_can_be_undone_by_key(quiet):
    page = quiet("contoh/tiket")
    _open_and_send(page, note="Pompa menyala.")
    page.locator("#toasts", has_text="Status tersimpan.").wait_for()
    page.keyboard.press("z")
    page.locator("#toasts", has_text="Diurungkan.").wait_for()


def test_a_poll_swaps_until_nothing_changes(quiet):
    page = quiet("contoh/hidup")
    page.locator("#kali", has_text="3").wait_for()
    page.wait_for_timeout(500)
    assert page.inner_text("#kali") == "3"


def test_nothing_is_swapped_under_a_typing_hand(quiet):
    page = quiet("contoh/hidup")
    page.focus("#tulis")
    before = page.inner_text("#kali")
    page.keyboard.type("Jangan hilang")
    page.wait_for_timeout(600)
    assert page.input_value("#tulis") == "Jangan hilang"
    assert int(page.inner_text("#kali")) <= int(before) + 1


@pytest.mark.parametrize("status", [401, 404, 500])
def test_an_error_leaves_the_typed_words(quiet, status):
    page = quiet("contoh/tiket")
    page.route(
        "**/contoh/tiket", lambda route: _turned(route, status) if route.request.method == "POST" else route.continue_()
    )
    _open_and_send(page, note="Ini jangan hilang.")
    page.wait_for_selector("#toasts .say[data-say=error]")
    assert page.input_value("#status-note") == "Ini jangan hilang."


def test_words_survive_a_sign_in(quiet, base_url):
    page = quiet("contoh/tiket")
    page.click("[data-opens=ubah-status]")
    page.fill("#status-note", "Ini jangan hilang.")
    page.goto(f"{base_url}/masuk")
    page.goto(f"{base_url}/contoh/tiket")
    assert page.input_value("#status-note") == "Ini jangan hilang."


def test_keys_walk_pick_and_act(quiet):
    page = quiet("contoh/pantauan")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.get_attribute("[data-current]", "id") == "alert-2"
    page.keyboard.press(" ")
    page.keyboard.press("k")
    page.keyboard.press(" ")
    assert page.inner_text("[data-picked-count]") == "2 dipilih" and page.is_visible(".pickbar")
    page.keyboard.press("Escape")
    assert page.is_hidden(".pickbar")
    page.keyboard.press("t")
    assert page.is_visible("#tiket-1") and _focused(page, "id") == "tiket-1-title"


def test_keys_are_letters_inside_fields_and_can_be_switched_off(quiet):
    page = quiet("contoh/pantauan")
    page.keyboard.press("/")
    page.keyboard.type("jt")
    assert page.input_value("#cari") == "jt" and page.locator("[data-current]").count() == 0
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    page.uncheck("[data-keys-switch]")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.locator("[data-current]").count() == 0


def test_a_theme_can_be_pinned_and_stays(quiet):
    page = quiet("contoh/meja")
    page.click(".who > summary")
    page.click("[data-theme=dark]")
    page.reload()
    assert page.get_attribute("html", "data-bs-theme") == "dark"


def test_a_toast_leaves_by_itself_unless_watched(quiet):
    page = quiet("contoh/lembar")
    page.clock.install()
    page.reload()
    page.hover(".toast")
    page.clock.run_for(20_000)
    assert page.is_visible(".toast")
    page.mouse.move(900, 100)
    page.clock.run_for(20_000)
    assert page.locator(".toast").count() == 0


def test_where_there_is_no_clipboard_the_text_is_selected(quiet):
    page = quiet("contoh/lembar")
    page.click("[data-copy=sg]")
    chosen = page.evaluate("(f => f.value.slice(f.selectionStart, f.selectionEnd))(document.activeElement)")
    assert chosen.startswith("Mohon perhatian")


def test_an_element_without_the_nonce_is_disarmed(open_browser, base_url):
    page = open_browser()
    page.goto(f"{base_url}/contoh/tiket")
    page.evaluate(
        "(() => { const e = document.createElement('a'); e.setAttribute('hx-get', '/contoh/meja'); e.id = 'jahat';"
        " document.body.append(e); htmx.process(e); })()"
    )
    assert page.get_attribute("#jahat", "hx-get") is None


def _open_and_send(page, note: str, due_at: str = "2026-11-26T15:20") -> None:
    page.click("[data-opens=ubah-status]")
    page.check("#status-move-rework")
    page.fill("#status-note", note)
    page.fill("#status-due_at", due_at)
    page.click("#ubah-status .btn-main")


def _turned(route, status: int) -> None:
    """Let the server answer as `/galat/<status>` does."""
    address = route.request.url.replace("/contoh/tiket", f"/galat/{status}")
    route.fulfill(response=route.fetch(url=address))


def _focused(page, what: str) -> str:
    return page.evaluate(f"document.activeElement.{what}")


def _shoot(page, name: str) -> None:
    if folder := os.environ.get("TANGGAP_SHOTS"):
        safe = name.replace("/", "-").replace("?", "_")
        page.screenshot(path=Path(folder) / f"{safe}.png", full_page=True)
