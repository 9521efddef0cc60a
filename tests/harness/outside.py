"""Fixtures for what is outside the process: mail, newspapers, the real process tree."""

import os
from functools import lru_cache

import pytest

from tests.harness import postgres
from tests.harness.mailbox import Mailbox
from tests.harness.postbox import Postbox
from tests.harness.pressroom import Pressroom
from tests.harness.tree import Tree


@pytest.fixture
def mailbox():
    """A scripted SMTP server: `mailbox.url`, `.letters`, `.script`."""
    box = Mailbox()
    yield box
    box.stop()


@pytest.fixture
def postbox(app):
    """A scripted IMAP server as this app's mailbox: `postbox.put(letter)`, `.seen`."""
    box = Postbox()
    before = {name: app.config[name] for name in ("IMAP_URL", "MAIL_FROM")}
    app.config.update(IMAP_URL=box.url, MAIL_FROM="Tanggap <tanggap@kantor.test>")
    yield box
    app.config.update(before)
    box.stop()


@pytest.fixture
def outbox(app, tmp_path):
    """A folder as this app's mail server."""
    before, app.config["MAIL_URL"] = app.config["MAIL_URL"], f"file:{tmp_path / 'surat'}"
    yield tmp_path / "surat"
    app.config["MAIL_URL"] = before


@pytest.fixture
def pressroom():
    """A scripted web server: `pressroom["/feed.xml"] = Page(…)`, `.url(path)`, `.host` for TANGGAP_FETCH_ALLOW."""
    room = Pressroom()
    yield room
    room.stop()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """`prepared(demo)`: the folder of an installation that was set up, with or without the demo, once per process."""

    @lru_cache
    def prepare(demo: str):
        folder = tmp_path_factory.mktemp("prepared") / "instance"
        Tree(folder, DEMO=demo).flask("setup")
        return folder

    return prepare


@pytest.fixture
def make_tree(request, tmp_path, prepared):
    """`make_tree(**settings)`: an installation that is stopped at the end, on the database of this run."""
    trees = []

    def make(**settings):
        instance = tmp_path / f"instance{len(trees)}"
        if request.config.getoption("--database") == "postgres":
            name = f"tree_{os.getpid()}_{len(trees)}"
            settings.setdefault("DATABASE_URL", postgres.make_database(os.environ["TANGGAP_TEST_CLUSTER"], name))
        copied = None if "DATABASE_URL" in settings else lambda: prepared(settings.get("DEMO", "0"))
        trees.append(Tree(instance, copied, **settings))
        return trees[-1]

    yield make
    for tree in trees:
        tree.stop()


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """One demo office for all journeys, which share its days: `office.mailbox` gets its letters, `office.press` is
    the outside world. A journey tells its own matter by its own words; they run in one process (xdist_group "demo")."""
    mailbox, press = Mailbox(), Pressroom()
    tree = Tree(tmp_path_factory.mktemp("office") / "instance", MAIL_URL=mailbox.url, FETCH_ALLOW=press.host, DEMO="1")
    tree.mailbox, tree.press = mailbox, press
    yield tree.up(90)
    tree.stop()
    press.stop()
    mailbox.stop()


@pytest.fixture
def live_server(make_tree, mailbox, pressroom):
    """A running tree whose letters reach `mailbox` and whose feeds come from `pressroom`."""
    return make_tree(MAIL_URL=mailbox.url, FETCH_ALLOW=pressroom.host).up()
