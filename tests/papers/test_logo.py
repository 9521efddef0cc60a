"""The logo of a letterhead: painted anew from whatever was sent, and on every paper of the office."""

import io
import time
from dataclasses import replace

import pytest
from docx import Document
from PIL import Image
from sqlalchemy import select

from app.core import storage
from app.core.events import Event
from app.core.uploads import NotAllowedFile
from app.extensions import db
from app.papers import render, shaping
from app.papers.render.logo import as_png
from app.papers.rules.shapes import as_data
from app.people.models import Opd
from tests.harness import client as browsing
from tests.papers import samples
from tests.tickets.desk import ADMIN, HEAD, OPERATOR

DRAWN = (
    b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 30"><path d="M0 0h20v20l-10 10L0 20z" fill="#0a5"/></svg>'
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}>{}</svg>'
HOSTILE = (
    SVG.format("", "<script>alert(1)</script>"),
    SVG.format('onload="x()"', "<path d='M0 0h9v9z'/>"),
    SVG.format("", '<image href="file:///etc/passwd"/>'),
    SVG.format("", '<use href="https://evil.example/x.svg#a"/>'),
    SVG.format("", "<style>path{fill:url(https://evil.example/)}</style>"),
    SVG.format("", "<style>@import 'https://evil.example/x.css';</style>"),
    '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("", "<text>&a;</text>"),
    SVG.format("", '<use href="#a"/>' * 40),
    SVG.format("", ""),
    "<svg",
    "%PDF-1.7",
    "<html></html>",
)


def photo(size=(900, 1200)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "red").save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize("sent", [DRAWN, photo()])
def test_what_is_kept_is_a_small_png_of_our_own(sent):
    picture = Image.open(io.BytesIO(as_png(sent)))
    assert picture.format == "PNG" and max(picture.size) <= 600 and not picture.info.get("exif")
    assert abs(picture.width / picture.height - (2 / 3 if sent is DRAWN else 3 / 4)) < 0.02


@pytest.mark.parametrize("sent", HOSTILE)
def test_what_does_more_than_draw_is_refused(sent):
    with pytest.raises(NotAllowedFile):
        as_png(sent.encode())


def _masked(levels: int, each: int = 6) -> bytes:
    """A drawing of a few hundred bytes that a painter paints `each` to the power of `levels` times."""
    white = '<rect width="60" height="40" fill="white" {}/>'
    masks = [f'<mask id="m0">{white.format("")}</mask>']
    for level in range(1, levels):
        masks.append(f'<mask id="m{level}">{white.format(f"mask={chr(34)}url(#m{level - 1}){chr(34)}") * each}</mask>')
    defs, last = "".join(masks), levels - 1
    drawn = f'<defs>{defs}</defs><rect width="60" height="40" mask="url(#m{last})"/>'
    return SVG.format('width="60" height="40"', drawn).encode()


@pytest.mark.parametrize("sent", [b"<!---->" * 400, _masked(9), b"<!--" * 60_000, SVG.format('xmlns:s="http://www.w3.org/2000/svg"', '<s:use href="#a"/>' * 40).encode()])  # fmt: skip
def test_what_would_be_painted_for_minutes_is_refused_within_seconds(sent):
    begun = time.monotonic()
    with pytest.raises(NotAllowedFile):
        as_png(sent)
    assert time.monotonic() - begun < 60


@pytest.mark.parametrize("template", samples.WITH_DOCX)
def test_it_stands_on_both_forms(template):
    paper, logo = samples.SHAPES[template](), as_png(DRAWN)
    kop = replace(samples.kop(), logo=logo)
    letter = getattr(paper, "letter", None)
    paper = replace(paper, letter=replace(letter, letterhead=kop)) if letter else replace(paper, letterhead=kop)
    data = as_data(paper)
    assert b"/Image" in render.pdf(template, data) and render.docx(template, data) == render.docx(template, data)
    assert len(Document(io.BytesIO(render.docx(template, data))).inline_shapes) == 1


def test_a_system_admin_sets_the_regency_s_and_an_office_may_have_its_own(people, login):
    keeper, page = login(HEAD), "/pengaturan/opd/{}/kop"
    office = db.session.scalars(select(Opd).where(Opd.code == "DISKOMINFO")).one()
    agency = people[ADMIN].opd
    assert (
        login(OPERATOR).get(page.format("DISKOMINFO")).status_code
        == login(ADMIN).get(page.format("DISDIKBUD")).status_code
        == 404
    )
    assert not shaping.letterhead(agency).logo

    def send(code, **values):
        shown = browsing.read(keeper.get(page.format(code)).text)
        form = browsing.fields_of(shown.css_first(f'form[action="{page.format(code)}"]'))
        return keeper.post(page.format(code), data=form | values, content_type="multipart/form-data")

    assert send("DISKOMINFO", file=(io.BytesIO(HOSTILE[0].encode()), "logo.svg")).status_code == 422
    assert send("DISKOMINFO").status_code == 422
    assert send("DISKOMINFO", file=(io.BytesIO(DRAWN), "logo.svg")).status_code == 303
    db.session.expire_all()
    assert (
        storage.read(office.logo_key)
        == shaping.letterhead(agency).logo
        == keeper.get("/pengaturan/opd/DISDIKBUD/logo.png").data
    )
    assert send("DISDIKBUD", file=(io.BytesIO(photo()), "logo.png")).status_code == 303
    db.session.expire_all()
    assert shaping.letterhead(agency).logo == storage.read(agency.logo_key) != storage.read(office.logo_key)
    assert send("DISDIKBUD", do="hapus").status_code == 303
    db.session.expire_all()
    assert shaping.letterhead(agency).logo == storage.read(office.logo_key)
    assert len(db.session.scalars(select(Event).where(Event.kind == "opd.logo")).all()) == 3
