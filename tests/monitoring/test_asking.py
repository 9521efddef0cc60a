"""A sheet whose layout is not known yet asks a person once; every answer is met by a worker."""

import pytest
from sqlalchemy import select

from app.core import storage
from app.monitoring import actions
from app.monitoring.models import Alert, IngestRun, Profile
from app.monitoring.readers import guarded
from app.monitoring.rules.asking import Question
from app.monitoring.rules.kinds import RunState
from app.monitoring.rules.mapping import Mapping
from tests.harness.client import read, submit
from tests.monitoring.test_mapped_reading import NOW
from tests.monitoring.test_pages import OPERATOR, upload
from tests.monitoring.workbooks import workbook

KNOWN = "Tanggal;Judul;Sentimen\n24/11/2026;Air keruh;Negatif\n24/11/2026;Jalan rusak;Jingga\n"
STRANGE = "Laporan\nKapan;Kepala;Rasa;No HP\n11/23/2026;Air <b>mati</b>;Merah;0811\nkemarin;Jalan;Merah;0811\n"
FORM = "form[action$=susunan]"
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def operator(login):
    return login(OPERATOR)


@pytest.fixture
def asked(operator, work_off):
    """`asked(content)`: the address of an upload after a worker has looked into it."""

    def upload_it(content, *args, **changes):
        path = upload(operator, content, *args, **changes).location
        work_off()
        return path

    return upload_it


@pytest.fixture
def answer(operator):
    """`answer(path, do, **fields)`: press a button of the question as it is shown now."""

    def press(path, do, **changes):
        return submit(operator, read(operator.get(path).text), FORM, do=do, **changes)

    return press


def the_run(db_session) -> IngestRun:
    db_session.rollback()
    return db_session.scalars(select(IngestRun).order_by(IngestRun.id.desc())).first()


def titles(db_session) -> list[str]:
    return list(db_session.scalars(select(Alert.title).order_by(Alert.id)))


def columns(page) -> dict[str, str]:
    """The column that is chosen per target, as the page shows it."""
    fields = page.css("select[name^=col_]")
    chosen = {field.attributes["name"]: field.css_first("option[selected]") for field in fields}
    return {name: option.text().partition(" · ")[0] for name, option in chosen.items() if option}


def test_the_first_sheet_of_a_source_asks_and_takes_nothing_in(asked, operator, db_session):
    path = asked(KNOWN)
    assert the_run(db_session).state is RunState.ASKING and titles(db_session) == []
    page = read(operator.get(path).text)
    assert columns(page) == {"col_published_at": "Tanggal", "col_title": "Judul", "col_tone": "Sentimen"}
    assert page.css_first("input[name=name]").attributes["value"] == "IMA"
    assert "Tone 'Jingga' tidak dikenal" in page.css_first("td .failed").text() and not page.css("[data-live]")
    assert "Menunggu Anda" in operator.get("/impor").text


def test_a_file_that_waits_stays_on_top_of_the_list(asked, operator, db_session):
    path = asked(KNOWN)
    for number in range(20):
        actions.start_run(actions.found_or_added("Lembar", "sheet"), b"x", file_name=f"{number}.csv")
    db_session.commit()
    assert path in [link.attributes["href"] for link in read(operator.get("/impor").text).css("tbody a")]
    desk = read(operator.get("/").text)
    assert [link.text() for link in desk.css(f"a[href='{path}']")] == ["Periksa kolom berkas IMA"]


def test_the_waiting_page_leads_to_the_question_by_itself(asked, operator):
    path = asked(KNOWN)
    assert operator.get(f"{path}/kemajuan", headers=PARTIAL).headers["HX-Redirect"] == path


def test_a_confirmed_layout_goes_through_without_a_click_from_then_on(asked, answer, work_off, db_session):
    assert answer(asked(KNOWN), "simpan").status_code == 303
    work_off()
    assert titles(db_session) == ["Air keruh", "Jalan rusak"]
    source = the_run(db_session).source_id
    asked("Unduhan ke-2\n" + KNOWN.replace("Air", "Sampah"), source=str(source))
    run, profile = the_run(db_session), db_session.scalars(select(Profile)).one()
    assert (run.state, run.new, run.repeated, run.asked) == (RunState.DONE, 1, 1, {})
    assert run.profile_id == profile.id and profile.name == "IMA" and profile.used_at > profile.made_at


