"""Work behind the pages that join features: sheets of people are read and applied by a worker."""

from functools import partial

from app.core import clock, storage
from app.core.work import Lease, every, handler
from app.desk import actions
from app.desk.rules.people_rows import HEADER_WITHIN, MOST_ROWS, NO_HEADER, rows_of
from app.extensions import db
from app.monitoring.readers import Refused, guarded
from app.people.models import PeopleSheet
from app.people.rules import SheetState

READING, APPLYING = 30, 300


@every(24 * 3600, "people_sheets.forget")
def forget_rows() -> None:
    """Whole lists of people with their numbers are kept no longer than somebody may still want to look."""
    actions.forget_rows()


@handler(actions.READ, attempts=6)
def read_sheet(sheet_id: int | None, lease: Lease) -> None:
    """Read the rows in the guarded child; what they would change is worked out when somebody looks."""
    sheet = db.session.get(PeopleSheet, sheet_id)
    if sheet is None or sheet.state is not SheetState.WAITING:
        return
    path = storage.path(sheet.raw_key)
    lease.renew(READING)
    try:
        read = guarded.plain(path, clock.now(), MOST_ROWS + HEADER_WITHIN, waiting=partial(lease.renew, READING))
        rows = rows_of((line["sheet"], line["line"], line["cells"]) for line in read)
    except Refused as refused:
        actions.refuse_sheet(db.session.get_one(PeopleSheet, sheet_id), refused.reason)
        return
    sheet = db.session.get_one(PeopleSheet, sheet_id)
    if rows:
        actions.keep_rows(sheet, rows)
    else:
        actions.refuse_sheet(sheet, NO_HEADER)


@handler(actions.APPLY, attempts=6)
def apply_sheet(sheet_id: int | None, lease: Lease) -> None:
    """Carry out what was agreed to, in one transaction."""
    lease.renew(APPLYING)
    sheet = db.session.get(PeopleSheet, sheet_id)
    if sheet is not None and sheet.state is SheetState.APPLYING:
        actions.apply_sheet(sheet)
