"""A browser without JavaScript: every request in a context of its own, every page read as a person would."""

import contextvars

from flask import has_app_context
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from app.extensions import db

PASSWORD = "gunung-sungai-2026"


class Browser(FlaskClient):
    """A test client whose requests share nothing with the test but the database, as in real life."""

    def open(self, *args, **kwargs):
        if has_app_context():
            db.session.commit()  # what the test wrote is there, and SQLite's writer lock is free
        whole = {"buffered": True} | kwargs  # what is written while it is sent is sent inside of the request
        return contextvars.Context().run(super().open, *args, **whole)


def parse(html: str) -> HTMLParser:
    return HTMLParser(html)


def read(html: str) -> HTMLParser:
    """Parse a whole page and hold it to what every page promises."""
    tree = parse(html)
    assert len(tree.css("h1")) == 1, "a page has one h1"
    assert tree.css_first("title").text().strip(), "a page has a title"
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids)), f"ids repeat: {sorted(i for i in ids if ids.count(i) > 1)}"
    for form in tree.css("form:not([method=dialog])"):
        assert form.attributes.get("action"), f"a form has an action: {form.html[:200]}"
    for field in tree.css("input, select, textarea"):
        assert is_labelled(tree, field), f"a field has a label: {field.html[:200]}"
    return tree


def is_labelled(tree: HTMLParser, field) -> bool:
    facts = field.attributes
    if facts.get("type") in ("hidden", "submit", "button", "image", "reset"):
        return True
    if facts.get("aria-label") or facts.get("aria-labelledby") or facts.get("title"):
        return True
    if facts.get("id") and tree.css_first(f'label[for="{facts["id"]}"]'):
        return True
    node = field.parent
    while node is not None and node.tag != "label":
        node = node.parent
    return node is not None


def fields_of(form) -> dict[str, str]:
    """What a browser would send from this form if nobody touched it."""
    values = {}
    for field in form.css("input[name], textarea[name], select[name]"):
        name, facts = field.attributes["name"], field.attributes
        if field.tag == "select":
            chosen = field.css_first("option[selected]") or field.css_first("option")
            values[name] = (chosen.attributes.get("value") or "") if chosen else ""
        elif field.tag == "textarea":
            values[name] = field.text()
        elif facts.get("type") in ("checkbox", "radio"):
            if "checked" in facts:
                values[name] = facts.get("value") or "on"
        elif facts.get("type") not in ("submit", "button", "file"):
            values[name] = facts.get("value") or ""
    return values


def submit(client, page: HTMLParser, selector: str, **changes):
    """Fill in the form that `selector` finds and send it, as the button would."""
    form = page.css_first(selector)
    assert form is not None, f"no form {selector}"
    values = fields_of(form) | changes
    return client.post(form.attributes["action"], data=values)


def post(client, address: str, **data):
    """Send `data` with the token that any page's form carries, as a form that was never read would."""
    token = parse(client.get("/akun").text).css_first('[name="csrf_token"]').attributes["value"]
    return client.post(address, data={"csrf_token": token} | data)


def sign_in(client, email: str, password: str = PASSWORD):
    """Through the form, like everybody. Returns the client."""
    page = read(client.get("/masuk").text)
    answer = submit(client, page, 'form[action^="/masuk"]', email=email, password=password)
    assert answer.status_code in (302, 303), f"{email} could not sign in"
    return client
