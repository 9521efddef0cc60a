"""Fixtures of all tests. The harness behind them is in tests/harness/."""

import os

import pytest

from tests.harness import client as browsing
from tests.harness import database, postgres

pytest_plugins = ["tests.harness.outside", "tests.harness.valkey", "tests.harness.chromium"]


def pytest_addoption(parser):
    parser.addoption("--database", choices=("sqlite", "postgres"), default="sqlite", help="which database to test on")


def pytest_configure(config):
    if hasattr(config, "workerinput") or config.getoption("--database") != "postgres":
        return
    if postgres.binaries() is None:
        raise pytest.UsageError("PostgreSQL was not found below /usr/lib/postgresql")
    config.cluster = postgres.Cluster()
    os.environ["TANGGAP_TEST_CLUSTER"] = str(config.cluster.folder)


def pytest_unconfigure(config):
    if cluster := getattr(config, "cluster", None):
        cluster.stop()


ASK_A_DATABASE = {"house", "migrated", "make_tree"}


def pytest_collection_modifyitems(config, items):
    """Tests about the other database, and those that run once only, are left out; what asks no database runs once."""
    kind = config.getoption("--database")
    unfit = {"sqlite": ("postgres",), "postgres": ("sqlite", "browser")}[kind]
    out = [
        item
        for item in items
        if any(item.get_closest_marker(name) for name in unfit)
        or (kind == "postgres" and not ASK_A_DATABASE & set(item.fixturenames))
    ]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)  # long chains of one process come first


@pytest.fixture(scope="session")
def house(request, tmp_path_factory):
    """One migrated app per process."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    instance = tmp_path_factory.mktemp("instance")
    return database.House(
        instance, request.config.getoption("--database"), worker, os.environ.get("TANGGAP_TEST_CLUSTER")
    )


@pytest.fixture
def app(house):
    """The app with an empty, migrated database. No app context is pushed; requests and `db_session` push their own."""
    house.app.test_client_class = browsing.Browser
    house.reset()
    return house.app


@pytest.fixture
def db_session(app):
    """The session of a context that lasts for the test. A request commits it first, so that both see one truth."""
    from app.extensions import db

    with app.app_context():
        yield db.session
        db.session.rollback()


@pytest.fixture
def client(app):
    """A browser without JavaScript, signed in as nobody."""
    return app.test_client()


@pytest.fixture
def people(db_session):
    """Two agencies, the office and a leader: seats by email (tests.harness.people)."""
    from tests.harness.people import settle

    return settle()


@pytest.fixture
def login(app, people):
    """`login(email)` or `login(client, email)`: a browser signed in through the form."""

    def enter(*args):
        *given, email = args
        return browsing.sign_in(given[0] if given else app.test_client(), email)

    return enter


@pytest.fixture
def visit(client):
    """`visit(url, expect=200)`: get a page, hold it to every page's promises, return it parsed."""
    return _visitor(client)


@pytest.fixture
def visit_as(login):
    """`visit_as(email)(url, expect=200)`: the same, signed in."""
    return lambda email: _visitor(login(email))


def _visitor(client):
    def get(url, expect=200):
        response = client.get(url)
        assert response.status_code == expect, f"{url} answered {response.status_code}"
        return browsing.read(response.text)

    return get


@pytest.fixture
def statements(app):
    """`with statements() as seen: …` collects SQL statements; BEGIN, COMMIT and PRAGMA are not counted."""
    return lambda: database.counting(app)


@pytest.fixture
def work_off(app):
    """`work_off()`: do all due work here and now, as worker and clock would. Returns how much was done."""
    from tests.harness.working import work_off

    return lambda: work_off(app)
