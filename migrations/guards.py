"""What the models cannot say: the history's triggers and the full-text index, on both databases.

Every migration that rebuilds `event` or `event_text` on SQLite must call `protect_history()` again:
batch mode drops triggers with the old table.
"""

from alembic import op

SQLITE_HISTORY = (
    "CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
    "CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
    "CREATE TRIGGER event_text_no_delete BEFORE DELETE ON event_text"
    " BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
    "CREATE TRIGGER event_text_only_redact BEFORE UPDATE ON event_text"
    " WHEN NEW.text IS NOT NULL OR NEW.digest <> OLD.digest OR NEW.salt <> OLD.salt"
    " BEGIN SELECT RAISE(ABORT, 'text may only be redacted'); END",
)
POSTGRES_HISTORY = (
    "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$",
    "CREATE FUNCTION only_redact() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF NEW.text IS NOT NULL OR NEW.digest <> OLD.digest OR NEW.salt <> OLD.salt THEN"
    " RAISE EXCEPTION 'text may only be redacted'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER event_text_no_delete BEFORE DELETE ON event_text FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER event_text_only_redact BEFORE UPDATE ON event_text FOR EACH ROW EXECUTE FUNCTION only_redact()",
)
SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE search_fts USING fts5(body, content='search_doc', content_rowid='id', tokenize='unicode61')",
    "CREATE TRIGGER search_doc_added AFTER INSERT ON search_doc BEGIN"
    " INSERT INTO search_fts(rowid, body) VALUES (NEW.id, NEW.body); END",
    "CREATE TRIGGER search_doc_gone AFTER DELETE ON search_doc BEGIN"
    " INSERT INTO search_fts(search_fts, rowid, body) VALUES ('delete', OLD.id, OLD.body); END",
    "CREATE TRIGGER search_doc_changed AFTER UPDATE ON search_doc BEGIN"
    " INSERT INTO search_fts(search_fts, rowid, body) VALUES ('delete', OLD.id, OLD.body);"
    " INSERT INTO search_fts(rowid, body) VALUES (NEW.id, NEW.body); END",
)
POSTGRES_SEARCH = (
    "ALTER TABLE search_doc ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple', body)) STORED",
    "CREATE INDEX ix_search_doc_words ON search_doc USING gin (words)",
)


def _on_postgres() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _run(statements) -> None:
    for statement in statements:
        op.execute(statement)


def protect_history() -> None:
    """Refuse UPDATE and DELETE on the history, and any change of a text but its redaction."""
    _run(POSTGRES_HISTORY if _on_postgres() else SQLITE_HISTORY)


def unprotect_history() -> None:
    if _on_postgres():
        _run(("DROP FUNCTION refuse_change() CASCADE", "DROP FUNCTION only_redact() CASCADE"))


def make_searchable() -> None:
    """The full-text index over search_doc."""
    _run(POSTGRES_SEARCH if _on_postgres() else SQLITE_SEARCH)


def unmake_searchable() -> None:
    stored = ("DROP INDEX ix_search_doc_words", "ALTER TABLE search_doc DROP COLUMN words")
    _run(stored if _on_postgres() else ("DROP TABLE search_fts",))


FULL_TEXT = {"search_fts", "search_fts_data", "search_fts_idx", "search_fts_docsize", "search_fts_config"}


BY_HAND = {*(("table", name) for name in FULL_TEXT), ("index", "ix_search_doc_words"), ("column", "words")}


def _from_models(name, kind, _parents=None) -> bool:
    return (kind, name) not in BY_HAND


HAND_MADE = {
    "include_name": _from_models,
    "include_object": lambda _object, name, kind, _reflected, _compare: _from_models(name, kind),
}
"""Alembic's options: autogenerate and the schema test leave what is made by hand alone."""
