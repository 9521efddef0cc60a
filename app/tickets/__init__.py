"""The heart: tickets, their table of moves, answers, evidence, personal links to them."""


def init_app(app) -> None:
    from app.tickets import jobs, models, routes  # noqa: F401

    app.register_blueprint(routes.bp)
