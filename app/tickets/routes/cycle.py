"""One form of the page of a ticket or a task: find, spend the nonce, compare versions, act, show, commit.

And the parts of that page by themselves. What a ticket and a task do not share here is a `Kind`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import make_response, redirect, request
from flask_login import current_user
from jinja2_fragments.flask import render_block

from app.extensions import db
from app.people.models import Seat
from app.tickets.actions import Refused
from app.tickets.models import Task
from app.tickets.routes.sentfiles import file_troubles_told
from app.tickets.routes.writing import forget_sent, insert_module, keep_typed
from app.web import nonce
from app.web.forms import Form
from app.web.fragments import answer, fragment, not_modified, page, tagged, unchanged, wants_fragment

COMPOSERS = ("catatan", "kontak")
"""Forms that stand ready for the next words, with all that helps to write them."""


@dataclass(frozen=True)
class Kind:
    """What sets a ticket and a task apart where their forms are sent. Their views answer to the same names."""

    page: str
    find: Callable[..., Any]
    """Of an address, a seat and perhaps `lock`; 404 where it is not visible."""
    view: type
    forms: Mapping[str, type[Form]]
    acts: Mapping[str, Callable[[Any, Seat, Any], str]]
    conflict: Callable[[str, Any, Form], dict]
    fresh: Sequence[str]
    """The parts that the page renews by itself after a change elsewhere on it."""
    typed: Sequence[str]
    """Forms in which somebody may be writing: only their version is renewed."""

    def seen(self, *, partial: bool, **address):
        """The view of what stands at `address`, as the acting seat sees it."""
        return self.view(self.find(**address, seat=current_user.seat), current_user.seat, partial=partial)


def change(kind: Kind, block: str, **address):
    """422 what was refused, 409 on a stale version; a repeat shows the first result."""
    seat = current_user.seat
    thing = kind.find(**address, seat=seat, lock=True)
    form = kind.forms[block](of=thing)
    if "insert" in request.form or request.form.get("salin"):
        return _filled(kind, block, form, address)
    if not nonce.first_use(form.nonce.data):
        return _shown(kind, block, thing)
    if form.is_stale(thing):
        return _stale(kind, block, form, address)
    try:
        said = carry_out(kind, block, thing, seat, form)
    except Refused as refused:
        return _refused(kind, block, form, address, refused.errors)
    forget_sent(block, thing, seat)
    response = _shown(kind, block, thing, said)
    db.session.commit()
    return response


def carry_out(kind: Kind, block: str, thing, seat: Seat, form: Form) -> str:
    """Do what a block's form asks; returns what to say about it. Raises Refused."""
    with file_troubles_told():
        said = kind.acts[block](thing, seat, form)
    db.session.flush()
    return said


def fill(view, block: str, form: Form) -> None:
    """«Sisipkan» and «Salin paragraf tugas»: more words in the form that was sent. Nothing acts."""
    if "insert" in request.form:
        insert_module(view, block, form)
    elif view.paragraphs:
        _compile_answer(form, view.paragraphs)


def one_block(kind: Kind, block: str, **address):
    """A block alone, 304 while nothing changed; without HTMX the page it belongs to."""
    view = kind.seen(partial=True, **address)
    if not wants_fragment():
        return redirect(f"{view.url}#{view.dom(block)}", 303)
    if unchanged(view.tag):
        return not_modified(view.tag)
    view.announce, view.refreshes = view.state_told, True
    return tagged(fragment(kind.page, block, v=view, t=view.ticket), view.tag)


def fresh(kind: Kind, **address):
    """Everything on the page that may have become old, as parts for HTMX to put in their places."""
    view, shown = kind.seen(partial=True, **address), request.args.get("kecuali")
    if not wants_fragment():
        return redirect(view.url, 303)
    wanted = [name for name in kind.fresh if view.shows(name) and (name != shown or name == "status")]
    parts = [_part(kind, view, name) for name in wanted]
    return make_response("".join(parts + [_version(view, name) for name in kind.typed if name != shown]))


def _part(kind: Kind, view, name: str) -> str:
    """One part with where it belongs; the page's script leaves it out where somebody is busy."""
    block = render_block(kind.page, name, v=view, t=view.ticket)
    return f'<hx-partial hx-target="#{view.dom(name)}" hx-swap="outerHTML">{block}</hx-partial>'


def _version(view, name: str) -> str:
    """Only the version in a form where somebody may be writing: what they see around it is new by now."""
    field = f'<input type="hidden" name="version" value="{view.thing.version}">'
    return f'<hx-partial hx-target="#{view.dom(name)} [name=version]" hx-swap="outerHTML">{field}</hx-partial>'


def _shown(kind: Kind, block: str, thing, said: str = ""):
    """The block as it is now; what it lacks comes with the parts it asks for next.

    It is written before the commit, so that it tells exactly what is committed.
    """
    view = kind.view(thing, current_user.seat, partial=True, announce=said)
    view.refreshes, view.quick = True, block not in COMPOSERS
    return answer(kind.page, block, to=f"{view.url}#{view.dom(block)}", v=view, t=view.ticket)


def _filled(kind: Kind, block: str, form: Form, address: dict):
    fill(kind.seen(partial=True, **address), block, form)
    view = _kept_and_again(kind, block, form, address)
    view.keeps_open, view.copied = block, bool(request.form.get("salin"))
    told = {"v": view, "t": view.ticket}
    return fragment(kind.page, block, **told) if wants_fragment() else page(kind.page, **told)


def _refused(kind: Kind, block: str, form: Form, address: dict, errors: dict[str, str]):
    view = _kept_and_again(kind, block, form, address)
    form.refuse(errors)
    return answer(kind.page, block, to="", status=422, v=view, t=view.ticket)


def _stale(kind: Kind, block: str, form: Form, address: dict):
    view = _kept_and_again(kind, block, form, address)
    view.conflict = kind.conflict(block, view, form)
    form.version.data = str(view.thing.version)
    return answer(kind.page, block, to="", status=409, v=view, t=view.ticket)


def _kept_and_again(kind: Kind, block: str, form: Form, address: dict):
    """As it is now, with the form as it was sent. What did not act is not lost with the page either."""
    db.session.rollback()
    keep_typed(kind.seen(partial=True, **address), block, form)
    db.session.commit()
    view = kind.seen(partial=wants_fragment(), **address)
    view.forms[block] = form
    return view


def _compile_answer(form: Form, tasks: Sequence[Task]) -> None:
    """Add to the answer what supporting OPDs submitted, each under its name, once."""
    told = (form.answer.data or "").replace("\r\n", "\n")
    new = [f"{task.opd.short}: {task.answer}" for task in tasks if task.answer not in told]
    form.answer.data = "\n\n".join(words for words in (told.rstrip(), *new) if words)
