"""Each role's first page and every page that joins several features; only reads and calls."""


def init_app(app) -> None:
    pass
