"""The commands of intake, as scripts rely on them."""

import json

import pytest

from tests.monitoring.workbooks import workbook

SHEET = "tanggal;judul;url\n24/11/2022;Satu judul;https://a.example/1\n24/11/2022;Satu judul;https://m.a.example/1?utm_source=x\nkemarin;Dua;\n"


@pytest.fixture
def run(app):
    """`run("ingest", …)`: the result of a command."""
    return lambda *args: app.test_cli_runner().invoke(args=list(args))


def last(result):
    return result.stdout.strip().splitlines()[-1]


def test_ingest_counts_add_up_to_the_rows(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(SHEET)
    first = run("ingest", str(path), "--source", "IMA")
    assert first.exit_code == 0 and last(first) == "baru=1 berulang=1 ditolak=1"
    assert last(run("ingest", str(path), "--source", "IMA")) == "baru=0 berulang=2 ditolak=1"


def test_ingest_takes_workbooks_and_feeds_by_content(run, tmp_path):
    book = workbook(tmp_path / "tanpa-nama", [["24/11/2022", f"Judul nomor {n}"] for n in range(3)], header_at=4)
    assert last(run("ingest", str(book), "--source", "IMA")) == "baru=3 berulang=0 ditolak=0"
    feed = tmp_path / "x.txt"
    feed.write_text('<rss version="2.0"><channel><item><title>Judul</title></item></channel></rss>')
    assert last(run("ingest", str(feed), "--source", "Kabar")) == "baru=1 berulang=0 ditolak=0"
    assert "rss" in run("source", "list").stdout


def test_ingest_lists_the_headers_it_does_not_know(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("kolom satu;kolom dua\n1;2\n")
    result = run("ingest", str(path), "--source", "IMA")
    assert result.exit_code == 2 and "kolom satu, kolom dua" in result.stderr


def test_ingest_refuses_a_broken_file(run, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    result = run("ingest", str(path), "--source", "IMA")
    assert result.exit_code == 2 and last(result) == "baru=0 berulang=0 ditolak=1" and "rusak" in result.stderr


def test_sources_are_added_and_listed(run):
    assert run("source", "add", "Kabar", "--kind", "rss", "--url", "https://k.example/feed").exit_code == 0
    again = run("source", "add", "Kabar", "--kind", "sheet")
    assert again.exit_code == 2 and "sudah dipakai" in again.stderr
    assert run("source", "add", "X", "--kind", "rss").exit_code == 2
    assert run("source", "add", "X", "--kind", "rss", "--url", "file:///etc/passwd").exit_code == 2
    listed = json.loads(run("source", "list", "--json").stdout)
    assert [source["name"] for source in listed["sources"]] == ["Kabar"]


def test_a_webhooks_secret_is_printed_once(run):
    assert "whsec_" in run("source", "add", "Hook", "--kind", "webhook").stdout
    assert "whsec_" not in run("source", "list").stdout + run("source", "list", "--json").stdout


def test_poll_fetches_and_reads(run, app, pressroom):
    from tests.harness.pressroom import Page

    app.config["FETCH_ALLOW"] = pressroom.host
    pressroom["/feed"] = Page(b'<rss version="2.0"><channel><item><title>Judul</title></item></channel></rss>')
    run("source", "add", "Kabar", "--kind", "rss", "--url", pressroom.url("/feed"))
    assert last(run("poll", "Kabar")) == "Kabar: baru=1 berulang=0 ditolak=0"
    assert last(run("poll")) == "Kabar: baru=0 berulang=0 ditolak=0"
    pressroom["/feed"] = Page(b"", 404)
    failed = run("poll", "Kabar")
    assert failed.exit_code == 2 and "404" in failed.stderr
    assert run("poll", "Tidak ada").exit_code == 2
    app.config["FETCH_ALLOW"] = ""


@pytest.fixture
def profile(db_session):
    """`profile(source name, header of a sheet)`: how its unknown words are read, remembered."""
    from app.monitoring.actions import found_or_added
    from app.monitoring.models import Profile
    from app.monitoring.rules.kinds import SourceKind
    from app.monitoring.rules.mapping import Column, Mapping, Transform

    def made(source, name, headers=("Kapan", "Kepala")):
        owner = found_or_added(source, SourceKind.SHEET)
        columns = (
            Column("published_at", headers[:1], Transform.DATE, required=True),
            Column("title", headers[1:2], Transform.TRIM),
        )
        mapping = Mapping("", 0, headers, columns)
        new = Profile(name=name, source_id=owner.id, signature=mapping.signature, mapping=mapping.to_dict())
        db_session.add(new)
        db_session.commit()
        return new.id

    return made


OWN_WORDS = "Kapan;Kepala\n24/11/2022;Satu judul saja\n24/11/2022;Dua judul saja\n24/11/2022;Dua judul saja\n"


def test_a_profile_is_found_by_the_header(run, profile, tmp_path, db_session):
    from app.monitoring.models import IngestRun

    path = tmp_path / "a.csv"
    path.write_text(OWN_WORDS)
    known = profile("IMA", "Harian IMA")
    assert last(run("ingest", str(path), "--source", "IMA")) == "baru=2 berulang=1 ditolak=0"
    assert [row.profile_id for row in db_session.query(IngestRun)] == [known]
    path.write_text(SHEET)
    assert last(run("ingest", str(path), "--source", "IMA")) == "baru=1 berulang=1 ditolak=1"
    assert run("ingest", str(path), "--source", "Lain").exit_code == 0


def test_a_named_profile_must_fit(run, profile, tmp_path, db_session):
    from app.monitoring.models import IngestRun

    path = tmp_path / "a.csv"
    path.write_text(OWN_WORDS.replace("Kepala", "Topik"))
    profile("IMA", "Harian IMA")
    result = run("ingest", str(path), "--source", "IMA", "--profile", "Harian IMA")
    assert result.exit_code == 2 and "hilang: Kepala" in result.stderr and "Kapan, Topik" in result.stderr
    assert run("ingest", str(path), "--source", "IMA", "--profile", "Tidak ada").exit_code == 2
    assert run("ingest", str(path), "--source", "ISA", "--profile", "Harian IMA").exit_code == 2
    assert db_session.query(IngestRun).count() == 0
    path.write_text(OWN_WORDS)
    fits = run("ingest", str(path), "--source", "IMA", "--profile", "Harian IMA")
    assert fits.exit_code == 0 and last(fits) == "baru=2 berulang=1 ditolak=0"


def test_a_dry_run_counts_and_writes_nothing(run, tmp_path, db_session):
    from app.monitoring.models import Alert, IngestRun, Source

    path = tmp_path / "a.csv"
    path.write_text(SHEET)
    dry = run("ingest", str(path), "--source", "IMA", "--dry-run")
    assert dry.exit_code == 0 and last(dry) == "baru=1 berulang=1 ditolak=1"
    assert [db_session.query(kind).count() for kind in (Source, IngestRun, Alert)] == [0, 0, 0]
    run("ingest", str(path), "--source", "IMA")
    assert last(run("ingest", str(path), "--source", "IMA", "--dry-run")) == "baru=0 berulang=2 ditolak=1"
    path.write_text("kolom satu;kolom dua\n1;2\n")
    refused = run("ingest", str(path), "--source", "IMA", "--dry-run")
    assert refused.exit_code == 2 and last(refused) == "baru=0 berulang=0 ditolak=1"
    assert "kolom satu, kolom dua" in refused.stderr


def test_a_profile_is_made_of_a_file_and_what_the_synonyms_do_not_know(run, tmp_path, db_session):
    from app.monitoring.models import Profile

    path = tmp_path / "a.csv"
    path.write_text(OWN_WORDS)
    add = ["profile", "add", "Harian", str(path), "--source", "IMA"]
    assert run(*add).exit_code == 2
    wrong = run(*add, "--column", "published_at=Kapan", "--column", "title=Tidak ada")
    assert wrong.exit_code == 2 and "Tidak ada" in wrong.stderr
    assert db_session.query(Profile).count() == 0
    made = run(*add, "--column", "published_at=Kapan", "--column", "title=Kepala")
    assert made.exit_code == 0 and "baris 2: Satu judul saja" in made.stdout
    assert last(run("ingest", str(path), "--source", "IMA")) == "baru=2 berulang=1 ditolak=0"
    again = run(*add, "--column", "published_at=Kapan", "--column", "title=Kepala")
    assert again.exit_code == 2 and "sudah ada" in again.stderr
