"""Reads events, writes letters; imported by nobody."""


def init_app(app) -> None:
    """Register the reader of events, the sending, and the page of outgoing letters. Raises BadSetting."""
    from app.core import events
    from app.notify import actions, checks, jobs, mail, models, routes  # noqa: F401

    mail.transport(app.config["MAIL_URL"])
    events.subscribe(actions.write_letters)
    app.register_blueprint(routes.bp)