def test_a_layout_of_unknown_words_is_found_again_in_its_row(asked, answer, work_off, db_session):
    confirm_strange(asked(STRANGE), answer, work_off)
    asked(STRANGE.replace("mati", "kering"), source=str(the_run(db_session).source_id))
    assert the_run(db_session).state is RunState.DONE and titles(db_session) == ["Air mati", "Air kering"]


def confirm_strange(path, answer, work_off):
    answer(path, "lihat", header_row="2")
    work_off()
    chosen = {"col_published_at": "0", "col_title": "1", "col_tone": "2"}
    saved = answer(path, "simpan", **chosen, date_order="mdy", tone_words="Merah = Negatif\n")
    assert saved.status_code == 303, saved.text
    work_off()


def test_a_sheet_of_unknown_words_is_read_as_the_person_says(asked, answer, work_off, operator, db_session):
    path = asked(STRANGE)
    confirm_strange(path, answer, work_off)
    (alert,) = db_session.scalars(select(Alert))
    assert (alert.title, alert.tone, f"{alert.published_at:%Y-%m-%d}") == ("Air mati", "negative", "2026-11-22")
    run = the_run(db_session)
    assert (run.new, run.rejected) == (1, 1) and "0811" not in repr(db_session.scalars(select(Profile)).one().mapping)


def test_a_private_column_is_not_offered_nor_taken(asked, answer, work_off, operator):
    path = asked(STRANGE)
    answer(path, "lihat", header_row="2")
    work_off()
    text = operator.get(path).text
    assert "No HP" not in text and "0811" not in text
    assert answer(path, "simpan", col_published_at="0", col_title="3").status_code == 422


