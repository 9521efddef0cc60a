"""What system admins keep: persons, seats, offices, holidays; who may open which page."""

import pytest
from sqlalchemy import func, select

from app.core import calendar, clock, events
from app.core.calendar import Holiday
from app.people import actions
from app.people.models import Opd, Person, Seat
from app.people.rules import Role
from tests.factories import make_opd, make_person, make_seat, sign_in
from tests.harness.client import parse, read, submit

WHO = ("operator", "keeper", "admin_opd", "narahubung", "pimpinan", "nobody")
MATRIX = {  # page: who gets what, in the order of WHO
    "/akun": (200, 200, 200, 200, 200, 303),
    "/pengaturan": (303, 200, 303, 303, 303, 303),
    "/pengaturan/opd": (404, 200, 404, 404, 404, 303),
    "/pengaturan/opd/baru": (404, 200, 404, 404, 404, 303),
    "/pengaturan/orang": (404, 200, 404, 404, 404, 303),
    "/pengaturan/orang/baru": (404, 200, 404, 404, 404, 303),
    "/pengaturan/orang/1": (404, 200, 404, 404, 404, 303),
    "/pengaturan/libur": (404, 200, 404, 404, 404, 303),
    "/pengaturan/jam-kerja": (404, 200, 404, 404, 404, 303),
    "/pengaturan/tenggat": (404, 200, 404, 404, 404, 303),
    "/pengaturan/piket": (200, 200, 404, 404, 404, 303),
    "/orang": (200, 200, 200, 200, 404, 303),
    "/lupa": (200, 200, 200, 200, 200, 200),
}
ROLES = {
    "operator": Role.DISKOMINFO,
    "keeper": Role.DISKOMINFO,
    "admin_opd": Role.ADMIN_OPD,
    "narahubung": Role.NARAHUBUNG,
    "pimpinan": Role.PIMPINAN,
}


@pytest.fixture
def keeper(app, db_session):
    """A browser of a system admin."""
    return sign_in(app.test_client(), make_seat(Role.DISKOMINFO, admin=True))


def events_of(db_session):
    db_session.expire_all()
    return list(db_session.scalars(select(events.Event.kind).order_by(events.Event.id)))


@pytest.mark.parametrize("url", MATRIX)
def test_who_may_open_which_page(app, db_session, url):
    statuses = {}
    for who in WHO:
        client = app.test_client()
        if who in ROLES:
            sign_in(client, make_seat(ROLES[who], admin=who == "keeper"))
        statuses[who] = client.get(url).status_code
    expected = dict(zip(WHO, MATRIX[url], strict=True))
    if url == "/pengaturan":  # other features may offer places to more seats
        statuses = {who: status for who, status in statuses.items() if who in ("keeper", "nobody")}
        expected = {who: expected[who] for who in statuses}
    assert statuses == expected


@pytest.mark.parametrize(
    "rule", ["POST /pengaturan/orang/1", "POST /pengaturan/penunjukan/1/konfirmasi", "POST /orang"]
)
def test_the_wrong_role_cannot_post_either(app, db_session, rule):
    client = sign_in(app.test_client(), make_seat(Role.PIMPINAN))
    token = read(client.get("/akun").text).css_first('input[name="csrf_token"]').attributes["value"]
    assert client.post(rule.removeprefix("POST "), data={"csrf_token": token}).status_code == 404


def test_every_page_of_people_keeps_a_pages_promises(keeper, db_session):
    make_seat(Role.ADMIN_OPD, confirmed_at=None, proposed_name="Si Baru")
    make_seat(Role.NARAHUBUNG, moved_at=clock.now())
    code, person = db_session.scalar(select(Opd.code)), db_session.scalar(select(Person.id))
    urls = [*MATRIX, f"/pengaturan/opd/{code}", f"/pengaturan/orang/{person}", "/pengaturan/opd?saring=kosong&q=x"]
    for url in urls:
        answer = keeper.get(url)
        assert answer.status_code == 200, url
        read(answer.text)


