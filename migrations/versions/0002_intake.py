"""Intake: column profiles, the SP4N mirror, the shield, files and evidence of alerts, isu, letters that come in"""

import sqlalchemy as sa
from alembic import op

import app.extensions

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "isu",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("opened_at", app.extensions.UtcDateTime(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=True),
        sa.Column("root_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["into_id"], ["isu.id"], name=op.f("fk_isu_into_id_isu")),
        sa.ForeignKeyConstraint(["root_id"], ["isu.id"], name=op.f("fk_isu_root_id_isu")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_isu")),
    )
    with op.batch_alter_table("isu", schema=None) as batch_op:
        batch_op.create_index("ix_isu_opened", ["opened_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_isu_root_id"), ["root_id"], unique=False)

    op.create_table(
        "profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=True),
        sa.Column("made_at", app.extensions.UtcDateTime(), nullable=False),
        sa.Column("used_at", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_profile_seat_id_seat")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_profile_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile")),
        sa.UniqueConstraint("name", name=op.f("uq_profile_name")),
        sa.UniqueConstraint("source_id", "signature", name=op.f("uq_profile_source_id")),
    )
    op.create_table(
        "alert_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created_at", app.extensions.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_alert_file_alert_id_alert")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_alert_file_seat_id_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_file")),
    )
    with op.batch_alter_table("alert_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_file_alert_id"), ["alert_id"], unique=False)

    op.create_table(
        "isu_link",
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("isu_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", app.extensions.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_isu_link_alert_id_alert")),
        sa.ForeignKeyConstraint(["isu_id"], ["isu.id"], name=op.f("fk_isu_link_isu_id_isu")),
        sa.PrimaryKeyConstraint("alert_id", name=op.f("pk_isu_link")),
    )
    with op.batch_alter_table("isu_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_isu_link_isu_id"), ["isu_id"], unique=False)

    op.create_table(
        "mirrored",
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("tracking_id", sa.String(length=20), nullable=False),
        sa.Column("raw_state", sa.String(length=80), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "unknown",
                "unverified",
                "unanswered",
                "in_process",
                "done",
                "postponed",
                "archived",
                name="mirrorstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("category", sa.String(length=200), nullable=False),
        sa.Column("agency", sa.String(length=200), nullable=False),
        sa.Column("reporter_hidden", sa.Boolean(), nullable=False),
        sa.Column("reported_at", app.extensions.UtcDateTime(), nullable=False),
        sa.Column("data_at", app.extensions.UtcDateTime(), nullable=False),
        sa.Column("entered_at", app.extensions.UtcDateTime(), nullable=True),
        sa.Column("entered_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_mirrored_alert_id_alert")),
        sa.PrimaryKeyConstraint("alert_id", name=op.f("pk_mirrored")),
        sa.UniqueConstraint("tracking_id", name=op.f("uq_mirrored_tracking_id")),
    )
    with op.batch_alter_table("mirrored", schema=None) as batch_op:
        batch_op.create_index("ix_mirrored_state", ["state", "reported_at", "alert_id"], unique=False)

    op.create_table(
        "shielded",
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_shielded_alert_id_alert")),
        sa.PrimaryKeyConstraint("alert_id", name=op.f("pk_shielded")),
    )
    with op.batch_alter_table("ingest_run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("profile_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("data_at", app.extensions.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("asked", sa.JSON(), server_default="{}", nullable=False))
        batch_op.create_foreign_key(batch_op.f("fk_ingest_run_profile_id_profile"), "profile", ["profile_id"], ["id"])

    with op.batch_alter_table("rejected_row", schema=None) as batch_op:
        batch_op.add_column(sa.Column("settled_at", app.extensions.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("settled_as", sa.String(length=16), server_default="", nullable=False))
        batch_op.add_column(sa.Column("hidden", sa.JSON(), server_default="{}", nullable=False))

    # SQLite takes AUTOINCREMENT only with a table made anew.
    anew = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("alert", recreate=anew, table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("seen_hash", sa.String(length=64), server_default="", nullable=False))
        batch_op.add_column(sa.Column("link_checked_at", app.extensions.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("link_gone_at", app.extensions.UtcDateTime(), nullable=True))

    op.create_table(
        "inbound",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=250), nullable=False),
        sa.Column("sender", sa.String(length=250), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=True),
        sa.Column("received_at", app.extensions.UtcDateTime(), nullable=False),
        sa.Column("raw_key", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["ingest_run.id"], name=op.f("fk_inbound_run_id_ingest_run")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_inbound_seat_id_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound")),
        sa.UniqueConstraint("message_id", name=op.f("uq_inbound_message_id")),
    )
    with op.batch_alter_table("inbound", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbound_received_at"), ["received_at"], unique=False)

    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index("ix_event_kind", ["kind", "at"], unique=False)


def downgrade():
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index("ix_event_kind")

    with op.batch_alter_table("inbound", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbound_received_at"))

    op.drop_table("inbound")
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_column("link_gone_at")
        batch_op.drop_column("link_checked_at")
        batch_op.drop_column("seen_hash")

    with op.batch_alter_table("rejected_row", schema=None) as batch_op:
        batch_op.drop_column("hidden")
        batch_op.drop_column("settled_as")
        batch_op.drop_column("settled_at")

    with op.batch_alter_table("ingest_run", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_ingest_run_profile_id_profile"), type_="foreignkey")
        batch_op.drop_column("asked")
        batch_op.drop_column("data_at")
        batch_op.drop_column("profile_id")

    op.drop_table("shielded")
    with op.batch_alter_table("mirrored", schema=None) as batch_op:
        batch_op.drop_index("ix_mirrored_state")

    op.drop_table("mirrored")
    with op.batch_alter_table("isu_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_isu_link_isu_id"))

    op.drop_table("isu_link")
    with op.batch_alter_table("alert_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alert_file_alert_id"))

    op.drop_table("alert_file")
    op.drop_table("profile")
    with op.batch_alter_table("isu", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_isu_root_id"))
        batch_op.drop_index("ix_isu_opened")

    op.drop_table("isu")