def test_what_is_shown_before_intake_is_masked_as_at_intake(asked, operator, db_session):
    head = "Tanggal;Judul;Isi;username;platform;Catatan\n"
    row = "24/11/2026;Hubungi 0812-3456-7890;NIK saya 6402011509870003;@budi_s99;Facebook;WA 0812-3456-7890\n"
    page = operator.get(asked(head + row + row.replace("24/11/2026", "tgl 081234567890"))).text
    kept = repr(the_run(db_session).asked)
    for private in ("0812", "6402011509870003", "budi_s99"):
        assert private not in page and private not in kept
    assert "[nomor telepon]" in page and "24/11/2026 00.00" in page


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"col_published_at": ""}, "Pilih kolom tanggal terbit."),
        ({"col_title": ""}, "Pilih kolom judul, atau kolom isi."),
        ({"col_title": "99"}, "Pilih salah satu dari daftar."),
        ({"col_title": "javascript"}, "Pilih salah satu dari daftar."),
        ({"sheet": "Lain"}, "Periksa kolom"),
        ({"header_row": "2"}, "Baca ulang"),
        ({"header_row": "x"}, "Tulis angka bulat."),
        ({"header_row": "101"}, "Antara 1 dan 100"),
        ({"name": ""}, "Beri nama"),
        ({"tone_words": "Merah"}, "Merah = Negatif"),
        ({"tone_words": "Merah = Ungu"}, "Merah = Negatif"),
        ({"channel_words": "= Berita"}, "Portal = Berita"),
        ({"do": "hapus"}, "Pilih salah satu tombol"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_happens(asked, answer, db_session, changes, said):
    path = asked(KNOWN)
    refused = answer(path, **({"do": "simpan"} | changes))
    assert refused.status_code == 422 and said in read(refused.text).text()
    assert the_run(db_session).state is RunState.ASKING and db_session.scalars(select(Profile)).all() == []


def test_a_name_that_is_taken_is_said(asked, answer, db_session):
    answer(asked(KNOWN), "simpan")
    path = asked(KNOWN.replace("Judul", "Headline"), source=str(the_run(db_session).source_id))
    refused = answer(path, "simpan", name="IMA")
    assert refused.status_code == 422 and "sudah ada" in refused.text
    assert answer(path, "simpan").status_code == 303
    assert sorted(db_session.scalars(select(Profile.name))) == ["IMA", "IMA (2)"]


def test_a_dry_run_counts_and_writes_nothing(asked, answer, work_off, operator, db_session):
    path = asked(KNOWN + "kemarin;Tanpa tanggal;\n24/11/2026;Air keruh;Negatif\n")
    assert answer(path, "coba").status_code == 303
    assert read(operator.get(path).text).css_first("[data-live]")
    work_off()
    page = read(operator.get(path).text)
    assert "2 baru, 1 berulang, 1 ditolak" in page.text() and titles(db_session) == []
    assert columns(page)["col_title"] == "Judul" and answer(path, "simpan").status_code == 303
    work_off()
    run = the_run(db_session)
    assert (run.new, run.repeated, run.rejected) == (2, 1, 1)


def test_another_sheet_of_a_workbook_is_looked_at(asked, answer, work_off, operator, tmp_path, db_session):
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    for name in ("Ringkasan", "Medsos"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["Tanggal", "Judul", name])
        sheet.write_row(1, 0, ["24/11/2026", f"Judul {name}", "x"])
    book.close()
    path = asked((tmp_path / "a.xlsx").read_bytes(), "a.xlsx")
    answer(path, "lihat", sheet="Medsos")
    work_off()
    assert read(operator.get(path).text).css_first("select[name=sheet] option[selected]").text() == "Medsos"
    answer(path, "simpan")
    work_off()
    assert titles(db_session) == ["Judul Medsos"]


def test_a_header_row_without_anything_leaves_the_question(asked, answer, work_off, operator, db_session):
    path = asked(KNOWN)
    answer(path, "lihat", header_row="90")
    work_off()
    page = read(operator.get(path).text)
    assert "tidak ada yang terbaca" in page.text() and columns(page) == {}
    answer(path, "lihat", header_row="1")
    work_off()
    assert columns(read(operator.get(path).text))["col_title"] == "Judul"


def test_a_changed_layout_asks_with_what_changed_and_keeps_what_is_still_there(
    asked, answer, work_off, operator, db_session
):
    confirm_strange(asked(STRANGE), answer, work_off)
    changed = STRANGE.replace("Rasa", "Warna").replace("mati", "kering")
    path = asked(changed, source=str(the_run(db_session).source_id))
    assert the_run(db_session).state is RunState.ASKING and len(titles(db_session)) == 1
    page = read(operator.get(path).text)
    said = page.css_first(".say").text()
    assert "susunan «IMA»" in said and "baru: Warna" in said and "tadinya dibaca dan kini hilang: Rasa" in said


def test_a_layout_with_one_more_column_is_prefilled_from_the_profile(asked, answer, work_off, operator, db_session):
    answer(asked(KNOWN), "simpan", tone_words="Jingga = Netral")
    work_off()
    path = asked(KNOWN.replace("Sentimen", "Sentimen;Catatan"), source=str(the_run(db_session).source_id))
    page = read(operator.get(path).text)
    assert "Kolom baru: Catatan" in page.css_first(".say").text() and not page.css("td .failed")
    assert page.css_first("textarea[name=tone_words]").text().strip() == "Jingga = Netral"


def test_cancelling_keeps_the_bytes_and_takes_nothing(asked, answer, work_off, operator, db_session):
    path = asked(KNOWN)
    assert answer(path, "batal").status_code == 303
    work_off()
    run = the_run(db_session)
    assert run.state is RunState.UNDONE and run.asked == {} and storage.path(run.raw_key).read_bytes() == KNOWN.encode()
    assert "Tidak ada yang masuk" in read(operator.get(path).text).text() and titles(db_session) == []


@pytest.mark.parametrize("first", ["simpan", "batal", "lihat"])
def test_of_two_operators_the_second_is_told(asked, answer, work_off, login, operator, db_session, first):
    path = asked(KNOWN)
    seen = read(operator.get(path).text)
    quicker = login("kepala@diskominfo.demo")
    assert submit(quicker, read(quicker.get(path).text), FORM, do=first).status_code == 303
    work_off()
    state = the_run(db_session).state
    late = submit(operator, seen, FORM, do="batal")
    assert late.status_code == 409 and "dijawab orang lain" in read(late.text).text()
    assert the_run(db_session).state is state and len(db_session.scalars(select(Profile)).all()) == (first == "simpan")


def test_files_that_wait_with_the_same_columns_go_on_together(asked, answer, work_off, db_session):
    path = asked(KNOWN)
    source = the_run(db_session).source_id
    asked(KNOWN.replace("Air", "Sampah"), source=str(source))
    other = asked(KNOWN.replace("Judul", "Headline"), source=str(source))
    answer(path, "simpan")
    work_off()
    states = list(db_session.scalars(select(IngestRun.state).order_by(IngestRun.id)))
    assert states == [RunState.DONE, RunState.DONE, RunState.ASKING] and other
    assert len(titles(db_session)) == 3


def test_a_layout_confirmed_again_is_read_as_it_was_said_last(asked, answer, work_off, db_session):
    """A wide title block hides the header from the synonyms and from the profile's row."""
    confirm_strange(asked(STRANGE), answer, work_off)
    path = asked("Laporan;dari;kantor;media;kita\n" + STRANGE, source=str(the_run(db_session).source_id))
    answer(path, "lihat", header_row="3")
    work_off()
    assert answer(path, "simpan", col_published_at="0", col_title="1", col_text="2", name="Baru").status_code == 303
    (profile,) = db_session.scalars(select(Profile))
    assert profile.name == "IMA" and "text" in [c.target for c in Mapping.from_dict(profile.mapping).columns]


@pytest.mark.parametrize("content", [b"PK\x03\x04" + b"x" * 200, b";;;\n;;\n"])
def test_what_cannot_be_looked_at_is_refused_in_words(asked, operator, db_session, content):
    path = asked(content, "a.xlsx")
    run = the_run(db_session)
    assert run.state is RunState.REFUSED and run.trouble in read(operator.get(path).text).text()


def test_a_header_of_too_many_columns_is_refused(asked, db_session):
    asked(";".join(f"k{n}" for n in range(400)) + "\n")
    assert the_run(db_session).state is RunState.REFUSED and "300 kolom" in the_run(db_session).trouble


def test_nameless_columns_at_the_end_are_no_columns(asked, db_session):
    asked(KNOWN.replace("Sentimen\n", "Sentimen" + ";" * 400 + "\n"))
    assert Question.of(the_run(db_session).asked).seen["headers"] == ["Tanggal", "Judul", "Sentimen"]


def test_a_file_that_breaks_when_looked_at_again_leaves_the_question(asked, answer, work_off, operator, db_session):
    path = asked(KNOWN)
    answer(path, "coba")
    storage.path(the_run(db_session).raw_key).chmod(0o600)
    storage.path(the_run(db_session).raw_key).write_bytes(b"PK\x03\x04 broken")
    work_off()
    page = read(operator.get(path).text)
    assert the_run(db_session).state is RunState.ASKING and page.css_first(".say[data-say=error]")
    assert columns(page)["col_title"] == "Judul"


def test_feeds_and_the_mirror_ask_nothing(asked, tmp_path, db_session):
    asked('<rss version="2.0"><channel><item><title>Satu</title><guid>1</guid></item></channel></rss>', "a.xml")
    assert the_run(db_session).state is RunState.DONE
    head = ["Tracking ID", "Tanggal Laporan Masuk", "Judul Laporan", "Isi Laporan Awal", "Status Laporan"]
    rows = [head, ["9001298", "22 Nov 2026", "Air", "Air keruh", "Selesai"]]
    asked(workbook(tmp_path / "s.xlsx", rows).read_bytes(), "s.xlsx", source=str(the_run(db_session).source_id))
    assert the_run(db_session).state is not RunState.ASKING


def test_the_lease_is_kept_while_the_child_thinks(tmp_path, monkeypatch):
    monkeypatch.setattr(guarded, "BREATH", 0.001)
    (tmp_path / "a.csv").write_text(KNOWN)
    breaths = []
    assert guarded.peek(tmp_path / "a.csv", NOW, waiting=lambda: breaths.append(1)).kind == "table" and breaths


def test_a_run_that_a_command_started_asks_nothing(db_session, work_off):
    actions.start_run(actions.found_or_added("Lembar", "sheet"), KNOWN.encode(), file_name="a.csv")
    db_session.commit()
    work_off()
    assert the_run(db_session).state is RunState.DONE
