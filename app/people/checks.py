"""What `flask doctor` asks of people and days: who answers for each OPD, and whether next year's days are known."""

from app.core import clock
from app.core.doctor import check
from app.people import queries

MOST_NAMED = 5


@check("narahubung", do="Tambah penunjukan narahubung di /pengaturan/orang.", advice=True)
def every_opd_answers() -> tuple[bool, str]:
    """OPDs to which tickets can be forwarded and for which nobody would answer."""
    without = [opd.short for opd in queries.opds_without_narahubung()]
    if not without:
        return True, "setiap OPD punya narahubung"
    more = " dan lainnya" if len(without) > MOST_NAMED else ""
    return False, f"{len(without)} OPD tanpa narahubung: {', '.join(without[:MOST_NAMED])}{more}"


@check("cuti bersama", do="Isi di /pengaturan/libur begitu keputusan bersamanya terbit.", advice=True)
def next_years_leave_is_known() -> tuple[bool, str]:
    """Without it, deadlines of next year would come too early."""
    year = clock.today().year + 1
    missing = bool(queries.years_without_leave([year]))
    return not missing, f"cuti bersama {year} {'belum terisi' if missing else 'sudah terisi'}"
