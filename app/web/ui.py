"""Everything a template may say about shapes and time: the global `ui`, and filters that speak through core.clock."""

from datetime import datetime

from flask import get_flashed_messages, request

from app.core import clock
from app.web.markup import icon

THEMES = ("light", "dark")


class Macros:
    """Every macro of `templates/ui/` as an attribute. Files are loaded on first use: no order to keep."""

    FILES = ("marks", "forms", "says", "lists", "charts")

    def __init__(self, env):
        self._env = env

    def __getattr__(self, name: str):
        for file in self.FILES:
            module = self._env.get_template(f"ui/{file}.html").module
            if name in module.__dict__:
                setattr(self, name, module.__dict__[name])
                return module.__dict__[name]
        raise AttributeError(name)


def init_ui(app) -> None:
    """Give templates `ui`, `icon`, `theme()`, `fresh_id()` and the filters of time."""
    env = app.jinja_env
    env.globals.update(ui=Macros(env), icon=icon, theme=theme, toasts=toasts)
    env.filters.update(
        pendek=clock.short,
        panjang=clock.long,
        hari=clock.short_day,
        tanggal=clock.long_day,
        bulan=clock.month,
        jam=lambda instant: f"{clock.local(instant):%H.%M}",
        iso=datetime.isoformat,
        untuk_input=clock.for_input,
        ribuan=thousands,
        inisial=initials,
    )


def theme() -> str | None:
    """The pinned theme, or None to follow the system."""
    chosen = request.cookies.get("tema")
    return chosen if chosen in THEMES else None


def toasts() -> list:
    """(mood, words) of what a redirect left for the next page."""
    return get_flashed_messages(with_categories=True)


def thousands(number: int) -> str:
    """«1.043», as Indonesian writes it."""
    return f"{number:,}".replace(",", ".")


def initials(name: str) -> str:
    """«HS» for «Hendra Saputra, narahubung Perumda»."""
    words = [word for word in name.partition(",")[0].split() if word[:1].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()
