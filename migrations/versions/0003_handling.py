"""Handling: tasks, authority, approvals and publication, clocks with policies, seats that move, drafts and views, papers"""

import sqlalchemy as sa
from alembic import op

import app.extensions

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('clock_policy',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(length=24), nullable=False),
    sa.Column('ticket_class', sa.Enum('media', 'informasi', 'aspirasi', 'aduan', 'berkadar_pengawasan', name='ticketclass', native_enum=False, length=32), nullable=True),
    sa.Column('level', sa.Enum('biasa', 'segera', 'sangat_segera', 'krisis', name='level', native_enum=False, length=32), nullable=True),
    sa.Column('origin', sa.Enum('media', 'sp4n', 'wartawan', 'arahan', 'lain', name='origin', native_enum=False, length=32), nullable=True),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.Column('unit', sa.String(length=24), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('basis', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clock_policy'))
    )
    with op.batch_alter_table('clock_policy', schema=None) as batch_op:
        batch_op.create_index('ix_clock_policy_what', ['what', 'effective_on'], unique=False)

    op.create_table('working_hours',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('opd_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Enum('work', 'watch', name='hourskind', native_enum=False, length=32), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('week', sa.JSON(), nullable=False),
    sa.Column('works_holidays', sa.Boolean(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('basis', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['opd_id'], ['opd.id'], name=op.f('fk_working_hours_opd_id_opd')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_working_hours'))
    )
    with op.batch_alter_table('working_hours', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_working_hours_opd_id'), ['opd_id'], unique=False)

    op.create_table('clock_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', app.extensions.UtcDateTime(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=True),
    sa.Column('says', sa.String(length=300), nullable=False),
    sa.Column('reckoned_at', app.extensions.UtcDateTime(), nullable=True),
    sa.Column('touched', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_clock_change_seat_id_seat')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clock_change'))
    )
    op.create_table('draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('field', sa.String(length=40), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('saved_at', app.extensions.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_draft_seat_id_seat')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft')),
    sa.UniqueConstraint('seat_id', 'subject', 'field', name=op.f('uq_draft_seat_id'))
    )
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_subject'), ['subject'], unique=False)

    op.create_table('saved_view',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('opd_id', sa.Integer(), nullable=True),
    sa.Column('everyone', sa.Boolean(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('path', sa.String(length=40), nullable=False),
    sa.Column('query', sa.String(length=1000), nullable=False),
    sa.Column('created_at', app.extensions.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['opd_id'], ['opd.id'], name=op.f('fk_saved_view_opd_id_opd')),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_saved_view_seat_id_seat')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_view'))
    )
    with op.batch_alter_table('saved_view', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_saved_view_opd_id'), ['opd_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_saved_view_seat_id'), ['seat_id'], unique=False)

    op.create_table('text_module',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('opd_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['opd_id'], ['opd.id'], name=op.f('fk_text_module_opd_id_opd')),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_text_module_seat_id_seat')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_text_module'))
    )
    with op.batch_alter_table('text_module', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_text_module_opd_id'), ['opd_id'], unique=False)

    op.create_table('watch_duty',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('starts_at', app.extensions.UtcDateTime(), nullable=False),
    sa.Column('ends_at', app.extensions.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_watch_duty_seat_id_seat')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_watch_duty'))
    )
    with op.batch_alter_table('watch_duty', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_watch_duty_starts_at'), ['starts_at'], unique=False)

    op.create_table('start_page',
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('view_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_start_page_seat_id_seat')),
    sa.ForeignKeyConstraint(['view_id'], ['saved_view.id'], name=op.f('fk_start_page_view_id_saved_view')),
    sa.PrimaryKeyConstraint('seat_id', name=op.f('pk_start_page'))
    )
    with op.batch_alter_table('start_page', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_start_page_view_id'), ['view_id'], unique=False)

    op.create_table('escalation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('opd_id', sa.Integer(), nullable=False),
    sa.Column('cause', sa.Enum('refusals', 'ruling', 'take_on', 'due', 'nobody', name='cause', native_enum=False, length=32), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('agenda_candidate', sa.Boolean(), nullable=False),
    sa.Column('proposed_at', app.extensions.UtcDateTime(), nullable=False),
    sa.Column('sent_to', sa.String(length=200), nullable=False),
    sa.Column('sent_by_id', sa.Integer(), nullable=True),
    sa.Column('sent_words', sa.String(), nullable=False),
    sa.Column('closed_at', app.extensions.UtcDateTime(), nullable=True),
    sa.Column('closed_as', sa.String(length=16), nullable=False),
    sa.ForeignKeyConstraint(['sent_by_id'], ['seat.id'], name=op.f('fk_escalation_sent_by_id_seat')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_escalation_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_escalation')),
    sa.UniqueConstraint('ticket_id', 'task_id', 'cause', 'opd_id', name=op.f('uq_escalation_ticket_id'))
    )
    with op.batch_alter_table('escalation', schema=None) as batch_op:
        batch_op.create_index('ix_escalation_open', ['closed_at', 'id'], unique=False)

    op.create_table('reminder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(length=16), nullable=False),
    sa.Column('started_at', app.extensions.UtcDateTime(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('at', app.extensions.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_reminder_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder')),
    sa.UniqueConstraint('ticket_id', 'task_id', 'what', 'started_at', 'step', name=op.f('uq_reminder_ticket_id'))
    )
    op.create_table('paper',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('surat_permintaan', 'klarifikasi', 'hak_jawab', 'hak_koreksi', name='paperkind', native_enum=False, length=32), nullable=False),
    sa.Column('opd_id', sa.Integer(), nullable=False),
    sa.Column('to_opd_id', sa.Integer(), nullable=True),
    sa.Column('stage', sa.Enum('draf', 'diajukan', 'final', name='stage', native_enum=False, length=32), nullable=False),
    sa.Column('number', sa.String(length=120), nullable=False),
    sa.Column('dated', sa.Date(), nullable=True),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('made_at', app.extensions.UtcDateTime(), nullable=False),
    sa.Column('final_at', app.extensions.UtcDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['opd_id'], ['opd.id'], name=op.f('fk_paper_opd_id_opd')),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_paper_seat_id_seat')),
    sa.ForeignKeyConstraint(['to_opd_id'], ['opd.id'], name=op.f('fk_paper_to_opd_id_opd')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper'))
    )
    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.create_index('ix_paper_office', ['opd_id', 'id'], unique=False)
        batch_op.create_index('ix_paper_receiver', ['to_opd_id', 'id'], unique=False)

    op.create_table('paper_ticket',
    sa.Column('paper_id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['paper_id'], ['paper.id'], name=op.f('fk_paper_ticket_paper_id_paper')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_paper_ticket_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('paper_id', 'ticket_id', name=op.f('pk_paper_ticket'))
    )
    with op.batch_alter_table('paper_ticket', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_ticket_ticket_id'), ['ticket_id'], unique=False)

    op.create_table('ruling',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('asked_of', sa.String(length=200), nullable=False),
    sa.Column('question', sa.String(length=1000), nullable=False),
    sa.Column('asked_at', app.extensions.UtcDateTime(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('ruled_on', sa.Date(), nullable=True),
    sa.Column('ruled_by', sa.String(length=200), nullable=False),
    sa.Column('basis', sa.String(length=500), nullable=False),
    sa.Column('opd_id', sa.Integer(), nullable=True),
    sa.Column('closed_at', app.extensions.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['asked_by_id'], ['seat.id'], name=op.f('fk_ruling_asked_by_id_seat')),
    sa.ForeignKeyConstraint(['opd_id'], ['opd.id'], name=op.f('fk_ruling_opd_id_opd')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ruling_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ruling'))
    )
    with op.batch_alter_table('ruling', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ruling_ticket_id'), ['ticket_id'], unique=False)

    op.create_table('shift_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(length=2000), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('written_by', sa.String(length=200), nullable=False),
    sa.Column('written_at', app.extensions.UtcDateTime(), nullable=False),
    sa.Column('done_at', app.extensions.UtcDateTime(), nullable=True),
    sa.Column('done_by', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_shift_note_seat_id_seat')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shift_note'))
    )
    with op.batch_alter_table('shift_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shift_note_done_at'), ['done_at'], unique=False)

    op.create_table('task',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('opd_id', sa.Integer(), nullable=False),
    sa.Column('contact_opd_id', sa.Integer(), nullable=True),
    sa.Column('seat_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('state', sa.Enum('open', 'in_progress', 'contested', 'submitted', 'accepted', 'dropped', name='taskstate', native_enum=False, length=32), nullable=False),
    sa.Column('open', sa.Boolean(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', app.extensions.UtcDateTime(), nullable=False),
    sa.Column('received_at', app.extensions.UtcDateTime(), nullable=False),
    sa.Column('taken_on_at', app.extensions.UtcDateTime(), nullable=True),
    sa.Column('objected_at', app.extensions.UtcDateTime(), nullable=True),
    sa.Column('due_at', app.extensions.UtcDateTime(), nullable=True),
    sa.Column('due_reason', sa.String(length=300), nullable=False),
    sa.Column('due_sum', sa.JSON(), nullable=False),
    sa.Column('step_at', app.extensions.UtcDateTime(), nullable=True),
    sa.Column('paused_at', app.extensions.UtcDateTime(), nullable=True),
    sa.Column('hold_until', app.extensions.UtcDateTime(), nullable=True),
    sa.Column('hold_reason', sa.String(length=300), nullable=False),
    sa.Column('ended_at', app.extensions.UtcDateTime(), nullable=True),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('answered_by', sa.String(length=200), nullable=False),
    sa.Column('answered_at', app.extensions.UtcDateTime(), nullable=True),
    sa.Column('approved_by', sa.String(length=200), nullable=False),
    sa.Column('approval_basis', sa.String(length=500), nullable=False),
    sa.Column('proposed', sa.String(length=80), nullable=False),
    sa.Column('refusals', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contact_opd_id'], ['opd.id'], name=op.f('fk_task_contact_opd_id_opd')),
    sa.ForeignKeyConstraint(['created_by_id'], ['seat.id'], name=op.f('fk_task_created_by_id_seat')),
    sa.ForeignKeyConstraint(['opd_id'], ['opd.id'], name=op.f('fk_task_opd_id_opd')),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_task_seat_id_seat')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_task_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task')),
    sa.UniqueConstraint('ticket_id', 'number', name=op.f('uq_task_ticket_id'))
    )
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_task_step_at'), ['step_at'], unique=False)
        batch_op.create_index('ix_task_contact_open', ['contact_opd_id', 'open', 'due_at', 'id'], unique=False)
        batch_op.create_index('ix_task_opd_open', ['opd_id', 'open', 'due_at', 'id'], unique=False)
        batch_op.create_index('ix_task_open_due', ['open', 'due_at', 'id'], unique=False)

    op.create_table('former_task',
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('opd_id', sa.Integer(), nullable=False),
    sa.Column('until', app.extensions.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['opd_id'], ['opd.id'], name=op.f('fk_former_task_opd_id_opd')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_former_task_task_id_task')),
    sa.PrimaryKeyConstraint('task_id', 'opd_id', name=op.f('pk_former_task'))
    )
    with op.batch_alter_table('former_task', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_former_task_opd_id'), ['opd_id'], unique=False)

    op.create_table('letter_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=True),
    sa.Column('what', sa.String(length=16), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_letter_item_letter_id_letter')),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_letter_item_seat_id_seat')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_letter_item_task_id_task')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_letter_item_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_item'))
    )
    with op.batch_alter_table('letter_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_letter_item_letter_id'), ['letter_id'], unique=False)

    op.create_table('field_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=True),
    sa.Column('opd_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('to_name', sa.String(length=200), nullable=False),
    sa.Column('to_email', sa.String(length=254), nullable=False),
    sa.Column('question', sa.String(length=1000), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', app.extensions.UtcDateTime(), nullable=False),
    sa.Column('expires_at', app.extensions.UtcDateTime(), nullable=False),
    sa.Column('ended_at', app.extensions.UtcDateTime(), nullable=True),
    sa.Column('finding', sa.String(length=16), nullable=False),
    sa.Column('words', sa.String(length=2000), nullable=False),
    sa.Column('needs_until', app.extensions.UtcDateTime(), nullable=True),
    sa.Column('answered_at', app.extensions.UtcDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['asked_by_id'], ['seat.id'], name=op.f('fk_field_request_asked_by_id_seat')),
    sa.ForeignKeyConstraint(['opd_id'], ['opd.id'], name=op.f('fk_field_request_opd_id_opd')),
    sa.ForeignKeyConstraint(['task_id'], ['task.id'], name=op.f('fk_field_request_task_id_task')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_field_request_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_field_request')),
    sa.UniqueConstraint('digest', name=op.f('uq_field_request_digest'))
    )
    with op.batch_alter_table('field_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_field_request_task_id'), ['task_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_field_request_ticket_id'), ['ticket_id'], unique=False)

    op.create_table('head_approval',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('answer_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('position', sa.String(length=200), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', app.extensions.UtcDateTime(), nullable=False),
    sa.Column('expires_at', app.extensions.UtcDateTime(), nullable=False),
    sa.Column('ended_at', app.extensions.UtcDateTime(), nullable=True),
    sa.Column('decided_at', app.extensions.UtcDateTime(), nullable=True),
    sa.Column('decision', sa.String(length=16), nullable=False),
    sa.Column('words', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['answer_id'], ['answer.id'], name=op.f('fk_head_approval_answer_id_answer')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['seat.id'], name=op.f('fk_head_approval_asked_by_id_seat')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_head_approval')),
    sa.UniqueConstraint('digest', name=op.f('uq_head_approval_digest'))
    )
    with op.batch_alter_table('head_approval', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_head_approval_answer_id'), ['answer_id'], unique=False)

    op.create_table('publication',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=False),
    sa.Column('answer_id', sa.Integer(), nullable=True),
    sa.Column('channel', sa.String(length=80), nullable=False),
    sa.Column('url', sa.String(length=2000), nullable=False),
    sa.Column('published_at', app.extensions.UtcDateTime(), nullable=False),
    sa.Column('spokesperson', sa.String(length=200), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('created_at', app.extensions.UtcDateTime(), nullable=False),
    sa.Column('withdrawn_at', app.extensions.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['answer_id'], ['answer.id'], name=op.f('fk_publication_answer_id_answer')),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_publication_seat_id_seat')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_publication_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publication'))
    )
    with op.batch_alter_table('publication', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_publication_ticket_id'), ['ticket_id'], unique=False)

    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('response', sa.Enum('repair', 'information', 'clarification', 'budget', 'other_authority', name='responsekind', native_enum=False, length=32), nullable=True))
        batch_op.add_column(sa.Column('redacted_text', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('redacted_by', sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column('redacted_at', app.extensions.UtcDateTime(), nullable=True))

    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.add_column(sa.Column('task_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('field_request_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_evidence_task_id'), ['task_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_field_request_id'), ['field_request_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_evidence_field_request_id_field_request'), 'field_request', ['field_request_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_evidence_task_id_task'), 'task', ['task_id'], ['id'])

    with op.batch_alter_table('holiday', schema=None) as batch_op:
        batch_op.add_column(sa.Column('local', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('basis', sa.String(length=200), server_default="", nullable=False))

    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.add_column(sa.Column('task_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('ref_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_letter_task_id'), ['task_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_letter_task_id_task'), 'task', ['task_id'], ['id'])

    with op.batch_alter_table('named_officer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('deputy', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('until', app.extensions.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('reason', sa.String(length=300), server_default="", nullable=False))

    with op.batch_alter_table('opd', schema=None) as batch_op:
        batch_op.add_column(sa.Column('address', sa.String(length=300), server_default="", nullable=False))
        batch_op.add_column(sa.Column('logo_key', sa.String(length=64), server_default="", nullable=False))
        batch_op.add_column(sa.Column('head_name', sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column('head_position', sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column('head_kind', sa.Enum('definitif', 'plt', 'plh', 'sementara', name='seatkind', native_enum=False, length=32), server_default="definitif", nullable=False))
        batch_op.add_column(sa.Column('head_nip', sa.String(length=40), server_default="", nullable=False))
        batch_op.add_column(sa.Column('head_rank', sa.String(length=80), server_default="", nullable=False))
        batch_op.add_column(sa.Column('head_email', sa.String(length=254), server_default="", nullable=False))
        batch_op.add_column(sa.Column('head_phone', sa.String(length=40), server_default="", nullable=False))
        batch_op.add_column(sa.Column('head_approval', sa.Enum('never', 'statements', 'always', name='headapproves', native_enum=False, length=32), server_default="statements", nullable=False))

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('rank', sa.String(length=80), server_default="", nullable=False))
        batch_op.add_column(sa.Column('position', sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column('shared', sa.Boolean(), server_default=sa.false(), nullable=False))

    op.create_table('mailbox_name',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('used_at', app.extensions.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_mailbox_name_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', 'name', name=op.f('pk_mailbox_name'))
    )
    op.create_table('people_sheet',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('raw_key', sa.String(length=64), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'ready', 'applying', 'applied', 'refused', name='sheetstate', native_enum=False, length=32), nullable=False),
    sa.Column('trouble', sa.String(length=500), nullable=False),
    sa.Column('rows', sa.JSON(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('confirmed', sa.String(length=64), nullable=False),
    sa.Column('invites', sa.Boolean(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('created_at', app.extensions.UtcDateTime(), nullable=False),
    sa.Column('finished_at', app.extensions.UtcDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_people_sheet_seat_id_seat')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people_sheet'))
    )
    with op.batch_alter_table('login_session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('acting_name', sa.String(length=80), server_default="", nullable=False))

    with op.batch_alter_table('personal_link', schema=None) as batch_op:
        batch_op.add_column(sa.Column('opened_at', app.extensions.UtcDateTime(), nullable=True))

    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.add_column(sa.Column('follows_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('welcomed_at', app.extensions.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('deputy_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('away_from', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('away_until', sa.Date(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_seat_deputy_id_seat'), 'seat', ['deputy_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_seat_follows_id_seat'), 'seat', ['follows_id'], ['id'])

    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.add_column(sa.Column('child_case', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('safe_summary', sa.String(length=600), server_default="", nullable=False))
        batch_op.add_column(sa.Column('case_reference', sa.String(length=120), server_default="", nullable=False))
        batch_op.add_column(sa.Column('origin', sa.Enum('media', 'sp4n', 'wartawan', 'arahan', 'lain', name='origin', native_enum=False, length=32), server_default="media", nullable=False))
        batch_op.add_column(sa.Column('truth', sa.Enum('unverified', 'true', 'partly', 'false', 'hoax', name='truth', native_enum=False, length=32), server_default="unverified", nullable=False))
        batch_op.add_column(sa.Column('truth_basis', sa.String(length=500), server_default="", nullable=False))
        batch_op.add_column(sa.Column('provisional', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('due_sum', sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column('rule_by', app.extensions.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('step_at', app.extensions.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('first_stated_at', app.extensions.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('clock_change_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('open_tasks', sa.Integer(), server_default="0", nullable=False))
        batch_op.create_index(batch_op.f('ix_ticket_step_at'), ['step_at'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_ticket_clock_change_id_clock_change'), 'clock_change', ['clock_change_id'], ['id'])

    # Clocks that run already have their reminders looked at once; the look finds the next instant.
    op.execute("UPDATE ticket SET step_at = received_at WHERE open AND paused_at IS NULL AND due_at IS NOT NULL")


def downgrade():
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ticket_step_at'))
        batch_op.drop_column('step_at')
        batch_op.drop_constraint(batch_op.f('fk_ticket_clock_change_id_clock_change'), type_='foreignkey')
        batch_op.drop_column('open_tasks')
        batch_op.drop_column('clock_change_id')
        batch_op.drop_column('first_stated_at')
        batch_op.drop_column('rule_by')
        batch_op.drop_column('due_sum')
        batch_op.drop_column('provisional')
        batch_op.drop_column('truth_basis')
        batch_op.drop_column('truth')
        batch_op.drop_column('origin')
        batch_op.drop_column('case_reference')
        batch_op.drop_column('safe_summary')
        batch_op.drop_column('child_case')

    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_seat_follows_id_seat'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_seat_deputy_id_seat'), type_='foreignkey')
        batch_op.drop_column('away_until')
        batch_op.drop_column('away_from')
        batch_op.drop_column('deputy_id')
        batch_op.drop_column('welcomed_at')
        batch_op.drop_column('follows_id')

    with op.batch_alter_table('personal_link', schema=None) as batch_op:
        batch_op.drop_column('opened_at')

    with op.batch_alter_table('login_session', schema=None) as batch_op:
        batch_op.drop_column('acting_name')

    with op.batch_alter_table('letter_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_letter_item_letter_id'))

    op.drop_table('letter_item')
    op.drop_table('people_sheet')
    op.drop_table('mailbox_name')

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('shared')
        batch_op.drop_column('position')
        batch_op.drop_column('rank')

    with op.batch_alter_table('opd', schema=None) as batch_op:
        batch_op.drop_column('head_approval')
        batch_op.drop_column('head_phone')
        batch_op.drop_column('head_email')
        batch_op.drop_column('head_rank')
        batch_op.drop_column('head_nip')
        batch_op.drop_column('head_kind')
        batch_op.drop_column('head_position')
        batch_op.drop_column('head_name')
        batch_op.drop_column('logo_key')
        batch_op.drop_column('address')

    op.execute("DELETE FROM named_officer WHERE until IS NOT NULL")  # or an emergency opening would last for ever
    with op.batch_alter_table('named_officer', schema=None) as batch_op:
        batch_op.drop_column('reason')
        batch_op.drop_column('until')
        batch_op.drop_column('deputy')

    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_letter_task_id_task'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_letter_task_id'))
        batch_op.drop_column('ref_id')
        batch_op.drop_column('task_id')

    with op.batch_alter_table('holiday', schema=None) as batch_op:
        batch_op.drop_column('basis')
        batch_op.drop_column('local')

    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_evidence_task_id_task'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_evidence_field_request_id_field_request'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_evidence_field_request_id'))
        batch_op.drop_index(batch_op.f('ix_evidence_task_id'))
        batch_op.drop_column('field_request_id')
        batch_op.drop_column('task_id')

    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.drop_column('redacted_at')
        batch_op.drop_column('redacted_by')
        batch_op.drop_column('redacted_text')
        batch_op.drop_column('response')

    with op.batch_alter_table('publication', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_publication_ticket_id'))

    op.drop_table('publication')
    with op.batch_alter_table('head_approval', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_head_approval_answer_id'))

    op.drop_table('head_approval')
    with op.batch_alter_table('field_request', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_field_request_ticket_id'))
        batch_op.drop_index(batch_op.f('ix_field_request_task_id'))

    op.drop_table('field_request')
    with op.batch_alter_table('former_task', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_former_task_opd_id'))

    op.drop_table('former_task')
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.drop_index('ix_task_open_due')
        batch_op.drop_index('ix_task_opd_open')
        batch_op.drop_index('ix_task_contact_open')
        batch_op.drop_index(batch_op.f('ix_task_step_at'))

    op.drop_table('task')
    with op.batch_alter_table('shift_note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_shift_note_done_at'))

    op.drop_table('shift_note')
    with op.batch_alter_table('ruling', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ruling_ticket_id'))

    op.drop_table('ruling')
    with op.batch_alter_table('paper_ticket', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_ticket_ticket_id'))

    op.drop_table('paper_ticket')
    with op.batch_alter_table('paper', schema=None) as batch_op:
        batch_op.drop_index('ix_paper_receiver')
        batch_op.drop_index('ix_paper_office')

    op.drop_table('paper')
    with op.batch_alter_table('escalation', schema=None) as batch_op:
        batch_op.drop_index('ix_escalation_open')

    op.drop_table('escalation')
    op.drop_table('reminder')
    with op.batch_alter_table('start_page', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_start_page_view_id'))

    op.drop_table('start_page')
    with op.batch_alter_table('watch_duty', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_watch_duty_starts_at'))

    op.drop_table('watch_duty')
    with op.batch_alter_table('text_module', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_text_module_opd_id'))

    op.drop_table('text_module')
    with op.batch_alter_table('saved_view', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_saved_view_seat_id'))
        batch_op.drop_index(batch_op.f('ix_saved_view_opd_id'))

    op.drop_table('saved_view')
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_subject'))

    op.drop_table('draft')
    op.drop_table('clock_change')
    with op.batch_alter_table('working_hours', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_working_hours_opd_id'))

    op.drop_table('working_hours')
    with op.batch_alter_table('clock_policy', schema=None) as batch_op:
        batch_op.drop_index('ix_clock_policy_what')

    op.drop_table('clock_policy')
