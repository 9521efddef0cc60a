"""The one file that calls text safe: our icons, and foreign HTML after washing (guard.md 9)."""

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
}
"""States of tasks wear the rings of tickets."""

FOREIGN_BYTES = 200_000
FOREIGN_DEPTH = 200
FOREIGN_TAGS = {"p", "br", "ul", "ol", "li", "b", "strong", "i", "em", "blockquote", "a"}


@functools.cache
def icon(name: str, size: str = "") -> Markup:
    """An inline drawing, hidden from screen readers: the word beside it speaks. `size` is '14' or '20'."""
    box, shape = _shapes()[SAME_SHAPE.get(name, name)]
    css = f"i i-{size}" if size else "i"
    return Markup(f'<svg class="{css}" viewBox="{box}" aria-hidden="true">{shape}</svg>')  # noqa: S704 - our own file


@functools.cache
def _shapes() -> dict[str, tuple[str, str]]:
    return {name: (box, shape) for name, box, shape in SYMBOL.findall(ICONS.read_text(encoding="utf-8"))}


def foreign(html: str | None) -> Markup:
    """Foreign HTML, washed down to words, lists and links. Too long or too deep: its plain text only.

    Depth is bounded before nh3 sees it, for nh3 takes quadratic time in it. Show the result inside
    an element with `hx-ignore`.
    """
    text = (html or "").encode()[:FOREIGN_BYTES].decode(errors="ignore")
    if text.count("<") > FOREIGN_DEPTH and _depth(text) > FOREIGN_DEPTH:
        return Markup.escape(re.sub(r"<[^>]*>", " ", text))
    clean = nh3.clean(text, tags=FOREIGN_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https"})
    return Markup(clean)  # noqa: S704 - washed on the line above


LETTER_TAGS = FOREIGN_TAGS | {"table", "tbody", "tr", "td", "div", "span", "h2"}


def own_letter(html: str) -> Markup:
    """The HTML of a letter we wrote, washed, as a part of a page with an h1 of its own; css/mail.css gives its look."""
    inside = html.partition("<body")[2].partition(">")[2].replace("<h1", "<h2").replace("</h1", "</h2")
    clean = nh3.clean(
        inside[:FOREIGN_BYTES],
        tags=LETTER_TAGS,
        attributes={"*": {"class"}, "a": {"href"}, "td": {"align", "width"}, "table": {"align", "width"}},
        url_schemes={"http", "https"},
    )
    return Markup(clean)  # noqa: S704 - washed on the line above


def _depth(text: str) -> int:
    """How deep tags nest at most, counting every opening one that is never closed."""
    deepest = depth = 0
    for slash in re.findall(r"<(/?)[a-zA-Z]", text):
        depth = max(0, depth - 1) if slash else depth + 1
        deepest = max(deepest, depth)
    return deepest
