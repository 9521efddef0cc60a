"""the first schema"""

import sqlalchemy as sa
from alembic import op

import app.extensions
from migrations import guards

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "duty",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("due_at", app.extensions.UtcDateTime(), nullable=False),
        sa.Column("holder", sa.String(length=160), nullable=True),
        sa.Column("ran_at", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("last_error", sa.String(length=500), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_duty")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stream", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("at", app.extensions.UtcDateTime(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("opd_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("ref_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("stream", "seq", name=op.f("uq_event_stream")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index("ix_event_actor", ["person_id", "at"], unique=False)

    op.create_table(
        "form_nonce",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("used_at", app.extensions.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_form_nonce")),
    )
    with op.batch_alter_table("form_nonce", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_form_nonce_used_at"), ["used_at"], unique=False)

    op.create_table(
        "holiday",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("collective_leave", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_holiday")),
    )
    op.create_table(
        "opd",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("parent_code", sa.String(length=32), nullable=True),
        sa.Column("abbreviations", sa.JSON(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("inferred", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opd")),
        sa.UniqueConstraint("code", name=op.f("uq_opd_code")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("nip", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", app.extensions.UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "search_doc",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("ref_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_doc")),
        sa.UniqueConstraint("kind", "ref_id", name=op.f("uq_search_doc_kind")),
    )
    with op.batch_alter_table("search_doc", schema=None) as batch_op:
        batch_op.create_index("ix_search_doc_kind_id", ["kind", "id"], unique=False)

    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("rss", "sheet", "webhook", "sp4n", name="sourcekind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("url", sa.String(length=1000), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("berita", "medsos", "aduan", name="channel", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("every_minutes", sa.Integer(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("government", sa.Boolean(), nullable=False),
        sa.Column("next_poll_at", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("polled_at", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("worked_at", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(length=300), nullable=False),
        sa.Column("etag", sa.String(length=300), nullable=False),
        sa.Column("last_modified", sa.String(length=100), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("secret_salt", sa.String(length=32), nullable=False),
        sa.Column("old_secret_salt", sa.String(length=32), nullable=False),
        sa.Column("old_secret_until", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("name", name=op.f("uq_source_name")),
    )
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_next_poll_at"), ["next_poll_at"], unique=False)

    op.create_table(
        "ticket_count",
        sa.Column("opd_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "new",
                "forwarded",
                "in_progress",
                "contested",
                "on_hold",
                "awaiting_approval",
                "under_review",
                "needs_work",
                "resolved",
                "closed",
                "other_authority",
                "awaiting_budget",
                "archived",
                name="state",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("opd_id", "state", name=op.f("pk_ticket_count")),
    )
    op.create_table(
        "work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("ref_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=120), nullable=True),
        sa.Column(
            "state",
            sa.Enum("waiting", "leased", "done", "dead", "held", name="workstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try", app.extensions.UtcDateTime(), nullable=False),
        sa.Column("lease_until", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("lease_token", sa.String(length=160), nullable=True),
        sa.Column("last_error", sa.String(length=500), nullable=True),
        sa.Column("created_at", app.extensions.UtcDateTime(), nullable=False),
        sa.Column("finished_at", app.extensions.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work")),
        sa.UniqueConstraint("key", name=op.f("uq_work_key")),
    )
    with op.batch_alter_table("work", schema=None) as batch_op:
        batch_op.create_index("ix_work_due", ["state", "next_try"], unique=False)
        batch_op.create_index("ix_work_ref", ["kind", "ref_id"], unique=False)

    op.create_table(
        "event_text",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("redacted_at", app.extensions.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_text_event_id_event")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_text")),
    )
    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("opd_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("diskominfo", "admin_opd", "narahubung", "pimpinan", name="role", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum("definitif", "plt", "plh", "sementara", name="seatkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("created_at", app.extensions.UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("proposed_name", sa.String(length=200), nullable=False),
        sa.Column("moved_at", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("ended_at", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["opd_id"], ["opd.id"], name=op.f("fk_seat_opd_id_opd")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_seat_person_id_person")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["seat.id"], name=op.f("fk_seat_proposed_by_id_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index("ix_seat_opd_role", ["opd_id", "role"], unique=False)
        batch_op.create_index(batch_op.f("ix_seat_person_id"), ["person_id"], unique=False)

    op.create_table(
        "webhook_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("webhook_id", sa.String(length=200), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("received_at", app.extensions.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_webhook_delivery_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_delivery")),
        sa.UniqueConstraint("source_id", "webhook_id", name=op.f("uq_webhook_delivery_source_id")),
    )
    with op.batch_alter_table("webhook_delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_webhook_delivery_received_at"), ["received_at"], unique=False)

    op.create_table(
        "ingest_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "running", "done", "refused", name="runstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("seat_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("raw_key", sa.String(length=64), nullable=False),
        sa.Column("started_at", app.extensions.UtcDateTime(), nullable=False),
        sa.Column("finished_at", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("rows_total", sa.Integer(), nullable=True),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("repeated", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_ingest_run_seat_id_seat")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_ingest_run_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ingest_run")),
    )
    with op.batch_alter_table("ingest_run", schema=None) as batch_op:
        batch_op.create_index("ix_ingest_run_source", ["source_id", "id"], unique=False)

    op.create_table(
        "login_session",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("created_at", app.extensions.UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", app.extensions.UtcDateTime(), nullable=False),
        sa.Column("expires_at", app.extensions.UtcDateTime(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_login_session_person_id_person")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_login_session_seat_id_seat")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_login_session")),
    )
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_session_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_login_session_seat_id"), ["seat_id"], unique=False)

    op.create_table(
        "personal_link",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", app.extensions.UtcDateTime(), nullable=False),
        sa.Column("expires_at", app.extensions.UtcDateTime(), nullable=False),
        sa.Column("ended_at", app.extensions.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_personal_link_person_id_person")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_personal_link_seat_id_seat")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_personal_link")),
    )
    with op.batch_alter_table("personal_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_personal_link_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_personal_link_seat_id"), ["seat_id"], unique=False)
        batch_op.create_index("ix_personal_link_subject", ["subject", "seat_id"], unique=False)

    op.create_table(
        "ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("safe_title", sa.String(length=300), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column(
            "ticket_class",
            sa.Enum(
                "media",
                "informasi",
                "aspirasi",
                "aduan",
                "berkadar_pengawasan",
                name="ticketclass",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "level",
            sa.Enum("biasa", "segera", "sangat_segera", "krisis", name="level", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("crisis_proposed", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "new",
                "forwarded",
                "in_progress",
                "contested",
                "on_hold",
                "awaiting_approval",
                "under_review",
                "needs_work",
                "resolved",
                "closed",
                "other_authority",
                "awaiting_budget",
                "archived",
                name="state",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column(
            "turn", sa.Enum("centre", "opd", "nobody", name="turn", native_enum=False, length=32), nullable=False
        ),
        sa.Column("lead_opd_id", sa.Integer(), nullable=True),
        sa.Column("seat_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", app.extensions.UtcDateTime(), nullable=False),
        sa.Column("received_at", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("taken_on_at", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("objected_at", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("react_by", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("due_at", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("due_reason", sa.String(length=300), nullable=False),
        sa.Column("paused_at", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("ended_at", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("hold_until", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("budget_year", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("alerts", sa.Integer(), nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lead_opd_id"], ["opd.id"], name=op.f("fk_ticket_lead_opd_id_opd")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_ticket_seat_id_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.create_index("ix_ticket_crisis", ["crisis_proposed", "open", "opened_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_ticket_hold_until"), ["hold_until"], unique=False)
        batch_op.create_index("ix_ticket_lead_ended", ["lead_opd_id", "ended_at"], unique=False)
        batch_op.create_index("ix_ticket_lead_open_due", ["lead_opd_id", "open", "due_at", "id"], unique=False)
        batch_op.create_index("ix_ticket_lead_open_new", ["lead_opd_id", "open", "opened_at", "id"], unique=False)
        batch_op.create_index("ix_ticket_lead_state_new", ["lead_opd_id", "state", "opened_at", "id"], unique=False)
        batch_op.create_index("ix_ticket_lead_turn_new", ["lead_opd_id", "turn", "opened_at", "id"], unique=False)
        batch_op.create_index("ix_ticket_open_due", ["open", "due_at", "id"], unique=False)
        batch_op.create_index("ix_ticket_open_new", ["open", "opened_at", "id"], unique=False)
        batch_op.create_index("ix_ticket_seat", ["seat_id", "open"], unique=False)
        batch_op.create_index("ix_ticket_state_new", ["state", "opened_at", "id"], unique=False)
        batch_op.create_index("ix_ticket_turn_new", ["turn", "opened_at", "id"], unique=False)

    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("media", sa.String(length=120), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("berita", "medsos", "aduan", name="channel", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("published_at", app.extensions.UtcDateTime(), nullable=False),
        sa.Column("date_doubtful", sa.Boolean(), nullable=False),
        sa.Column("fetched_at", app.extensions.UtcDateTime(), nullable=False),
        sa.Column("reach", sa.Integer(), nullable=True),
        sa.Column(
            "tone_source",
            sa.Enum("negative", "neutral", "positive", name="tone", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column(
            "tone_final",
            sa.Enum("negative", "neutral", "positive", name="tone", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column(
            "tone", sa.Enum("negative", "neutral", "positive", name="tone", native_enum=False, length=32), nullable=True
        ),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("hint_opd_id", sa.Integer(), nullable=True),
        sa.Column("hints", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("new", "ticketed", "ignored", name="alertstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("ignored_reason", sa.String(length=32), nullable=False),
        sa.Column("sightings", sa.Integer(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("safe_title", sa.String(length=300), nullable=False),
        sa.Column("raw", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["hint_opd_id"], ["opd.id"], name=op.f("fk_alert_hint_opd_id_opd")),
        sa.ForeignKeyConstraint(["run_id"], ["ingest_run.id"], name=op.f("fk_alert_run_id_ingest_run")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_alert_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
    )
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.create_index("ix_alert_published", ["published_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alert_run_id"), ["run_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alert_source_id"), ["source_id"], unique=False)
        batch_op.create_index("ix_alert_state_channel", ["state", "channel", "published_at", "id"], unique=False)
        batch_op.create_index("ix_alert_state_hint", ["state", "hint_opd_id", "published_at", "id"], unique=False)
        batch_op.create_index("ix_alert_state_published", ["state", "published_at", "id"], unique=False)
        batch_op.create_index("ix_alert_state_source", ["state", "source_id", "published_at", "id"], unique=False)
        batch_op.create_index("ix_alert_state_tone", ["state", "tone", "published_at", "id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("opd_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.Enum("first_statement", "full", name="answerkind", native_enum=False, length=32), nullable=False
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.String(length=200), nullable=False),
        sa.Column("submitted_at", app.extensions.UtcDateTime(), nullable=False),
        sa.Column("approved_at", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_by", sa.String(length=200), nullable=False),
        sa.Column("approval_basis", sa.String(length=500), nullable=False),
        sa.Column("accepted_at", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("returned_at", app.extensions.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["approved_by_id"], ["seat.id"], name=op.f("fk_answer_approved_by_id_seat")),
        sa.ForeignKeyConstraint(["opd_id"], ["opd.id"], name=op.f("fk_answer_opd_id_opd")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_answer_ticket_id_ticket")),
        sa.ForeignKeyConstraint(["written_by_id"], ["seat.id"], name=op.f("fk_answer_written_by_id_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index("ix_answer_ticket", ["ticket_id", "id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("opd_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum("internal", "shared", "answer", name="audience", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created_at", app.extensions.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["opd_id"], ["opd.id"], name=op.f("fk_evidence_opd_id_opd")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_evidence_seat_id_seat")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_evidence_ticket_id_ticket")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_ticket_id"), ["ticket_id"], unique=False)

    op.create_table(
        "former_lead",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("opd_id", sa.Integer(), nullable=False),
        sa.Column("until", app.extensions.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["opd_id"], ["opd.id"], name=op.f("fk_former_lead_opd_id_opd")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_former_lead_ticket_id_ticket")),
        sa.PrimaryKeyConstraint("ticket_id", "opd_id", name=op.f("pk_former_lead")),
    )
    with op.batch_alter_table("former_lead", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_former_lead_opd_id"), ["opd_id"], unique=False)

    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("waiting", "sent", "failed", "dropped", name="letterstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("created_at", app.extensions.UtcDateTime(), nullable=False),
        sa.Column("sent_at", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(length=300), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_letter_event_id_event")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_letter_person_id_person")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_letter_seat_id_seat")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_letter_ticket_id_ticket")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("event_id", "person_id", "kind", name=op.f("uq_letter_event_id")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_letter_state", ["state", "id"], unique=False)
        batch_op.create_index("ix_letter_thread", ["ticket_id", "person_id", "id"], unique=False)

    op.create_table(
        "named_officer",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_named_officer_person_id_person")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_named_officer_ticket_id_ticket")),
        sa.PrimaryKeyConstraint("ticket_id", "person_id", name=op.f("pk_named_officer")),
    )
    with op.batch_alter_table("named_officer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_named_officer_person_id"), ["person_id"], unique=False)

    op.create_table(
        "rejected_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("raw", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["ingest_run.id"], name=op.f("fk_rejected_row_run_id_ingest_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejected_row")),
    )
    with op.batch_alter_table("rejected_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rejected_row_run_id"), ["run_id"], unique=False)

    op.create_table(
        "alert_key",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_alert_key_alert_id_alert")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_alert_key")),
    )
    with op.batch_alter_table("alert_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_key_alert_id"), ["alert_id"], unique=False)

    op.create_table(
        "ticket_alert",
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_ticket_alert_alert_id_alert")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_alert_ticket_id_ticket")),
        sa.PrimaryKeyConstraint("alert_id", name=op.f("pk_ticket_alert")),
    )
    with op.batch_alter_table("ticket_alert", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_alert_ticket_id"), ["ticket_id"], unique=False)

    guards.protect_history()
    guards.make_searchable()


def downgrade():
    guards.unmake_searchable()
    guards.unprotect_history()
    with op.batch_alter_table("ticket_alert", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_alert_ticket_id"))

    op.drop_table("ticket_alert")
    with op.batch_alter_table("alert_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alert_key_alert_id"))

    op.drop_table("alert_key")
    with op.batch_alter_table("rejected_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rejected_row_run_id"))

    op.drop_table("rejected_row")
    with op.batch_alter_table("named_officer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_named_officer_person_id"))

    op.drop_table("named_officer")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index("ix_letter_thread")
        batch_op.drop_index("ix_letter_state")
        batch_op.drop_index(batch_op.f("ix_letter_person_id"))

    op.drop_table("letter")
    with op.batch_alter_table("former_lead", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_former_lead_opd_id"))

    op.drop_table("former_lead")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_ticket_id"))

    op.drop_table("evidence")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index("ix_answer_ticket")

    op.drop_table("answer")
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_index("ix_alert_state_tone")
        batch_op.drop_index("ix_alert_state_source")
        batch_op.drop_index("ix_alert_state_published")
        batch_op.drop_index("ix_alert_state_hint")
        batch_op.drop_index("ix_alert_state_channel")
        batch_op.drop_index(batch_op.f("ix_alert_source_id"))
        batch_op.drop_index(batch_op.f("ix_alert_run_id"))
        batch_op.drop_index("ix_alert_published")

    op.drop_table("alert")
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_index("ix_ticket_turn_new")
        batch_op.drop_index("ix_ticket_state_new")
        batch_op.drop_index("ix_ticket_seat")
        batch_op.drop_index("ix_ticket_open_new")
        batch_op.drop_index("ix_ticket_open_due")
        batch_op.drop_index("ix_ticket_lead_turn_new")
        batch_op.drop_index("ix_ticket_lead_state_new")
        batch_op.drop_index("ix_ticket_lead_open_new")
        batch_op.drop_index("ix_ticket_lead_open_due")
        batch_op.drop_index("ix_ticket_lead_ended")
        batch_op.drop_index(batch_op.f("ix_ticket_hold_until"))
        batch_op.drop_index("ix_ticket_crisis")

    op.drop_table("ticket")
    with op.batch_alter_table("personal_link", schema=None) as batch_op:
        batch_op.drop_index("ix_personal_link_subject")
        batch_op.drop_index(batch_op.f("ix_personal_link_seat_id"))
        batch_op.drop_index(batch_op.f("ix_personal_link_person_id"))

    op.drop_table("personal_link")
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_session_seat_id"))
        batch_op.drop_index(batch_op.f("ix_login_session_person_id"))

    op.drop_table("login_session")
    with op.batch_alter_table("ingest_run", schema=None) as batch_op:
        batch_op.drop_index("ix_ingest_run_source")

    op.drop_table("ingest_run")
    with op.batch_alter_table("webhook_delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_webhook_delivery_received_at"))

    op.drop_table("webhook_delivery")
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seat_person_id"))
        batch_op.drop_index("ix_seat_opd_role")

    op.drop_table("seat")
    op.drop_table("event_text")
    with op.batch_alter_table("work", schema=None) as batch_op:
        batch_op.drop_index("ix_work_ref")
        batch_op.drop_index("ix_work_due")

    op.drop_table("work")
    op.drop_table("ticket_count")
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_source_next_poll_at"))

    op.drop_table("source")
    with op.batch_alter_table("search_doc", schema=None) as batch_op:
        batch_op.drop_index("ix_search_doc_kind_id")

    op.drop_table("search_doc")
    op.drop_table("person")
    op.drop_table("opd")
    op.drop_table("holiday")
    with op.batch_alter_table("form_nonce", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_form_nonce_used_at"))

    op.drop_table("form_nonce")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index("ix_event_actor")

    op.drop_table("event")
    op.drop_table("duty")
