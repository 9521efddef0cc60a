"""Who: agencies, persons, seats, sign-in, personal links."""


def init_app(app) -> None:
    from app.people import jobs, models, routes  # noqa: F401
    from app.people.routes.identity import init_identity

    init_identity(app)
    app.register_blueprint(routes.bp)