def test_a_person_with_seat_and_invitation_is_one_form(keeper, db_session):
    opd = make_opd("DPUX")
    page = read(keeper.get("/pengaturan/orang/baru?opd=DPUX").text)
    form = 'form[action="/pengaturan/orang/baru"]'
    values = {"name": "Rina  Baru", "email": "Rina@Kantor.demo", "role": "narahubung", "invite": "y"}
    answer = submit(keeper, page, form, **values)
    assert answer.status_code == 303
    person = db_session.scalar(select(Person).where(Person.email == "rina@kantor.demo"))
    assert (person.name, person.password_hash) == ("Rina Baru", None)
    assert [(seat.opd_id, seat.role, seat.active) for seat in person.seats] == [(opd.id, Role.NARAHUBUNG, True)]
    assert events_of(db_session) == ["person.added", "seat.appointed", "person.invited"]
    again = submit(keeper, page, form, **values)
    assert again.status_code == 303
    assert db_session.scalar(select(func.count(Person.id)).where(Person.email == "rina@kantor.demo")) == 1


def test_refused_values_are_kept_and_explained(keeper, db_session):
    known = make_person(email="ada@kantor.demo")
    make_opd("DPUX")
    page = read(keeper.get("/pengaturan/orang/baru?opd=DPUX").text)
    form = 'form[action="/pengaturan/orang/baru"]'
    taken = submit(keeper, page, form, name="Nama Lain", email=known.email, role="narahubung")
    assert taken.status_code == 422
    assert "sudah dipakai" in taken.text
    assert read(taken.text).css_first("#name").attributes["value"] == "Nama Lain"
    wrong = submit(keeper, page, form, name="", email="bukan alamat", role="bupati", opd="LAIN", ends_on="kemarin")
    assert wrong.status_code == 422
    said = parse(wrong.text).css_first(".say").text()
    for words in ("Isi namanya", "alamat email lengkap", "Pilih salah satu dari daftar", "Tulis tanggal lengkap"):
        assert words in said
    assert db_session.scalar(select(func.count(Person.id)).where(Person.name == "Nama Lain")) == 0


def test_an_operator_role_exists_in_the_office_only(keeper, db_session):
    make_opd("DPUX")
    page = read(keeper.get("/pengaturan/orang/baru?opd=DPUX").text)
    values = {"name": "X", "email": "x@kantor.demo", "role": "diskominfo", "is_admin": "y"}
    answer = submit(keeper, page, 'form[action="/pengaturan/orang/baru"]', **values)
    assert (answer.status_code, "tidak ada di instansi itu" in answer.text) == (422, True)


def test_a_stale_person_shows_both_versions_and_the_second_try_is_a_decision(keeper, db_session):
    person = make_person("Nama Lama")
    db_session.commit()
    url = f"/pengaturan/orang/{person.id}"
    page, form = read(keeper.get(url).text), f'form[action="{url}"]'
    assert submit(keeper, page, form, name="Nama Saya Dulu").status_code == 303
    late = submit(keeper, page, form, name="Nama Terlambat")
    assert late.status_code == 409
    shown = parse(late.text).css_first(".conflict").text()
    assert "Nama Saya Dulu" in shown and "Nama Terlambat" in shown
    assert submit(keeper, read(late.text), form).status_code == 303
    db_session.expire_all()
    assert person.name == "Nama Terlambat"


def test_what_changed_about_a_person_is_text_that_can_be_redacted(keeper, db_session):
    person = make_person("Nama Lama")
    db_session.commit()
    url = f"/pengaturan/orang/{person.id}"
    submit(keeper, read(keeper.get(url).text), f'form[action="{url}"]', name="Nama Baru")
    event = db_session.scalar(select(events.Event).where(events.Event.kind == "person.changed"))
    assert event.after == {"fields": ["name"]}
    assert "Nama Lama → Nama Baru" in db_session.get(events.EventText, event.id).text
    assert not list(events.broken_links())


