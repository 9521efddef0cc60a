"""Who plays: the accounts everybody may sign in with, the people of the story, and a name for every other agency."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product

from sqlalchemy import select

from app.core import clock
from app.extensions import db
from app.people.models import MailboxName, Opd, Person, Seat
from app.people.rules import Role, SeatKind

DECREE = "SK Bupati tentang narahubung dan admin OPD (contoh)"
ADMIN, NARAHUBUNG, CENTRE, LEADER = Role.ADMIN_OPD, Role.NARAHUBUNG, Role.DISKOMINFO, Role.PIMPINAN


@dataclass(frozen=True)
class Part:
    """One seat of one person. A second part with the same email is a second seat of that person."""

    email: str
    name: str
    code: str
    role: Role
    kind: SeatKind = SeatKind.DEFINITIF
    basis: str = DECREE
    since: int | None = None
    until: int | None = None
    admin: bool = False
    phone: str = ""
    shared: bool = False


PARTS = (
    Part("operator@diskominfo.demo", "Ratna Wulandari", "DISKOMINFO", CENTRE, phone="0541-000101"),
    Part("rizky.pratama@diskominfo.demo", "Rizky Pratama", "DISKOMINFO", CENTRE, phone="0541-000102"),
    Part("kepala@diskominfo.demo", "Bambang Irawan", "DISKOMINFO", CENTRE, admin=True, phone="0541-000100"),
    Part("pimpinan@kukar.demo", "Mahyudin Noor", "SETDA", LEADER),
    Part("admin@tirtamahakam.demo", "Dewi Anjani", "TIRTAMAHAKAM", ADMIN),
    Part("narahubung@tirtamahakam.demo", "Hendra Saputra", "TIRTAMAHAKAM", NARAHUBUNG, phone="0812-0000-0412"),
    Part("siti.maulida@tirtamahakam.demo", "Siti Maulida", "TIRTAMAHAKAM", NARAHUBUNG, SeatKind.SEMENTARA, "", 12, 25),
    Part("admin@disdikbud.demo", "Yuni Astuti", "DISDIKBUD", ADMIN),
    Part("narahubung@disdikbud.demo", "Fahrul Rozi", "DISDIKBUD", NARAHUBUNG, phone="0812-0000-0417"),
    Part("admin@dp3a.demo", "Mega Lestari", "DP3A", ADMIN),
    Part("narahubung@dp3a.demo", "Nurhayati Basri", "DP3A", NARAHUBUNG),
    Part("admin@dpu.demo", "Agus Salim", "DPU", ADMIN),
    Part("narahubung@dpu.demo", "Taufik Hidayanto", "DPU", NARAHUBUNG, phone="0812-0000-0423"),
    Part("admin@dinkes.demo", "Rina Marlina", "DINKES", ADMIN),
    Part("narahubung@dinkes.demo", "Andi Kurniawan", "DINKES", NARAHUBUNG),
    Part("admin@dlhk.demo", "Slamet Riyadi", "DLHK", ADMIN),
    Part("narahubung@dlhk.demo", "Norma Yunita", "DLHK", NARAHUBUNG),
    Part(
        "narahubung@dlhk.demo",
        "Norma Yunita",
        "DISPAR",
        NARAHUBUNG,
        SeatKind.PLT,
        "Surat Perintah Plt. (contoh)",
        since=40,
        until=20,
    ),  # fmt: skip
    Part("narahubung@bpbd.demo", "Hairil Anwar", "BPBD", NARAHUBUNG, SeatKind.PLT, "", 5, phone="0812-0000-0431"),
    Part("sekretariat@bappeda.demo", "Sekretariat Bappeda", "BAPPEDA", ADMIN, phone="0541-000142", shared=True),
    Part("admin@dishub.demo", "Eko Wibowo", "DISHUB", ADMIN),
    Part("narahubung@dishub.demo", "Ilham Maulana", "DISHUB", NARAHUBUNG),
    Part("admin@disperkim.demo", "Lina Karlina", "DISPERKIM", ADMIN),
    Part("narahubung@disperkim.demo", "Nuraini Aziz", "DISPERKIM", NARAHUBUNG),
    Part("yuliana@rsudamp.demo", "Yuliana Sari", "RSUD-AMP", ADMIN),
    Part("yuliana@rsudamp.demo", "Yuliana Sari", "RSUD-AMP", NARAHUBUNG),
    Part("joko.prasetyo@damkar.demo", "Joko Prasetyo", "DISDAMKARMATAN", ADMIN),
    Part("joko.prasetyo@damkar.demo", "Joko Prasetyo", "DISDAMKARMATAN", NARAHUBUNG),
    Part("admin@kesbangpol.demo", "Rahmat Hidayat", "KESBANGPOL", ADMIN),
)
BEHIND_MAILBOX = ("Marlina Hasan", "Yusran Fadli")
"""Who acted through the shared mailbox before, to be offered again."""

HEADS = {
    "TIRTAMAHAKAM": ("Ir. H. Suparno, M.T.", "Direktur Utama Perumda Tirta Mahakam"),
    "DISDIKBUD": ("Dr. Hj. Salmiah, M.Pd.", "Kepala Dinas Pendidikan dan Kebudayaan"),
    "DINKES": ("dr. H. Martono, M.Kes.", "Kepala Dinas Kesehatan"),
    "DPU": ("H. Wisnu Wardana, S.T.", "Kepala Dinas Pekerjaan Umum"),
}
"""Kepala OPD whom the demo's offices may ask by link, all invented."""

