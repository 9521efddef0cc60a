"""/pengaturan: what this seat may open."""

from flask import redirect, url_for

from app.people.routes import bp
from app.web import menu
from app.web.access import signed_in
from app.web.fragments import page


@bp.get("/pengaturan")
@signed_in
def settings():
    if not menu.places():
        return redirect(url_for("people.account"), 303)
    return page("people/settings_index.html")


menu.offer("people.opds", "OPD", "Nama, singkatan, kata topik, dan instansi luar.")
menu.offer("people.persons", "Orang", "Siapa bertindak untuk OPD mana, undangan, dan usulan yang menunggu.")
menu.offer(
    "people.holidays", "Hari libur", "Libur nasional, cuti bersama, dan libur daerah yang dipakai menghitung tenggat."
)
menu.offer("people.hours", "Jam kerja", "Jam kantor umum dan tiap OPD, jam Ramadan, dan jam siaga.")
menu.offer("people.duty", "Piket", "Siapa yang berjaga, minggu demi minggu.")
