"""Papers: one data shape each, rendered to DOCX and PDF; what was signed comes back and is registered."""


def init_app(app) -> None:
    from app.papers import models, routes  # noqa: F401

    app.register_blueprint(routes.bp)