WITHOUT_NARAHUBUNG = frozenset({"KESBANGPOL"})

FIRST = (
    *("Abdul", "Aminah", "Arif", "Asmawati", "Budi", "Citra", "Dedi", "Endang", "Farida", "Gunawan", "Hamdan"),
    *("Ida", "Iwan", "Jumiati", "Kartini", "Lukman", "Mariani", "Muhlis", "Novi", "Rusdi"),
)
LAST = (
    *("Alamsyah", "Damayanti", "Effendi", "Fitriani", "Handayani", "Iskandar", "Kusuma", "Mulyadi", "Nasution"),
    *("Permana", "Rahayu", "Saleh", "Setiawan", "Susanti", "Syahputra", "Utami", "Wijaya", "Yusuf", "Zulkifli"),
)


def settle(now: datetime, password_hash: str, opds: dict[str, Opd]) -> dict[str, Seat]:
    """Write the demo's persons and seats for `opds` (by code); returns them by email and by «role:CODE»."""
    today = clock.local(now).date()
    people: dict[str, Person] = {}
    seats: dict[str, Seat] = {}
    for part in (part for part in PARTS if part.code in opds):
        person = people.get(part.email)
        if person is None:
            hashed, since = password_hash, now - timedelta(days=300)
            who = {"name": part.name, "email": part.email, "phone": part.phone, "shared": part.shared}
            person = Person(**who, password_hash=hashed, created_at=since)
            people[part.email] = person
            db.session.add(person)
            if part.shared:
                db.session.flush()
                db.session.add_all(
                    MailboxName(person_id=person.id, name=name, used_at=since) for name in BEHIND_MAILBOX
                )
        seat = _seat(part, person, opds[part.code], today, now)
        db.session.add(seat)
        seats.setdefault(part.email, seat)
        seats.setdefault(f"{part.role}:{part.code}", seat)
    for code, (name, position) in HEADS.items():
        if opd := opds.get(code):
            opd.head_name, opd.head_position, opd.head_email = name, position, f"kepala@{code.lower()}.demo"
    db.session.flush()
    return seats


def fill_other_seats(now: datetime, opds: dict[str, Opd]) -> dict[str, Seat]:
    """An admin and a narahubung for each agency that has nobody; they open their letters and have no password yet."""
    taken = {(opd_id, role) for opd_id, role in db.session.execute(select(Seat.opd_id, Seat.role))}
    names = product(LAST, FIRST)
    today, seats = clock.local(now).date(), {}
    for code, opd in opds.items():
        for role in (ADMIN, NARAHUBUNG):
            last, first = next(names)
            if opd.outside or (opd.id, role) in taken or (role is NARAHUBUNG and code in WITHOUT_NARAHUBUNG):
                continue
            email = f"{first}.{last}@{code.replace('-', '')}.demo".lower()
            phone = f"0812-0000-{1000 + len(seats)}"
            person = Person(name=f"{first} {last}", email=email, phone=phone, created_at=now - timedelta(days=300))
            seats[f"{role}:{code}"] = seat = _seat(Part(email, person.name, code, role), person, opd, today, now)
            db.session.add(seat)
    db.session.flush()
    return seats


def _seat(part: Part, person: Person, opd: Opd, today: date, now: datetime) -> Seat:
    starts_on = today - timedelta(days=part.since) if part.since else date(today.year - 1, 1, 2)
    return Seat(
        person=person,
        opd=opd,
        role=part.role,
        kind=part.kind,
        basis=part.basis,
        starts_on=starts_on,
        ends_on=today + timedelta(days=part.until) if part.until else None,
        is_admin=part.admin,
        created_at=now - timedelta(days=part.since or 300),
        confirmed_at=now - timedelta(days=part.since or 300),
    )