def test_a_seat_is_added_changed_confirmed_and_ended(keeper, db_session):
    person, opd = make_person(password_hash=None), make_opd("DPUX")
    db_session.commit()
    url = f"/pengaturan/orang/{person.id}"
    page = read(keeper.get(url).text)
    assert submit(keeper, page, f'form[action="{url}/penunjukan"]', opd=opd.code, role="admin_opd").status_code == 303
    [seat] = db_session.scalars(select(Seat).where(Seat.person_id == person.id))
    one = f"/pengaturan/penunjukan/{seat.id}"
    page = read(keeper.get(url).text)
    assert submit(keeper, page, f'form[action="{one}"]', kind="plt", basis="", role="admin_opd").status_code == 303
    assert "SK menyusul" in keeper.get(url).text
    stale = submit(keeper, page, f'form[action="{one}"]', basis="SK 2")
    assert stale.status_code == 409
    assert submit(keeper, read(keeper.get(url).text), f'form[action="{one}/akhiri"]').status_code == 303
    assert events_of(db_session) == ["seat.appointed", "seat.changed", "seat.ended"]
    assert not db_session.get(Seat, seat.id).active


def test_nobody_ends_or_switches_off_themselves(keeper, db_session):
    seat = db_session.scalar(select(Seat))
    url = f"/pengaturan/orang/{seat.person_id}"
    page = read(keeper.get(url).text)
    token = page.css_first('input[name="csrf_token"]').attributes["value"]
    assert keeper.post(f"{url}/aktif", data={"csrf_token": token}).status_code == 404
    assert keeper.post(f"/pengaturan/penunjukan/{seat.id}/akhiri", data={"csrf_token": token}).status_code == 404
    assert page.css_first(f'form[action="{url}/aktif"]') is None


def test_the_seed_is_added_once_and_never_overwrites(keeper, db_session):
    make_opd("DPU", name="Nama Yang Sudah Diubah")
    assert actions.seed_opds() == 79 - db_session.scalar(select(func.count()).where(Opd.code == "DISKOMINFO"))
    assert actions.seed_opds() == 0
    assert db_session.scalar(select(Opd.name).where(Opd.code == "DPU")) == "Nama Yang Sudah Diubah"
    pln = db_session.scalar(select(Opd).where(Opd.code == "EXT-PLN"))
    assert pln.outside and "topics" in pln.inferred
    assert actions.seed_holidays() > 100
    removed = db_session.scalar(select(Holiday).limit(1))
    db_session.delete(removed)
    db_session.flush()
    assert actions.seed_holidays() == 0


def test_guesses_are_marked_until_checked_or_changed(keeper, db_session):
    opd = make_opd("DPUX", topics=["jalan"], inferred=["abbreviations", "topics"])
    db_session.commit()
    url = f"/pengaturan/opd/{opd.code}"
    page = read(keeper.get(url).text)
    assert page.body.text().count("dugaan, belum diperiksa") == 2
    answer = submit(keeper, page, f'form[action="{url}"]', topics="jalan, jembatan; jalan", checked_abbreviations="y")
    assert answer.status_code == 303
    db_session.expire_all()
    assert (opd.topics, opd.inferred) == (["jalan", "jembatan"], [])
    stale = submit(keeper, page, f'form[action="{url}"]', name="Lain")
    assert stale.status_code == 409


def test_an_opd_without_narahubung_is_marked(keeper, db_session):
    make_opd("KOSONG")
    staffed = make_seat(Role.NARAHUBUNG)
    make_opd("LUAR", kind="eksternal")
    page = read(keeper.get("/pengaturan/opd?saring=kosong").text)
    text = page.css_first("table").text()
    assert "KOSONG" in text
    assert staffed.opd.code not in text and "LUAR" not in text


def test_holidays_are_added_and_removed(keeper, db_session):
    db_session.add_all(calendar.known_holidays())
    db_session.commit()
    page = read(keeper.get("/pengaturan/libur?tahun=2026").text)
    form = 'form[action="/pengaturan/libur"]'
    assert submit(keeper, page, form, day="2026-09-28", name="Hari jadi Tenggarong").status_code == 303
    page = read(keeper.get("/pengaturan/libur?tahun=2026").text)
    again = submit(keeper, page, form, day="2026-09-28", name="Sekali lagi")
    assert (again.status_code, "sudah ada di daftar" in again.text) == (422, True)
    token = page.css_first('input[name="csrf_token"]').attributes["value"]
    gone = {"csrf_token": token, "day": "2026-09-28"}
    assert keeper.post("/pengaturan/libur/hapus", data=gone).status_code == 303
    assert keeper.post("/pengaturan/libur/hapus", data=gone).status_code == 404
    assert keeper.post("/pengaturan/libur/hapus", data=gone | {"day": "x"}).status_code == 404
    assert events_of(db_session) == ["holiday.added", "holiday.removed"]


