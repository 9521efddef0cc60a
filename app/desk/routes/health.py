"""/pengaturan/kesehatan: is all well, what waits, what failed and what to do about it. For system admins."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask_login import current_user

from app.core import backup, clock, doctor, storage
from app.core.work import Work
from app.desk import actions, policy
from app.desk.queries import health as machine
from app.desk.routes import bp
from app.desk.rules.health import STATES, kind_label, lasting, reason, size
from app.extensions import db
from app.monitoring import policy as monitoring
from app.people.models import Seat
from app.people.rules import Role
from app.web import menu, nonce, tallies
from app.web.access import allow
from app.web.forms import Form
from app.web.fragments import page
from app.web.lists import PAGE, here_with, int_arg, slice_of

CONFLICT = 409

system_admins = allow(Role.DISKOMINFO, admin=True)
menu.offer("desk.health", "Kesehatan sistem", "Antrean, pekerjaan yang gagal, sumber, ruang disk, dan cadangan.")


@bp.get("/pengaturan/kesehatan")
@system_admins
def health():
    return _page()


@bp.post("/pengaturan/kesehatan/pekerjaan/<int:work_id>/coba-lagi")
@system_admins
def health_try_again(work_id: int):
    return _decide(work_id, actions.try_again, "dicoba lagi sekarang.")


@bp.post("/pengaturan/kesehatan/pekerjaan/<int:work_id>/buang")
@system_admins
def health_discard(work_id: int):
    return _decide(work_id, actions.discard, "dibuang dan tidak dicoba lagi.")


def _decide(work_id: int, act: Callable[[Work, Seat], None], words: str):
    """Do it once: a repeat of the same form is told the same, somebody else's late one what has happened."""
    dead = policy.held_dead_work(work_id, current_user.seat)
    repeated = not nonce.first_use(request.form.get("nonce", ""))
    if dead is not None and not repeated:
        label = kind_label(dead.kind)
        act(dead, current_user.seat)
        flash(f"{label}: {words}")
    db.session.commit()
    if dead is None and not repeated:
        return _page(CONFLICT)
    return redirect(url_for("desk.health"), 303)


def _page(status: int = 200):
    seat = current_user.seat
    work, sources = policy.visible_work(seat), monitoring.visible_sources(seat)
    since, lease = machine.waiting_since(work), machine.clock_lease()
    findings = doctor.examine(page=True)
    return page(
        "desk/health.html",
        status,
        late=status == CONFLICT,
        now=clock.now(),
        findings=sorted(findings, key=lambda finding: (finding.ok, not finding.advice)),
        depth=machine.depth(work),
        oldest=lasting(clock.now() - since) if since else "",
        running=machine.running(work),
        letters=tallies.tally("letters", seat),
        sources=machine.sources(sources),
        counted=machine.sources_counted(sources),
        runs=machine.runs(monitoring.visible_runs(seat)),
        space=storage.space(),
        backed_up=backup.last_made(),
        lease=lease,
        **_dead(work),
        **_words(),
    )


def _dead(work) -> dict:
    """A page of failed work, the latest first."""
    wanted = machine.dead(work)
    before = int_arg("sebelum") if request.method == "GET" else None
    if before:
        wanted = wanted.where(Work.id < before)
    found = slice_of(db.session.execute(wanted.limit(PAGE + 1)).all(), lambda row: str(row.id))
    return {"dead": found.rows, "after": here_with(sebelum=found.next) if found.next else None, "further": bool(before)}


def _words() -> dict:
    """How the template tells what it is given."""
    fresh = {"fresh_form": lambda: Form(formdata=None)}
    return fresh | {"kind_label": kind_label, "reason": reason, "lasting": lasting, "size": size, "states": STATES}
