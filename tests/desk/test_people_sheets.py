"""People from a sheet: previewed whole, written at «Terapkan», and never twice."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app.core import clock, storage
from app.core.events import Event
from app.desk.actions import apply_sheet, confirm_sheet, forget_rows, keep_rows
from app.desk.queries.people_sheets import known
from app.desk.rules.people_rows import COLUMNS, day_of, header_of, rows_of, values_of
from app.desk.rules.people_sheet import Fate, plan, print_of
from app.people.models import PeopleSheet, Person, Seat
from app.people.rules import Role, SeatKind, SheetState
from tests.factories import make_opd
from tests.harness.client import fields_of, read
from tests.tickets import desk

HEAD = "Nama Lengkap;NIP;Pangkat;Jabatan;OPD;Peran;Jenis;Dasar;Mulai;Sampai;No. HP;E-mail"
NIP = "198703152006041001"
HOME = "/pengaturan/orang/impor"


def sheet_of(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join(("Daftar petugas OPD;;;", "", head, *rows)).encode()


AHMAD = f"Drs. H. Ahmad Yani, M.Si.;{NIP};Penata Tk. I;Sekretaris;DPU;Narahubung;Plt.;SK 5/2026;01/11/2026;31 Des 2026;81234567890;Ahmad@DPU.demo"


@pytest.fixture
def upload(login, people, work_off):
    client = login(desk.HEAD)

    def send(content: bytes, name="petugas.csv"):
        form = fields_of(read(client.get(HOME).text).css_first("main form"))
        answer = client.post(HOME, data=form | {"file": (io.BytesIO(content), name)})
        assert answer.status_code == 303, answer.text
        work_off()
        return answer.headers["Location"]

    send.client = client
    return send


def apply(client, here, work_off, **answers):
    page = read(client.get(here).text)
    answer = client.post(here, data=fields_of(page.css_first("main form")) | {"do": "terapkan"} | answers)
    work_off()
    return answer


def person(session, email) -> Person | None:
    session.expire_all()
    return session.scalar(select(Person).where(Person.email == email))


def events_of_people(session) -> int:
    return session.scalar(select(func.count()).select_from(Event).where(Event.stream.like("person:%")))


def test_nothing_is_written_before_terapkan_and_everything_after(upload, db_session, work_off):
    here = upload(sheet_of(AHMAD))
    words = read(upload.client.get(here).text).css_first("main").text()
    assert "orang baru; penunjukan baru: narahubung Dinas PU, Plt." in words
    assert person(db_session, "ahmad@dpu.demo") is None
    assert apply(upload.client, here, work_off).status_code == 303
    new = person(db_session, "ahmad@dpu.demo")
    assert (new.name, new.nip, new.rank, new.position) == (
        "Drs. H. Ahmad Yani, M.Si.",
        NIP,
        "Penata Tk. I",
        "Sekretaris",
    )
    assert new.phone == "081234567890"
    seat = new.seats[0]
    assert (seat.role, seat.kind, seat.basis) == (Role.NARAHUBUNG, SeatKind.PLT, "SK 5/2026")
    assert str(seat.starts_on) == "2026-11-01" and str(seat.ends_on) == "2026-12-31" and seat.confirmed_at
    assert db_session.scalar(select(Event.id).where(Event.kind == "person.invited"))
    assert "Diterapkan" in upload.client.get(here).text


def test_the_same_sheet_again_changes_nothing(upload, db_session, work_off):
    apply(upload.client, upload(sheet_of(AHMAD)), work_off)
    before = events_of_people(db_session)
    here = upload(sheet_of(AHMAD))
    page = read(upload.client.get(here).text)
    assert "Tidak ada yang berubah" in page.css_first("main").text()
    apply(upload.client, here, work_off)
    assert events_of_people(db_session) == before


def test_what_changed_is_told_and_taken_over(upload, db_session, work_off, people):
    apply(upload.client, upload(sheet_of(AHMAD)), work_off)
    here = upload(sheet_of(AHMAD.replace("81234567890", "0811-22").replace("31 Des 2026", "2027-01-31")))
    words = read(upload.client.get(here).text).css_first("main").text()
    assert "telepon 081234567890 → 0811-22" in words and "sampai menjadi 31-01-2027" in words
    apply(upload.client, here, work_off)
    changed = person(db_session, "ahmad@dpu.demo")
    assert changed.phone == "0811-22" and str(changed.seats[0].ends_on) == "2027-01-31"


def test_the_former_holder_is_ended_only_when_chosen(upload, db_session, work_off, people):
    former = people[desk.OTHER_NARAHUBUNG]
    here = upload(sheet_of(AHMAD))
    line = next(
        n for n in fields_of(read(upload.client.get(here).text).css_first("main form")) if n.startswith("akhiri-")
    )
    apply(upload.client, here, work_off, **{line: str(former.id)})
    seat = person(db_session, "ahmad@dpu.demo").seats[0]
    assert seat.follows_id == former.id and db_session.get(Seat, former.id).ended_at


def test_an_ambiguous_opd_is_asked_never_guessed(upload, db_session, work_off, people):
    make_opd("DPU2", name="Dinas Pekerjaan Umum Wilayah Hulu", short="DPU Hulu")
    db_session.commit()
    here = upload(sheet_of(AHMAD.replace(";DPU;", ";Pekerjaan Umum;")))
    page = read(upload.client.get(here).text)
    assert "dapat berarti beberapa" in page.css_first("main").text()
    upload.client.post(here, data=fields_of(page.css_first("main form")) | {"do": "periksa"})
    assert person(db_session, "ahmad@dpu.demo") is None
    page = read(upload.client.get(here).text)
    field = page.css_first("select[name^=opd-]").attributes["name"]
    upload.client.post(here, data=fields_of(page.css_first("main form")) | {field: "DPU2", "do": "periksa"})
    assert "narahubung DPU Hulu" in upload.client.get(here).text
    apply(upload.client, here, work_off)
    assert person(db_session, "ahmad@dpu.demo").seats[0].opd.code == "DPU2"


def test_rejected_rows_come_back_as_a_sheet_that_can_be_mended_and_uploaded(upload, db_session, work_off):
    wrong = "=SUM(1);123456789012345678;;;TIDAKADA;narahubung;;;;;;siapa@dpu.demo"
    here = upload(sheet_of(AHMAD, wrong, "Tanpa Email;;;;DPU;admin;;;;;;"))
    apply(upload.client, here, work_off)
    sheet = upload.client.get(f"{here}/ditolak.csv")
    rows = list(csv.reader(io.StringIO(sheet.text.lstrip("\ufeff")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["'=SUM(1)", "Tanpa Email"]
    assert "tidak dikenal" in rows[1][-1] and "alamat emailnya" in rows[2][-1]
    mended = sheet.text.replace("TIDAKADA", "Dinas PU").replace("'=SUM(1)", "Siapa Saja").encode()
    apply(upload.client, upload(mended, "mended.csv"), work_off)
    assert person(db_session, "siapa@dpu.demo").name == "Siapa Saja"


def test_two_imports_at_once_write_each_row_once(people, db_session):
    head = people[desk.HEAD]
    rows = rows_of([("", 1, HEAD.split(";")), ("", 2, AHMAD.split(";"))])
    sheets = [PeopleSheet(seat_id=head.id, raw_key="0" * 64, answers={}) for _ in range(2)]
    for sheet in sheets:
        db_session.add(sheet)
        keep_rows(sheet, rows)
        confirm_sheet(sheet, {}, invites=False)
    for sheet in sheets:
        apply_sheet(sheet)
    assert [sheet.state for sheet in sheets] == ["applied", "ready"]
    assert "berubah sejak pratinjau" in sheets[1].trouble
    confirm_sheet(sheets[1], {}, invites=False)
    apply_sheet(sheets[1])
    assert sheets[1].counts == {"same": 1}
    assert len(person(db_session, "ahmad@dpu.demo").seats) == 1


def test_a_preview_that_is_out_of_date_is_shown_again(upload, db_session, work_off, people):
    here = upload(sheet_of(AHMAD))
    form = fields_of(read(upload.client.get(here).text).css_first("main form"))
    people[desk.OTHER_NARAHUBUNG].person.nip = NIP
    db_session.commit()
    answer = upload.client.post(here, data=form | {"do": "terapkan"})
    assert answer.status_code == 409 and "berubah sejak pratinjau" in answer.text
    work_off()
    assert person(db_session, "ahmad@dpu.demo") is None


@pytest.mark.parametrize("content, words", [(b"tidak;ada;kepala\n1;2;3\n", "tidak ditemukan"), (b"\x00\x01" * 40 + b"PK\x03\x04", "tidak ditemukan")])  # fmt: skip
def test_a_file_that_is_no_list_of_people_is_refused_in_words(upload, content, words):
    assert words in upload.client.get(upload(content)).text


def test_a_workbook_is_read_and_the_template_fits(upload, work_off, db_session):
    import xlsxwriter

    empty = upload.client.get(f"{HOME}/contoh.xlsx")
    assert empty.status_code == 200 and empty.data[:2] == b"PK"
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("Orang")
    for at, label in enumerate(COLUMNS.values()):
        page.write(0, at, label)
    for at, value in enumerate(
        (
            "Rina, S.Kom.",
            NIP,
            "Penata",
            "Kasi",
            "DISDIKBUD",
            "admin OPD",
            "",
            "SK 1",
            "",
            "",
            81234567890,
            "rina@disdikbud.demo",
            "ya",
        )
    ):
        page.write(1, at, value)
    book.close()
    apply(upload.client, upload(out.getvalue(), "orang.xlsx"), work_off)
    rina = person(db_session, "rina@disdikbud.demo")
    assert rina.phone == "081234567890" and rina.shared and rina.nip == NIP


@pytest.mark.parametrize("who", [desk.OPERATOR, desk.ADMIN, desk.NARAHUBUNG, desk.LEADER])
def test_only_system_admins_import(visit_as, people, who):
    visit_as(who)(HOME, 404)


# ── the plan, without a database ───────────────────────────────────────


def row(**values) -> dict:
    return {"line": 2, "name": "Ana", "email": "ana@x.demo", "opd": "DPU", "role": "narahubung"} | values


@pytest.mark.parametrize("values, words", [
    ({"name": ""}, "Isi namanya"), ({"email": "ana"}, "belum lengkap"), ({"email": ""}, "alamat emailnya"),
    ({"nip": "1.98703E+17"}, "dibulatkan Excel"), ({"nip": "198703152006040000"}, "dibulatkan Excel"),
    ({"nip": "19870315200604100"}, "18 angka"), ({"role": "kepala"}, "Isi peran"), ({"role": "operator"}, "Isi peran"),
    ({"kind": "honorer"}, "Jenis penunjukan"), ({"starts_on": "kemarin"}, "tidak dikenali"),
    ({"starts_on": "2026-12-31", "ends_on": "2026-01-01"}, "mendahului"), ({"phone": "0" * 60}, "terlalu panjang"),
])  # fmt: skip
def test_each_fault_of_a_row_is_a_sentence(values, words):
    assert any(words in sentence for sentence in values_of(row(**values))[1])


@pytest.mark.parametrize("text, day", [("31/12/2026", "2026-12-31"), ("1-2-2026", "2026-02-01"), ("3 Agustus 2026", "2026-08-03"), ("2026-12-31T00:00", "2026-12-31"), ("5 Mei 2026", "2026-05-05")])  # fmt: skip
def test_days_as_offices_write_them(text, day):
    assert day_of(text).isoformat() == day


def test_the_header_is_known_by_synonyms_and_needs_name_email_and_opd():
    assert set(header_of(HEAD.split(";"))) == set(COLUMNS) - {"shared"}
    assert not header_of(["Nama", "OPD"]) and not header_of(["Tanggal", "Judul", "Media"])


def test_nip_and_email_identify_and_nobody_is_guessed(people, db_session):
    one, two = people[desk.ADMIN].person, people[desk.OTHER_ADMIN].person
    one.nip, two.nip = NIP, "197001011990031002"
    db_session.flush()
    facts = known()

    def planned(**values):
        return plan([row(**values)], facts, {})[0]

    assert planned(name=one.name, email="baru@x.demo", nip=NIP).says[0].startswith("email admin@disdikbud.demo →")
    assert "NIP-nya milik" in planned(email=one.email, nip=two.nip).says[0]
    assert "NIP lain" in planned(email=one.email, nip="196001011990031009").says[0]
    assert planned(nip=two.nip, email=two.email, name=two.name, role="admin opd").fate is Fate.SAME


def test_rows_that_repeat_or_contradict_each_other_are_refused(people, db_session):
    facts = known()
    rows = [row(), row(line=3), row(line=4, role="admin opd"), row(line=5, name="Lain", role="pimpinan")]
    fates = [(line.fate, line.says[0]) for line in plan(rows, facts, {})]
    assert fates[0][0] is Fate.NEW_PERSON and "mengulang baris 2" in fates[1][1]
    assert fates[2][0] is Fate.NEW_SEAT and "berbeda dari baris 2" in fates[3][1]
    assert print_of(plan(rows, facts, {})) == print_of(plan(rows, facts, {}))


def test_a_month_later_rows_and_file_are_forgotten_and_the_counts_stay(upload, work_off, db_session):
    applied, left = upload(sheet_of(AHMAD)), upload(sheet_of(AHMAD.replace(NIP, "")))
    apply(upload.client, applied, work_off)
    sheets = db_session.scalars(select(PeopleSheet).order_by(PeopleSheet.id)).all()
    keys = [sheet.raw_key for sheet in sheets]
    forget_rows()
    db_session.commit()
    assert all(storage.exists(key) for key in keys)
    with time_machine.travel(clock.now() + timedelta(days=31)):
        forget_rows()
        db_session.commit()
        assert not any(storage.exists(key) for key in keys)
    told = [(sheet.state, sheet.rows, sheet.answers, sheet.raw_key) for sheet in sheets]
    assert told == [(SheetState.APPLIED, [], {}, ""), (SheetState.REFUSED, [], {}, "")]
    assert sheets[0].counts and "sudah dihapus" in upload.client.get(applied).text
    assert "30 hari" in upload.client.get(left).text
