"""A small app that shows every macro and pattern of the house, without database or sign-in."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import SimpleNamespace

from flask import Flask, abort, render_template, request
from flask_wtf import CSRFProtect, FlaskForm
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from wtforms import BooleanField, DateTimeLocalField, PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from app.web import assets, errors, headers, ui
from app.web.access import public
from app.web.fragments import answer, fragment, not_modified, page, tagged, unchanged, wants_fragment

HERE = Path(__file__).parent
NOON = datetime(2026, 11, 24, 4, 20, tzinfo=UTC)


def words(name: str, **labels: str) -> type[StrEnum]:
    """An enum whose members have labels, as the features' own have."""
    enum = StrEnum(name, {key.upper(): key for key in labels})
    enum.label = property(lambda member: labels[member.value])
    return enum


STATES = words(
    "State", new="Baru", forwarded="Diteruskan ke OPD", in_progress="Ditangani OPD", contested="Menunggu penetapan pengampu",
    on_hold="Ditunda", awaiting_approval="Menunggu persetujuan", under_review="Menunggu telaah Diskominfo",
    needs_work="Perlu perbaikan", resolved="Selesai", closed="Ditutup", other_authority="Kewenangan instansi lain",
    awaiting_budget="Menunggu anggaran", archived="Diarsipkan",
)  # fmt: skip
TASKS = words(
    "Task", open="Belum ditangani", in_progress="Ditangani", contested="Menunggu penetapan", submitted="Menunggu pengampu",
    accepted="Diterima pengampu", dropped="Dilepas",
)  # fmt: skip
LEVELS = words("Level", biasa="Biasa", segera="Segera", sangat_segera="Sangat segera", krisis="Krisis")
TONES = words("Tone", negative="Negatif", neutral="Netral", positive="Positif")
TRUTHS = words(
    "Truth", unverified="Belum diverifikasi", true="Benar", partly="Sebagian benar", false="Keliru", hoax="Hoaks"
)  # fmt: skip


REST = [SelectChoice("keep", "Tetap ditagih"), SelectChoice("drop", "Dilepas, beri alasan")]


class SampleForm(FlaskForm):
    note = TextAreaField("Catatan", [InputRequired("Tulis satu kalimat.")])
    due_at = DateTimeLocalField("Tenggat", [InputRequired("Pilih tanggal dan jam.")], format="%Y-%m-%dT%H:%M")
    title = StringField("Judul", [Optional()])
    opd = SelectField("OPD", [Optional()], choices=[SelectChoice("", "Pilih OPD"), SelectChoice("DPU", "DPU")])
    rest = RadioField("Tugas yang masih terbuka", [Optional()], choices=REST)
    sure = BooleanField("Saya sudah membaca lampirannya", [Optional()])


class DoorForm(FlaskForm):
    email = StringField("Email", [InputRequired()])
    password = PasswordField("Kata sandi", [InputRequired()])


class Visitor(SimpleNamespace):
    is_authenticated = True


OFFICE = SimpleNamespace(of_opd=False)
SEATS = [
    SimpleNamespace(id=1, label="Diskominfo · Operator", role=OFFICE, is_admin=True, acting_name=""),
    SimpleNamespace(id=2, label="DPU · Narahubung (Plt)", role=OFFICE, is_admin=False, acting_name=""),
]
RATNA = Visitor(person=SimpleNamespace(name="Ratna Wulandari", shared=False), seat=SEATS[0], seats=SEATS)
STATIONS = [
    ("Meja", "home", 0, False), ("Pantauan", "inbox", 12, True), ("Isu", "rss", 9, False), ("Tiket", "ticket", 31, False),
    ("Forum", "chat", 0, False), ("Rakor", "clock", 0, False), ("Agenda", "doc", 0, False), ("Laporan", "sheet", 0, False),
]  # fmt: skip


def nav(current: str) -> list[dict]:
    return [
        {
            "label": label,
            "url": f"/contoh/{label.lower()}",
            "icon": icon,
            "count": count,
            "turn": turn,
            "current": label == current,
        }
        for label, icon, count, turn in STATIONS
    ]


def create_sample() -> Flask:
    """The sample app; `/contoh/<page>` shows tests/look/templates/<page>.html."""
    app = Flask("app", root_path=str(Path(assets.__file__).parent.parent))
    app.config.update(SECRET_KEY="contoh" * 8, WTF_CSRF_CHECK_DEFAULT=False, TIMEZONE="Asia/Makassar", TESTING=True)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_loader = ChoiceLoader([app.jinja_loader, FileSystemLoader(HERE / "templates")])
    CSRFProtect(app)
    headers.init_headers(app)
    assets.init_assets(app)
    ui.init_ui(app)
    errors.init_errors(app)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.context_processor(_context)
    app.add_url_rule("/contoh/<page>", "contoh", public(_page), methods=["GET", "POST"])
    app.add_url_rule("/contoh/hidup", "hidup", public(_alive), methods=["GET", "POST"])
    app.add_url_rule("/galat/<int:status>", "galat", public(_error), methods=["GET", "POST"])
    app.add_url_rule("/masuk", "people.sign_in", public(_door), methods=["GET", "POST"])
    app.add_url_rule("/masuk/lupa", "people.forgotten", public(_door), methods=["GET", "POST"])
    app.add_url_rule("/cari", "cari", public(lambda: ""))
    return app


def _context() -> dict:
    page = (request.view_args or {}).get("page", "")
    return {
        "current_user": RATNA, "settings_places": list, "nav": nav(page.capitalize() if page else ""), "noon": NOON,
        "STATES": STATES, "TASKS": TASKS, "LEVELS": LEVELS, "TONES": TONES, "TRUTHS": TRUTHS,
    }  # fmt: skip


def _page(page: str):
    form = SampleForm()
    if request.method == "POST":
        fine = form.validate()
        return answer(
            f"{page}.html", "status", to=f"/contoh/{page}", status=200 if fine else 422, form=form, saved=fine
        )
    if "salah" in request.args:
        form.note.errors = ["Sebut tindakan dan tanggalnya. ‘Akan ditindaklanjuti’ saja belum bisa menutup permintaan."]
        form.due_at.errors = ["November hanya sampai 30. Pilih tanggal lain."]
    return render_template(f"{page}.html", form=form, saved=False)


def _alive():
    """Changes at every poll until the third, then stays: 304. A POST stands for «Urungkan»."""
    if request.method == "POST":
        return '<hx-partial hx-target="#toasts" hx-swap="innerHTML"><div class="toast">Diurungkan.</div></hx-partial>'
    times = int(request.args.get("kali", 0)) + wants_fragment()
    if unchanged(f"v{min(times, 3)}"):
        return not_modified("v3")
    show = fragment if wants_fragment() else page
    return tagged(show("hidup.html", *(["status"] if wants_fragment() else []), times=times), f"v{times}")


def _error(status: int):
    if status == 500:
        raise ZeroDivisionError
    if status == 507:
        raise errors.DiskFull
    abort(status)


def _door():
    form = DoorForm()
    if request.method == "POST":
        form.form_errors.append("Email atau kata sandi tidak cocok. Setelah beberapa kali mencoba ada jeda sebentar.")
    return render_template("people/sign_in.html", form=form), 422 if request.method == "POST" else 200
