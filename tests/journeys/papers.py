"""Sample papers for docs/contoh, as a running demo makes them: `python -m tests.journeys.papers URL PASSWORD`."""

import re
import sys

import httpx

from app.config import ROOT
from tests.harness.client import fields_of, parse
from tests.journeys.walk import ROLES

FOLDER = ROOT / "docs" / "contoh"
TITLE = "Air bersih Tenggarong Seberang: pompa sadap Kerta Buana"
"""A ticket with an approved answer, whose lead OPD is that of walk.ROLES."""
LETTERS = ("surat_permintaan", "klarifikasi", "hak_jawab", "hak_koreksi")
BOTH = ("pdf", "docx")


class Reader:
    """One person with a browser that knows no script."""

    def __init__(self, root: str, role: str, password: str):
        self.http = httpx.Client(base_url=root, follow_redirects=True, timeout=30)
        self.send("/masuk", "form", email=ROLES[role], password=password)

    def page(self, path: str):
        return parse(self.http.get(path).raise_for_status().text)

    def send(self, path: str, form: str, **typed: str) -> httpx.Response:
        """Fill in the form on that page and send it."""
        found = self.page(path).css_first(form)
        assert found is not None, f"{path} has no form {form}"
        data = fields_of(found) | typed
        return self.http.post(found.attributes.get("action") or path, data=data).raise_for_status()

    def keep(self, path: str, name: str) -> None:
        (FOLDER / name).write_bytes(self.http.get(path).raise_for_status().content)
        print(FOLDER / name)


def main(root: str, password: str) -> None:
    """Write every paper; drafts of letters are taken away again."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    operator, clerk = (Reader(root, role, password) for role in ("operator", "admin"))
    ticket = _ticket(operator)
    operator.keep(f"/tiket/{ticket}/cetak.pdf", "tiket.pdf")
    for shape in BOTH:
        clerk.keep(f"/tiket/{ticket}/disposisi.{shape}", f"lembar-disposisi.{shape}")
    for kind in LETTERS:
        _letter(operator if kind == "surat_permintaan" else clerk, kind, ticket)
    _rakor(operator)


def _ticket(reader: Reader) -> int:
    found = reader.page(f"/cari?q={TITLE.rpartition(': ')[2]}")
    links = [link.attributes["href"] for link in found.css("a[href]") if TITLE in link.text()]
    return int(re.search(r"/tiket/(\d+)", links[0]).group(1))


def _letter(reader: Reader, kind: str, ticket: int) -> None:
    made = reader.send(f"/surat/baru?jenis={kind}&tiket={ticket}", "main form")
    draft = made.url.path
    for shape in BOTH:
        reader.keep(f"{draft}/naskah.{shape}", f"{kind.replace('_', '-')}.{shape}")
    reader.send(draft, 'form[action$="/hapus"]')


def _rakor(reader: Reader) -> None:
    """Everything that the page of a rakor that was held offers, each file under the name of its kind."""
    links = [link.attributes["href"] for link in reader.page("/rakor").css("a[href]")]
    held = [link for link in links if re.fullmatch(r"/rakor/\d+", link)][-1]
    for link in reader.page(held).css("#naskah a[download]"):
        path = link.attributes["href"]
        reader.keep(path, path.rpartition("/")[2])


if __name__ == "__main__":
    main(*sys.argv[1:3])
