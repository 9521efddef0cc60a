"""Static files under names that carry their hash, bundled and compressed without a build step."""

import functools
import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path

import brotli
from flask import abort, current_app, make_response, request

STATIC = Path(__file__).resolve().parent.parent / "static"
YEAR = 365 * 24 * 3600
WORTH_COMPRESSING = 600

BOOTSTRAP = "vendor/bootstrap@5.3.9"
HTMX = "vendor/htmx.org@4.0.1"
LINK_PARTS = ("buttons", "fields", "marks", "say", "facts", "shots", "tape")
PARTS = (
    *LINK_PARTS,
    *("sheet", "list", "path", "edit", "fold", "talk", "answer", "table", "story"),
    *("empty", "bones", "toast", "pager", "pills", "saved", "pickbar", "keys", "copy", "menu", "chart"),
)
PAGES = (
    "sign_in",
    "error",
    "triage",
    "desk",
    "ticket",
    "ticket_strip",
    "queue",
    "settings",
    "letters",
    "isu",
    "papers",
    "agenda",
)

BUNDLES: dict[str, tuple[str, ...]] = {
    "css/app.css": (
        "css/layers.css",
        f"{BOOTSTRAP}/bootstrap-reboot.min.css",
        *(f"css/{name}.css" for name in ("bootstrap", "tokens", "base", "layout")),
        *(f"css/components/{name}.css" for name in PARTS),
        *(f"css/pages/{name}.css" for name in PAGES),
        "css/print.css",
    ),
    "css/link.css": (
        "css/layers.css",
        *("css/reset.css", "css/tokens.css", "css/base.css"),
        *(f"css/components/{name}.css" for name in LINK_PARTS),
        "css/pages/link.css",
    ),
    "js/app.js": (
        *(f"{HTMX}/{name}.min.js" for name in ("htmx", "hx-csp", "hx-ptag")),
        *(f"js/{name}.js" for name in ("basics", "lists", "forms", "habits", "memory", "fragments", "reader", "app")),
    ),
}
"""What is sent as one file, in this order. A bundle may have the name of its last, own part."""


@dataclass(frozen=True)
class Asset:
    """One file as it is sent: its plain name, its bytes and the name with the hash."""

    name: str
    body: bytes

    @functools.cached_property
    def hashed(self) -> str:
        digest = hashlib.sha256(self.body).hexdigest()[:10]
        stem, _, ending = self.name.rpartition(".")
        return f"{stem}.{digest}.{ending}"

    @property
    def mimetype(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @functools.cache  # noqa: B019 - assets live as long as the process
    def encoded(self, encoding: str) -> bytes:
        """The body in `encoding`, compressed once per process as well as it can be."""
        pack = {
            "br": lambda body: brotli.compress(body, quality=11),
            "gzip": lambda body: gzip.compress(body, 9, mtime=0),
        }
        return pack[encoding](self.body)


def asset_url(name: str) -> str:
    """The address of a static file or bundle, changing with its content: `asset_url('css/app.css')`."""
    return f"/static/{_shelf()[name].hashed}"


def init_assets(app) -> None:
    """Serve `/static/` from memory and give templates `asset_url`."""
    app.jinja_env.globals["asset_url"] = asset_url
    app.view_functions["static"] = _serve


def _serve(filename: str):
    """A hashed name may be kept for a year; a plain name is asked for again by its tag."""
    asset = _shelf().get(filename) or abort(404)
    encoding = _encoding(asset)
    response = make_response(asset.encoded(encoding) if encoding else asset.body)
    response.mimetype = asset.mimetype
    response.vary.add("Accept-Encoding")
    if encoding:
        response.content_encoding = encoding
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if filename == asset.hashed else "no-cache"
    response.set_etag(hashlib.sha256(asset.body + (encoding or "").encode()).hexdigest()[:16])
    return response.make_conditional(request)


def _encoding(asset: Asset) -> str | None:
    if len(asset.body) < WORTH_COMPRESSING or asset.mimetype.startswith(("image/png", "image/jpeg", "font/")):
        return None
    return request.accept_encodings.best_match(["br", "gzip"])


def _shelf() -> dict[str, Asset]:
    """All assets by plain and by hashed name; read once, or at every change while developing."""
    return _fill(_newest() if current_app.debug else 0.0)


@functools.lru_cache(maxsize=1)
def _fill(_stamp: float) -> dict[str, Asset]:
    shelf: dict[str, Asset] = {}
    bundled = {part for parts in BUNDLES.values() for part in parts} | set(BUNDLES)
    for path in sorted(STATIC.rglob("*")):
        name = path.relative_to(STATIC).as_posix()
        if path.is_file() and name not in bundled and path.suffix != ".md":
            shelf[name] = Asset(name, path.read_bytes())
    for name, parts in BUNDLES.items():
        joined = _script(parts) if name.endswith(".js") else "\n".join(_sheet(part) for part in parts)
        shelf[name] = Asset(name, _with_hashed_addresses(joined, shelf).encode())
    return shelf | {asset.hashed: asset for asset in shelf.values()}


def _sheet(name: str) -> str:
    """One style sheet. Our own are read by people; browsers need neither their comments nor their indentation."""
    text = _read(name).removeprefix('@charset "UTF-8";')
    if name.startswith(BOOTSTRAP):
        return f"@layer bootstrap {{{text}}}"
    return _plain(text)


def _script(parts: tuple[str, ...]) -> str:
    """Libraries as they are, then our own files together in one strict scope."""
    theirs = [f"{_read(part)};" for part in parts if part.startswith("vendor/")]
    ours = [_plain(_read(part)) for part in parts if not part.startswith("vendor/")]
    return "\n".join([*theirs, "(() => {", '"use strict";', *ours, "})();"])


def _read(name: str) -> str:
    text = (STATIC / name).read_text(encoding="utf-8")
    return re.sub(r"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S+", "", text).strip()


def _plain(text: str) -> str:
    """Without comments (block comments that start a line or follow a space) and indentation."""
    return re.sub(r"\n\s*", "\n", re.sub(r"(^|(?<=\s))/\*.*?\*/", "", text, flags=re.DOTALL)).strip()


def _with_hashed_addresses(text: str, shelf: dict[str, Asset]) -> str:
    """`url(img/x.svg)` in our CSS means the static folder; it gets the hashed address."""
    return re.sub(r"url\((img/[^)]+)\)", lambda found: f"url(/static/{shelf[found[1]].hashed})", text)


def _newest() -> float:
    return max(path.stat().st_mtime for path in STATIC.rglob("*") if path.is_file())
