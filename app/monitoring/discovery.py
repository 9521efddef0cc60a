"""Looking for the feeds of a site, as a worker: what its page names, else the usual paths. Few requests in all."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from app.monitoring.fetch import Fetched, FetchFailed
from app.monitoring.readers import Refused
from app.monitoring.readers.site import Sight
from app.monitoring.rules import links

USUAL = ("/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/feed.json")
MOST_ASKED = 16
SECONDS = 150
NONE_FOUND = "Tidak ada umpan ditemukan di situs ini."

Get = Callable[[str], Fetched]
Look = Callable[[Fetched, str], Sight]


def discover(address: str, get: Get, look: Look) -> tuple[list[dict[str, Any]], str]:
    """The feeds of the site at `address`, best first; with none, the reason in plain words.

    `get` fetches an address under guard, `look` tells what came of it under guard.
    """
    search = _Search(get, look)
    for page in (address, urljoin(address, "/")):
        search.visit(page, follow=True)
        if search.found or search.silent:
            break
    if not search.found and not search.silent:
        for path in USUAL:
            search.visit(urljoin(search.root or address, path))
    return search.found, "" if search.found else search.silent or search.refusal or NONE_FOUND


@dataclass
class _Search:
    """What was asked so far and what came of it.

    `silent` says why the site does not answer at all, `refusal` what it answered instead of a page.
    """

    get: Get
    look: Look
    found: list[dict[str, Any]] = field(default_factory=list)
    silent: str = ""
    refusal: str = ""
    root: str = ""
    asked: set[str] = field(default_factory=set)
    digests: set[str] = field(default_factory=set)
    until: float = field(default_factory=lambda: time.monotonic() + SECONDS)

    def visit(self, url: str, *, follow: bool = False) -> None:
        """Ask once; a feed is kept, the feeds that a page names are asked as well."""
        if url in self.asked or len(self.asked) >= MOST_ASKED or time.monotonic() > self.until:
            return
        self.asked.add(url)
        try:
            fetched = self.get(url)
            sight = self.look(fetched, url)
        except FetchFailed as failed:
            self._failed(failed, follow)
            return
        except Refused:
            return
        if sight.kind == "feed":
            self._keep(fetched.moved_to or url, fetched, sight)
        elif follow:
            self.refusal = ""
            self.root = self.root or fetched.url
            for link in sight.links:
                self.visit(link)

    def _failed(self, failed: FetchFailed, was_page: bool) -> None:
        if not failed.status and len(self.asked) == 1:
            self.silent = failed.reason
        elif was_page:
            self.refusal = failed.reason

    def _keep(self, url: str, fetched: Fetched, sight: Sight) -> None:
        """One feed under several addresses is one feed."""
        if fetched.digest in self.digests or not links.showable(url):
            return
        self.digests.add(fetched.digest)
        told = {"url": url, "title": sight.title, "items": sight.items}
        self.found.append(told | {"newest": sight.newest, "headlines": sight.headlines})
