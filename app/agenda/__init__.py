"""What was handled becomes the regency's agenda prioritas: proposals, rakor, decisions, and plans that are followed."""


def init_app(app) -> None:
    from app.agenda import models, routes  # noqa: F401
    from app.agenda.actions import hushing  # noqa: F401

    app.register_blueprint(routes.bp)
