"""Who: agencies, persons, seats, sign-in, personal links."""


def init_app(app) -> None:
    from app.people import checks, jobs, models, routes, rules  # noqa: F401
    from app.people.routes.identity import init_identity
    from app.web.menu import init_menu

    init_identity(app)
    init_menu(app)
    app.jinja_env.filters["peramban"] = rules.device
    app.register_blueprint(routes.bp)