def test_a_year_without_cuti_bersama_is_an_alarm(keeper, db_session):
    year = clock.today().year
    assert f"Tahun {year} belum punya cuti bersama" in keeper.get("/pengaturan/libur").text
    assert keeper.get("/pengaturan/libur?tahun=9999999").status_code == 404


HOSTILE = '"><script>alert(1)</script>\u202e\u0000{{7*7}}'


def test_hostile_names_stay_text(keeper, db_session):
    make_opd("DPUX")
    page = read(keeper.get("/pengaturan/orang/baru?opd=DPUX").text)
    values = {"name": HOSTILE, "email": "x@kantor.demo", "role": "narahubung", "basis": HOSTILE, "phone": HOSTILE}
    assert submit(keeper, page, 'form[action="/pengaturan/orang/baru"]', **values).status_code == 303
    person = db_session.scalar(select(Person).where(Person.email == "x@kantor.demo"))
    assert "\u202e" not in person.name and "\x00" not in person.name
    for url in ("/pengaturan/orang", f"/pengaturan/orang/{person.id}", "/orang"):
        text = keeper.get(url).text
        assert "<script>alert" not in text
        assert "{{7*7}}" in text


@pytest.mark.parametrize("words", ["%", "_", "\\", "' OR 1=1 --", "x" * 500])
def test_search_takes_words_literally(keeper, db_session, words):
    make_person("Seratus Orang")
    answer = keeper.get("/pengaturan/orang", query_string={"q": words})
    assert answer.status_code == 200
    assert "Seratus Orang" not in answer.text


def test_nothing_from_outside_breaks_a_page(keeper, db_session):
    huge = "9" * 30
    for url in (
        *("/pengaturan/orang?q=%00", "/orang?q=%00", "/pengaturan/opd?q=%00", f"/pengaturan/orang?sesudah={huge}+x"),
        *(
            f"/orang?sesudah={huge}-{huge}",
            "/orang?sesudah=1-%00",
            f"/pengaturan/libur?tahun={huge[:10]}",
            "/masuk?next=%00",
        ),
    ):
        assert keeper.get(url).status_code in (200, 303, 404), url
    token = read(keeper.get("/akun").text).css_first('input[name="csrf_token"]').attributes["value"]
    for url, field in (("/penunjukan", "seat"), ("/akun/pindah", "seat"), ("/akun/sesi", "session")):
        for value in (huge, "\x00", "²", "1 OR 1=1"):
            assert keeper.post(url, data={"csrf_token": token, field: value}).status_code == 404
    assert keeper.get(f"/pengaturan/orang/{huge}").status_code == 404
    keeper.post("/keluar", data={"csrf_token": token})
    page = read(keeper.get("/masuk").text)
    assert submit(keeper, page, 'form[action^="/masuk"]', email="\x00", password="\x00").status_code == 422


def test_long_lists_come_in_pages_at_a_constant_cost(keeper, db_session, statements):
    def cost(url):
        with statements() as seen:
            answer = keeper.get(url)
        return len(seen), answer.text

    few, _ = cost("/pengaturan/orang")
    for number in range(60):
        make_seat(Role.NARAHUBUNG, make_opd(), make_person(f"Orang {number:03d}"))
    many, text = cost("/pengaturan/orang")
    assert few == many <= 8
    link = read(text).css_first('a[rel="next"]').attributes["href"]
    after = keeper.get(link).text
    assert "Orang 059" in after and "Orang 001" not in after
    directory, text = cost("/orang")
    assert directory <= 8
    assert "Orang 059" in keeper.get(read(text).css_first('a[rel="next"]').attributes["href"]).text
