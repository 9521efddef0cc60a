"""Jam kerja, libur, piket: what a system admin may send, twice or too late; and who watches now."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.core import clock, events
from app.core.calendar import Holiday, Unit, reckon
from app.people import actions
from app.people.calendars import calendar_of, on_duty
from app.people.models import WatchDuty, WorkingHours
from app.people.rules import Role
from tests.factories import make_opd, make_seat, sign_in
from tests.harness.client import post, read, submit

HOURS, DUTY, LIBUR = "/pengaturan/jam-kerja", "/pengaturan/piket", "/pengaturan/libur"
WEEK = {"first": "08.00-12.00, 13.00-15.00", "friday": "08.00-11.30", "saturday": "", "sunday": ""}


@pytest.fixture
def seat(app, db_session):
    return make_seat(Role.DISKOMINFO, admin=True)


@pytest.fixture
def keeper(app, seat):
    return sign_in(app.test_client(), seat)


def form(url):
    return f'form[action="{url}"]'


def kinds(db_session):
    db_session.expire_all()
    return list(db_session.scalars(select(events.Event.kind).order_by(events.Event.id)))


def test_hours_of_one_opd_are_added_changed_and_removed(keeper, db_session):
    """Sent twice they act once; hours that cannot be, and a form that is too old, keep what was typed."""
    opd = make_opd("PUSKESMAS", short="Puskesmas")
    db_session.commit()
    page = read(keeper.get(HOURS).text)
    wrong = submit(keeper, page, form(HOURS), **WEEK | {"name": "Jam Puskesmas", "first": "16.00-08.00"},
                   opd=opd.code, kind="work", starts_on="2026-11-02", ends_on="2026-11-01")  # fmt: skip
    shown = read(wrong.text)
    assert wrong.status_code == 422 and shown.css_first('[name="first"]').attributes["value"] == "16.00-08.00"
    good = WEEK | {"name": "Jam Puskesmas", "opd": opd.code, "kind": "work", "starts_on": "2026-11-02", "ends_on": ""}
    assert [submit(keeper, shown, form(HOURS), **good).status_code for _ in range(2)] == [303, 303]
    mine = db_session.scalar(select(WorkingHours).where(WorkingHours.opd_id == opd.id))
    edit = read(keeper.get(f"{HOURS}?ubah={mine.id}").text)
    changed = [submit(keeper, edit, form(HOURS), friday="08.00-11.00").status_code for _ in range(2)]
    assert changed == [303, 303]
    other = read(keeper.get(f"{HOURS}?ubah={mine.id}").text)
    submit(keeper, other, form(HOURS), name="Jam lain")
    late = submit(keeper, read(keeper.get(f"{HOURS}?ubah={mine.id}").text), form(HOURS), version="1", sunday="09-10")
    assert late.status_code == 409 and "09-10" in late.text
    told = kinds(db_session)
    assert told == ["hours.added", "hours.changed", "hours.changed"]
    gone = str(mine.id)
    assert submit(keeper, edit, form(f"{HOURS}/hapus"), hours=gone).status_code == 303
    assert keeper.get(f"{HOURS}?ubah={gone}").status_code == 404
    assert keeper.get(f"{HOURS}?ramadan=2027").text.count("2027-02-08") == 1


def test_the_hours_of_an_opd_beat_the_general_ones_and_ramadan_both(app, db_session, seat):
    """In force at once, by day: Friday is shorter, Ramadan shorter still, an OPD with a Saturday works on it."""
    opd = make_opd("PASAR", short="Pasar")
    six = [*[[["07.30", "14.00"]]] * 4, [["07.30", "11.00"]], [["07.30", "12.30"]], []]
    ramadan = [*[[["08.00", "15.00"]]] * 4, [["08.00", "11.30"]], [], []]
    usual = {"works_holidays": False, "kind": "work", "basis": ""}
    actions.add_hours(
        opd, usual | {"name": "Enam hari", "week": six, "starts_on": date(2026, 1, 1), "ends_on": None}, seat
    )
    general = usual | {"name": "Ramadan", "week": ramadan, "starts_on": date(2027, 2, 8), "ends_on": date(2027, 3, 9)}
    actions.add_hours(None, general, seat)
    db_session.commit()

    def due(opd_id, start, amount, unit=Unit.WORKING_HOURS):
        return clock.local(reckon(clock.parse_local(start), amount, unit, calendar_of(opd_id)).due_at)

    friday = "2026-11-27T09:00"
    assert f"{due(None, friday, 4):%d %H.%M}" == "27 15.00" and f"{due(opd.id, friday, 4):%d %H.%M}" == "28 09.30"
    assert f"{due(None, '2027-02-11T09:00', 8):%d %H.%M}" == "12 10.00"
    assert f"{due(opd.id, friday, 1, Unit.WORKING_DAYS):%d %H.%M}" == "28 09.00"


def test_a_local_day_off_is_kept_with_its_basis_and_once(keeper, db_session):
    page = read(keeper.get(f"{LIBUR}?tahun=2026").text)
    day = {"day": "2026-12-01", "name": "Hari jadi", "kind": "daerah", "basis": "SE Bupati 4/2026"}
    assert [submit(keeper, page, form(LIBUR), **day).status_code for _ in range(2)] == [303, 303]
    again = submit(keeper, read(keeper.get(f"{LIBUR}?tahun=2026").text), form(LIBUR), **day)
    assert again.status_code == 422 and "sudah ada" in again.text
    kept = db_session.get(Holiday, date(2026, 12, 1))
    assert (kept.kind, kept.basis) == ("hari libur daerah", "SE Bupati 4/2026")
    assert kinds(db_session) == ["holiday.added"]


def test_who_watches_is_kept_by_days_and_read_by_all_of_diskominfo(app, keeper, seat, db_session):
    today = clock.today()
    page = read(keeper.get(DUTY).text)
    wrong = submit(keeper, page, form(DUTY), seat=str(seat.id), first=today, last=today - timedelta(days=1))
    assert wrong.status_code == 422
    days = {"seat": str(seat.id), "first": today.isoformat(), "last": (today + timedelta(days=2)).isoformat()}
    assert [submit(keeper, page, form(DUTY), **days).status_code for _ in range(2)] == [303, 303]
    assert [each.name for each in on_duty()] == [seat.person.name]
    with clock.pretend(clock.now() + timedelta(days=4)):
        assert on_duty() == []
    operator = sign_in(app.test_client(), make_seat(Role.DISKOMINFO))
    read_only = read(operator.get(DUTY).text)
    assert seat.person.name in read_only.text() and read_only.css_first(form(DUTY)) is None
    assert seat.person.name in operator.get("/").text
    duty = str(db_session.scalar(select(WatchDuty.id)))
    assert post(operator, f"{DUTY}/hapus", duty=duty).status_code == 404
    listed = read(keeper.get(DUTY).text)
    assert submit(keeper, listed, form(f"{DUTY}/hapus"), duty=duty).status_code == 303
    assert on_duty() == [] and kinds(db_session) == ["duty.added", "duty.removed"]
    assert [keeper.get(f"{DUTY}?minggu={text}").status_code for text in ("2026-11-25", "kemarin")] == [200, 404]


def test_the_hours_of_an_opd_that_was_switched_off_do_not_become_everybody_s_when_they_are_edited(keeper, db_session):
    opd = make_opd("BUBAR", short="Dinas Lama")
    weekday = [["08.00", "15.00"]]
    mine = WorkingHours(
        opd_id=opd.id, kind="work", name="Jam lama", week=[weekday] * 5 + [[], []], starts_on=date(2026, 1, 1), basis=""
    )
    db_session.add(mine)
    opd.active = False
    db_session.commit()
    edit = read(keeper.get(f"{HOURS}?ubah={mine.id}").text)
    assert submit(keeper, edit, form(HOURS), friday="08.00-11.00").status_code == 303
    db_session.expire_all()
    assert mine.opd_id == opd.id and mine.week[4] == [["08.00", "11.00"]]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_in_no_year_of_anybody_s_is_asked_again(keeper, seat, day):
    roster, libur = read(keeper.get(DUTY).text), read(keeper.get(LIBUR).text)
    assert submit(keeper, roster, form(DUTY), seat=str(seat.id), first=day, last=day).status_code == 422
    assert submit(keeper, libur, form(LIBUR), day=day, name="Salah ketik", kind="daerah").status_code == 422
