"""Who: agencies, persons, seats, sign-in, personal links."""


def init_app(app) -> None:
    from app.people import models  # noqa: F401
