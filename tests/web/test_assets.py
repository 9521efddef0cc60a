"""Static files: what is vendored is what it says, names carry hashes, and the first load stays small."""

import gzip
import hashlib
import re
from pathlib import Path

import brotli
import pytest

from app.web.assets import BUNDLES, STATIC
from tests.look.sample import create_sample

ROOT = STATIC.parent.parent
MANIFESTS = (STATIC / "vendor" / "README.md", ROOT / "tests" / "vendor" / "README.md")
LINE = re.compile(r"^\| (\S+@\S+) \| .* \| ([0-9a-f]{64}) \|$", re.MULTILINE)
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\boklch\(|\brgba?\(|light-dark\(")
FIRST_LOAD = 45_000  # bytes of gzip, of the 90 kB that a first page may weigh


@pytest.fixture(scope="module")
def sample():
    return create_sample()


@pytest.fixture
def browser(sample):
    return sample.test_client()


def address(sample, name: str) -> str:
    with sample.app_context():
        return sample.jinja_env.globals["asset_url"](name)


@pytest.mark.parametrize("manifest", MANIFESTS, ids=("app", "tests"))
def test_vendored_files_are_those_of_the_manifest(manifest):
    told = dict(LINE.findall(manifest.read_text()))
    found = {
        path.relative_to(manifest.parent).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in manifest.parent.rglob("*")
        if path.is_file() and path != manifest
    }
    assert found == told


def test_a_hashed_name_may_be_kept_for_a_year(sample, browser):
    answer = browser.get(address(sample, "css/app.css"))
    assert answer.status_code == 200 and answer.mimetype == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_plain_name_is_asked_for_again(browser):
    answer = browser.get("/static/css/app.css")
    assert answer.headers["Cache-Control"] == "no-cache"
    again = browser.get("/static/css/app.css", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_name_that_is_no_asset_is_not_found(browser):
    for name in ("css/nothing.css", "css/base.css", "../config.py", "vendor/README.md", "js/app.0000000000.js"):
        assert browser.get(f"/static/{name}").status_code == 404, name


@pytest.mark.parametrize(("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_it_is_sent_compressed(sample, browser, encoding, unpack):
    url = address(sample, "js/app.js")
    packed = browser.get(url, headers={"Accept-Encoding": encoding})
    assert packed.headers["Content-Encoding"] == encoding and "Accept-Encoding" in packed.headers["Vary"]
    assert unpack(packed.data) == browser.get(url, headers={"Accept-Encoding": "identity"}).data


def test_the_first_load_is_small(sample, browser):
    urls = [address(sample, name) for name in ("css/app.css", "js/app.js", "img/tanggap.svg")]
    sent = {url: len(browser.get(url, headers={"Accept-Encoding": "gzip"}).data) for url in urls}
    assert sum(sent.values()) < FIRST_LOAD, sent


def sheets() -> list[Path]:
    """The pages' style sheets; that of letters is inlined by `notify`."""
    return [path for path in (STATIC / "css").rglob("*.css") if path.name != "mail.css"]


def test_every_part_of_a_bundle_exists_and_every_part_is_bundled():
    listed = {part for parts in BUNDLES.values() for part in parts}
    ours = {path.relative_to(STATIC).as_posix() for path in sheets()}
    assert ours <= listed
    assert all((STATIC / part).is_file() for part in listed)


def test_only_the_tokens_name_colours():
    for path in sheets():
        if path.name in ("tokens.css", "print.css"):
            continue
        assert not COLOUR.findall(re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)), path.name


def test_every_name_of_a_token_is_defined():
    css = "\n".join(path.read_text() for path in sheets())
    assert set(re.findall(r"var\((--[\w-]+)", css)) <= set(re.findall(r"(--[\w-]+):", css))


def test_every_icon_named_in_a_template_is_drawn():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "app" / "web" / "icons.svg").read_text()))
    named = {
        name
        for path in (ROOT / "app" / "templates").rglob("*.html")
        for name in re.findall(r'icon\("([a-z-]+)"[,)]', path.read_text())
    }
    assert named <= drawn


def templates() -> list[Path]:
    return sorted((ROOT / "app" / "templates").rglob("*.html"))


def test_templates_keep_to_the_policy():
    """No inline style, script or handler; nothing that htmx would evaluate; mail is the one exception for <style>."""
    forbidden = re.compile(r"\sstyle=|<style|\son[a-z]+=|hx-on|javascript:|hx-[a-z]+=\"js:|hx-nonce:inherited", re.I)
    for path in templates():
        if path.parent.name != "mail":
            assert not forbidden.findall(path.read_text()), path


def test_every_element_with_hx_attributes_carries_the_nonce():
    tag = re.compile(
        r"<[a-z][^<>]*?\shx-(?:get|post|put|patch|delete|trigger|swap|target|boost)=(?:[^<>]|\{\{.*?\}\})*>", re.S
    )
    for path in templates():
        for element in tag.findall(path.read_text()):
            assert "hx-nonce=" in element or element.startswith("<hx-partial"), (path, element[:200])


def test_our_script_uses_no_html_sink():
    script = "\n".join(path.read_text() for path in (STATIC / "js").glob("*.js"))
    assert not re.findall(r"innerHTML|outerHTML\s*=|insertAdjacentHTML|document\.write|eval\(|new Function", script)
