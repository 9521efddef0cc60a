"""/cari: one search over what this seat may see."""

from flask_login import current_user

from app.desk.policy import ISU_READERS
from app.desk.queries.finding import find_alerts, find_proofs, find_tickets
from app.desk.queries.isu import page_of_isu
from app.desk.routes import bp
from app.monitoring.policy import may_sort
from app.web.access import signed_in
from app.web.fragments import page
from app.web.lists import Slice, arg, here_with, int_arg


@bp.get("/cari")
@signed_in
def find():
    """Every kind on the first page; further pages go on with one of them."""
    words, seat = arg("q"), current_user.seat
    older = {kind: int_arg(kind) for kind in ("tiket", "isu", "pantauan")}
    going_on = any(older.values())
    nothing = Slice([], None)

    def asked(kind: str, may: bool = True) -> bool:
        return bool(words) and may and (not going_on or bool(older[kind]))

    return page(
        "desk/found.html",
        words=words,
        tickets=find_tickets(words, seat, older["tiket"]) if asked("tiket") else nothing,
        isu=page_of_isu(words, seat, older["isu"]) if asked("isu", seat.role in ISU_READERS) else nothing,
        alerts=find_alerts(words, seat, older["pantauan"]) if asked("pantauan", may_sort(seat)) else nothing,
        proofs=find_proofs(words, seat) if words and not going_on else nothing,
        here_with=here_with,
    )
