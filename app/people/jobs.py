"""What happens about people without anybody waiting for it."""

from app.core.duties import every
from app.core.work import Lease, handler
from app.people import actions, queries


@handler("people.reset")
def reset(person_id: int | None, lease: Lease) -> None:
    """Somebody forgot a password. For an address that is nobody's there is nothing to do."""
    person = queries.person(person_id)
    if person is not None and person.active:
        actions.request_reset(person)


@every(900, "seats.end_lapsed")
def end_lapsed() -> None:
    """A seat stops working with its last day by itself; this only has history tell it."""
    actions.end_lapsed()


@every(24 * 3600, "people.forget_old")
def forget_old() -> None:
    actions.forget_old()
