"""Deny by default: every view names who may come in, and what changes something is never a GET."""

import pytest

from app.web.access import Access


def test_every_view_names_its_access(app):
    for rule in app.url_map.iter_rules():
        assert isinstance(app.view_functions[rule.endpoint].access, Access), f"{rule} says nothing about access"


def test_an_app_with_a_silent_view_does_not_start(app):
    from app.web.access import check_marks

    app.view_functions["silent"] = lambda: ""
    try:
        with pytest.raises(RuntimeError, match="silent"):
            check_marks(app)
    finally:
        del app.view_functions["silent"]


def test_nobody_gets_in_without_signing_in(app, client):
    """Every page that is not public sends a stranger to the sign-in page and tells nothing."""
    for rule in app.url_map.iter_rules():
        access = app.view_functions[rule.endpoint].access
        if access.kind not in ("signed_in", "allow") or "GET" not in rule.methods or rule.arguments:
            continue
        answer = client.get(rule.rule)
        assert answer.status_code == 303 and answer.headers["Location"].startswith("/masuk"), rule.rule


def test_an_office_that_named_its_address_answers_no_other(tmp_path):
    from app import create_app

    settings = {"BASE_URL": "https://tanggap.kantor.test", "LINK_BASE_URL": "https://kabar.kantor.test"}
    named = create_app({"INSTANCE_PATH": str(tmp_path), **settings}).test_client()
    asked = {host: named.get("/healthz", base_url=f"https://{host}").status_code for host in HOSTS}
    assert asked == HOSTS


HOSTS = {"tanggap.kantor.test": 200, "kabar.kantor.test": 200, "localhost": 200, "jahat.example": 400}
