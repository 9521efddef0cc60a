"""Walking the house as a role: every page that can be reached by links, one or two of each kind."""

import re
from collections import Counter
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser as HTMLParser

from tests.harness.chromium import DESK, PHONE

AXE = "tests/vendor/axe-core@4.14.1/axe.min.js"
ROLES = {
    "operator": "operator@diskominfo.demo",
    "kepala": "kepala@diskominfo.demo",
    "admin": "admin@tirtamahakam.demo",
    "narahubung": "narahubung@tirtamahakam.demo",
    "pimpinan": "pimpinan@kukar.demo",
}
MOST_OF_A_KIND = 2
LOOKS = (("light", "1440"), ("dark", "390"))
"""Both themes and both sizes, each once: colours and layout fail for themselves."""
SIZES = {"1440": DESK, "390": PHONE}
FILE = re.compile(r"\.(csv|xlsx|docx|pdf|zip|txt|opml)$")
SERIOUS = ("serious", "critical")


def kind_of(app, path: str) -> str:
    """The endpoint behind an address; pages of one endpoint count as one kind."""
    adapter = app.url_map.bind("localhost")
    return adapter.match(path, method="GET")[0]


def reachable(app, page, root: str) -> list[str]:
    """Addresses reached by links from `/`, breadth first, at most two of a kind. Downloads are left out."""
    found, kinds, waiting, seen = [], Counter(), ["/"], {"/"}
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(app, urlsplit(path).path)
        if kinds[kind] >= MOST_OF_A_KIND or kind.endswith("evidence"):
            continue
        kinds[kind] += 1
        answer = page.request.get(root + path)
        assert answer.status == 200, f"{path} answered {answer.status}"
        found.append(path)
        for anchor in HTMLParser(answer.text()).css("a[href]:not([download])"):
            link = anchor.attributes["href"]
            own = link.startswith("/") and not link.startswith("//") and "#" not in link
            if own and link not in seen and not FILE.search(urlsplit(link).path):
                seen.add(link)
                waiting.append(link)
    return found


def complaints(page) -> list[str]:
    """What axe finds that is serious or worse, one line each."""
    result = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {node['html'][:120]}"
        for fault in result["violations"]
        if fault["impact"] in SERIOUS
        for node in fault["nodes"][:3]
    ]


def overflow(page) -> int:
    """By how many pixels the page is wider than the window."""
    return page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")


class Ear:
    """Hears what a page says to the console and asks of the network."""

    def __init__(self, page, root: str):
        self.said: list[str] = []
        self.foreign: list[str] = []
        page.on("console", lambda message: self._hear(message))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda request: self._watch(request.url, root))

    def _hear(self, message) -> None:
        if message.type in ("error", "warning"):
            self.said.append(message.text)

    def _watch(self, url: str, root: str) -> None:
        if not url.startswith((root, "data:", "blob:")):
            self.foreign.append(url)
