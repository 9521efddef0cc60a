"""/kelengkapan: which OPD has whom, who is missing, and what ends soon. For Diskominfo."""

from flask_login import current_user

from app.core import clock, events
from app.desk.queries import offices as queries
from app.desk.routes import bp
from app.desk.rules.offices import Lack, Office
from app.extensions import db
from app.people.rules import Role
from app.web import menu
from app.web.access import allow
from app.web.downloads import send_csv
from app.web.forms import Form
from app.web.fragments import page
from app.web.lists import arg

operators = allow(Role.DISKOMINFO)
menu.offer(
    "desk.offices", "Kelengkapan petugas", "OPD yang petugasnya kosong, segera berakhir, atau belum membuka surat."
)
HEAD = (
    "OPD",
    "Kode",
    "Admin OPD",
    "Narahubung",
    "Telepon",
    "Tiket terbuka",
    "Surat belum dibuka",
    "Yang perlu diperhatikan",
)


@bp.get("/kelengkapan")
@operators
def offices():
    found, lack = queries.offices(current_user.seat), _wanted()
    return page(
        "desk/offices.html",
        offices=queries.lacking(found, lack),
        everything=len(found),
        tally=queries.tally_of(found),
        alarms=sum(office.alarm for office in found),
        lack=lack,
        form=Form(formdata=None),
    )


@bp.post("/kelengkapan")
@operators
def offices_csv():
    """The same as a sheet; who took it along is written down."""
    shown = queries.lacking(queries.offices(current_user.seat), _wanted())
    rows = [_row(office) for office in shown]
    events.record("kelengkapan:1", "offices.taken", current_user.seat, after={"rows": len(rows)}, audience="internal")
    db.session.commit()
    return send_csv(f"kelengkapan-petugas-{clock.today()}.csv", [HEAD, *rows])


def _wanted() -> str:
    return arg("lihat", allowed=["", *Lack])


def _row(office: Office) -> tuple:
    people = dict.fromkeys([*office.admins, *office.liaisons])
    phones = "; ".join(f"{seat.person.name}: {seat.person.phone}" for seat in people if seat.person.phone)
    return (
        office.opd.name, office.opd.code, _names(office.admins), _names(office.liaisons), phones, office.open,
        office.unopened, "; ".join(office.lacks.values()),
    )  # fmt: skip


def _names(seats) -> str:
    return "; ".join(seat.person.name for seat in seats)
