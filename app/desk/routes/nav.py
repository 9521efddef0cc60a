"""The stations in the head: only pages that exist and that this seat may open, with what waits there."""

from dataclasses import dataclass

from flask import current_app, g, request
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.local import LocalProxy

from app.desk.policy import ISU_READERS
from app.desk.queries.numbers import Numbers, numbers
from app.desk.rules import at_most
from app.extensions import db
from app.people.models import Seat
from app.people.rules import Role

EVERYBODY, OPERATORS, AGENCIES = tuple(Role), (Role.DISKOMINFO,), (Role.ADMIN_OPD,)
OF_OPD = tuple(role for role in Role if role.of_opd)
PAGES = (
    ("/", "Meja", "home", EVERYBODY),
    ("/pantauan", "Pantauan", "inbox", OPERATORS),
    ("/isu", "Isu", "merge", ISU_READERS),
    ("/tiket", "Tiket", "ticket", EVERYBODY),
    ("/agenda", "Agenda", "sheet", ISU_READERS),
    ("/rakor", "Rakor", "people", EVERYBODY),
    ("/rtl", "RTL", "check", OF_OPD),
    ("/surat", "Surat", "doc", (*OPERATORS, *AGENCIES)),
    ("/surat-keluar", "Surat keluar", "mail", OPERATORS),
    ("/orang", "Orang", "people", AGENCIES),
    ("/pengaturan", "Pengaturan", "gear", OPERATORS),
)
"""Address, label, drawing and the roles whose work it is; whether it may be opened is asked of the page itself."""

WITHIN = {"/impor": "/pengaturan", "/kalender": "/rakor", "/rtl": "/agenda"}
"""Pages that belong to a station whose address they do not bear, for those who have that station."""


@dataclass(frozen=True)
class Station:
    url: str
    label: str
    icon: str
    current: bool
    count: str = ""
    turn: bool = False


def stations() -> list[Station]:
    """This reader's stations; counted when a template first looks at them, so that fragments cost nothing."""
    if "stations" not in g:
        g.stations = _stations(current_user.seat) if current_user.is_authenticated else []
    return g.stations


def init_nav(app) -> None:
    app.context_processor(lambda: {"nav": LocalProxy(stations)})


def _stations(seat: Seat) -> list[Station]:
    open_to = [page[:3] for page in PAGES if seat.role in page[3] and _admits(page[0], seat)]
    waiting = _numbers(seat)
    here = max((url for url, *_ in open_to if _is_within(url)), key=len, default="")
    return [Station(url, label, icon, url == here, *_count(url, seat, waiting)) for url, label, icon in open_to]


def _admits(path: str, seat: Seat) -> bool:
    """Whether there is a page at `path` for this seat."""
    view = current_app.view_functions.get(_pages().get(path, ""))
    return view is not None and view.access.admits(seat)


def _pages() -> dict[str, str]:
    """Endpoint by rule of all pages that can be opened; the map does not change once the app runs."""
    known = current_app.extensions.get("pages_by_rule")
    if known is None:
        rules = current_app.url_map.iter_rules()
        known = {rule.rule: rule.endpoint for rule in rules if rule.methods and "GET" in rule.methods}
        current_app.extensions["pages_by_rule"] = known
    return known


def _is_within(url: str) -> bool:
    return _below(request.path, url) or any(_below(request.path, page) and url == WITHIN[page] for page in WITHIN)


def _below(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(f"{url}/"))


def _numbers(seat: Seat) -> Numbers:
    """What waits; nothing when the database is in trouble, for the page that says so has a head too."""
    try:
        return numbers(seat)
    except SQLAlchemyError:
        db.session.rollback()
        return Numbers()


def _count(url: str, seat: Seat, waiting: Numbers) -> tuple[str, bool]:
    """What a station counts, and whether it is the reader's turn (gold)."""
    if url == "/pantauan" and waiting.to_sort:
        return at_most(waiting.to_sort), True
    if url == "/" and waiting.turn:
        return at_most(waiting.turn), True
    if url == "/isu" and waiting.isu:
        return at_most(waiting.isu), False
    if url == "/tiket" and waiting.open and seat.role is not Role.PIMPINAN:
        return f"{waiting.open:,}".replace(",", "."), False
    return "", False
