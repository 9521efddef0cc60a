"""A worker that does what is open and ends: `python -m tests.monitoring.importing`. Tests kill it."""

from sqlalchemy import select

from app import create_app
from app.core import upkeep, work
from app.extensions import db


def main() -> None:
    app = create_app()
    with app.app_context():
        upkeep.free_dead_leases()
        while open_work := _open():
            for work_id in open_work:
                work.perform(work_id)


def _open() -> list[int]:
    states = (work.WorkState.WAITING, work.WorkState.LEASED)
    rows = list(db.session.scalars(select(work.Work.id).where(work.Work.state.in_(states))))
    db.session.commit()
    return rows


if __name__ == "__main__":
    main()
