"""The one file that calls text safe: our icons, and our own letters after washing. Foreign HTML is kept as text."""

import functools
import re
from pathlib import Path

import nh3
from markupsafe import Markup

ICONS = Path(__file__).with_name("icons.svg")
SYMBOL = re.compile(r'<symbol id="([^"]+)" viewBox="([^"]+)">(.*?)</symbol>')
SAME_SHAPE = {
    "state-open": "state-forwarded",
    "state-submitted": "state-awaiting_approval",
    "state-accepted": "state-resolved",
    "state-proposed": "state-new",
    "state-agreed": "state-under_review",
    "state-approved": "state-forwarded",
    "state-running": "state-in_progress",
    "state-reviewed": "state-resolved",
    "state-preparing": "state-new",
    "state-locked": "state-awaiting_approval",
    "state-finished": "state-closed",
    "state-cancelled": "state-dropped",
    "state-kept": "state-resolved",
}
"""States of tasks, of matters on the agenda, of rakor and plans wear the rings of tickets."""

LETTER_BYTES = 200_000
LETTER_TAGS = {"p", "br", "b", "a", "ul", "ol", "li", "div", "span", "h2", "table", "tbody", "tr", "td"}


@functools.cache
def icon(name: str, size: str = "") -> Markup:
    """An inline drawing, hidden from screen readers: the word beside it speaks. `size` is '14' or '20'."""
    box, shape = _shapes()[SAME_SHAPE.get(name, name)]
    css = f"i i-{size}" if size else "i"
    return Markup(f'<svg class="{css}" viewBox="{box}" aria-hidden="true">{shape}</svg>')  # noqa: S704 - our own file


@functools.cache
def _shapes() -> dict[str, tuple[str, str]]:
    return {name: (box, shape) for name, box, shape in SYMBOL.findall(ICONS.read_text(encoding="utf-8"))}


def own_letter(html: str) -> Markup:
    """The HTML of a letter we wrote, washed, as a part of a page with an h1 of its own; css/mail.css gives its look."""
    inside = html.partition("<body")[2].partition(">")[2].replace("<h1", "<h2").replace("</h1", "</h2")
    clean = nh3.clean(
        inside[:LETTER_BYTES],
        tags=LETTER_TAGS,
        attributes={"*": {"class"}, "a": {"href"}, "td": {"align", "width"}, "table": {"align", "width"}},
        url_schemes={"http", "https"},
    )
    return Markup(clean)  # noqa: S704 - washed on the line above
