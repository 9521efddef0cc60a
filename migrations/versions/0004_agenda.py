"""Agenda prioritas: matters and what they come from, rakor with guests and frozen material, plans (RTL)"""

import sqlalchemy as sa
from alembic import op

import app.extensions

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('agenda_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('sensitive', sa.Boolean(), nullable=False),
    sa.Column('question', sa.String(), nullable=False),
    sa.Column('background', sa.String(), nullable=False),
    sa.Column('cause', sa.String(), nullable=False),
    sa.Column('why', sa.String(length=300), nullable=False),
    sa.Column('lead_opd_id', sa.Integer(), nullable=True),
    sa.Column('stage', sa.Enum('proposed', 'agreed', 'approved', 'running', 'reviewed', 'dropped', name='agendastage', native_enum=False, length=32), nullable=False),
    sa.Column('instrument', sa.Enum('', 'perbup', 'se', 'program', 'anggaran', 'komunikasi', name='instrument', native_enum=False, length=32), nullable=False),
    sa.Column('narrative', sa.String(), nullable=False),
    sa.Column('spokesperson', sa.String(length=300), nullable=False),
    sa.Column('target', sa.String(length=300), nullable=False),
    sa.Column('indicator', sa.String(length=300), nullable=False),
    sa.Column('period', sa.String(length=80), nullable=False),
    sa.Column('review_on', sa.Date(), nullable=True),
    sa.Column('approval_kind', sa.Enum('', 'disposisi', 'sk', 'se', 'arahan', name='approval', native_enum=False, length=32), nullable=False),
    sa.Column('approval_number', sa.String(length=120), nullable=False),
    sa.Column('approval_on', sa.Date(), nullable=True),
    sa.Column('approval_key', sa.String(length=64), nullable=False),
    sa.Column('into_id', sa.Integer(), nullable=True),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('made_at', app.extensions.UtcDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['into_id'], ['agenda_item.id'], name=op.f('fk_agenda_item_into_id_agenda_item')),
    sa.ForeignKeyConstraint(['lead_opd_id'], ['opd.id'], name=op.f('fk_agenda_item_lead_opd_id_opd')),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_agenda_item_seat_id_seat')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agenda_item'))
    )
    with op.batch_alter_table('agenda_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agenda_item_into_id'), ['into_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_agenda_item_lead_opd_id'), ['lead_opd_id'], unique=False)
        batch_op.create_index('ix_agenda_item_stage', ['stage', 'id'], unique=False)

    op.create_table('rakor',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('topic', sa.String(length=300), nullable=False),
    sa.Column('starts_at', app.extensions.UtcDateTime(), nullable=False),
    sa.Column('place', sa.String(length=300), nullable=False),
    sa.Column('chair', sa.String(length=300), nullable=False),
    sa.Column('secretary', sa.String(length=300), nullable=False),
    sa.Column('note_taker', sa.String(length=300), nullable=False),
    sa.Column('state', sa.Enum('preparing', 'locked', 'finished', 'cancelled', name='rakorstate', native_enum=False, length=32), nullable=False),
    sa.Column('locked_at', app.extensions.UtcDateTime(), nullable=True),
    sa.Column('finished_at', app.extensions.UtcDateTime(), nullable=True),
    sa.Column('snapshot_key', sa.String(length=64), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('made_at', app.extensions.UtcDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_rakor_seat_id_seat')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rakor'))
    )
    with op.batch_alter_table('rakor', schema=None) as batch_op:
        batch_op.create_index('ix_rakor_starts', ['starts_at', 'id'], unique=False)

    op.create_table('rakor_guest',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rakor_id', sa.Integer(), nullable=False),
    sa.Column('opd_id', sa.Integer(), nullable=False),
    sa.Column('attendance', sa.Enum('unknown', 'present', 'represented', 'absent', name='attendance', native_enum=False, length=32), nullable=False),
    sa.Column('represented_by', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['opd_id'], ['opd.id'], name=op.f('fk_rakor_guest_opd_id_opd')),
    sa.ForeignKeyConstraint(['rakor_id'], ['rakor.id'], name=op.f('fk_rakor_guest_rakor_id_rakor')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rakor_guest')),
    sa.UniqueConstraint('rakor_id', 'opd_id', name=op.f('uq_rakor_guest_rakor_id'))
    )
    with op.batch_alter_table('rakor_guest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rakor_guest_opd_id'), ['opd_id'], unique=False)

    op.create_table('rakor_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rakor_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('discussion', sa.String(), nullable=False),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_rakor_item_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['rakor_id'], ['rakor.id'], name=op.f('fk_rakor_item_rakor_id_rakor')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rakor_item')),
    sa.UniqueConstraint('rakor_id', 'item_id', name=op.f('uq_rakor_item_rakor_id'))
    )
    with op.batch_alter_table('rakor_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rakor_item_item_id'), ['item_id'], unique=False)

    op.create_table('agenda_source',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('ticket_id', sa.Integer(), nullable=True),
    sa.Column('isu_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('noted_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['isu_id'], ['isu.id'], name=op.f('fk_agenda_source_isu_id_isu')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_agenda_source_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_agenda_source_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agenda_source'))
    )
    with op.batch_alter_table('agenda_source', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agenda_source_isu_id'), ['isu_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_agenda_source_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_agenda_source_ticket_id'), ['ticket_id'], unique=False)

    op.create_table('plan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('origin', sa.Enum('rakor', 'arahan', 'dprd', 'kunjungan', 'media', name='planorigin', native_enum=False, length=32), nullable=False),
    sa.Column('rakor_item_id', sa.Integer(), nullable=True),
    sa.Column('item_id', sa.Integer(), nullable=True),
    sa.Column('given_by', sa.String(length=300), nullable=False),
    sa.Column('way', sa.String(length=300), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=True),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('opd_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('instrument', sa.Enum('', 'perbup', 'se', 'program', 'anggaran', 'komunikasi', name='instrument', native_enum=False, length=32), nullable=False),
    sa.Column('indicator', sa.String(length=300), nullable=False),
    sa.Column('spokesperson', sa.String(length=300), nullable=False),
    sa.Column('state', sa.Enum('running', 'kept', 'dropped', name='planstate', native_enum=False, length=32), nullable=False),
    sa.Column('progress', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=600), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('made_at', app.extensions.UtcDateTime(), nullable=False),
    sa.Column('ended_at', app.extensions.UtcDateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_plan_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['opd_id'], ['opd.id'], name=op.f('fk_plan_opd_id_opd')),
    sa.ForeignKeyConstraint(['rakor_item_id'], ['rakor_item.id'], name=op.f('fk_plan_rakor_item_id_rakor_item')),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_plan_seat_id_seat')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan'))
    )
    with op.batch_alter_table('plan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_item_id'), ['item_id'], unique=False)
        batch_op.create_index('ix_plan_opd', ['opd_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_rakor_item_id'), ['rakor_item_id'], unique=False)
        batch_op.create_index('ix_plan_state_due', ['state', 'due_on', 'id'], unique=False)

    op.create_table('plan_support',
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('opd_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['opd_id'], ['opd.id'], name=op.f('fk_plan_support_opd_id_opd')),
    sa.ForeignKeyConstraint(['plan_id'], ['plan.id'], name=op.f('fk_plan_support_plan_id_plan')),
    sa.PrimaryKeyConstraint('plan_id', 'opd_id', name=op.f('pk_plan_support'))
    )
    with op.batch_alter_table('plan_support', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_support_opd_id'), ['opd_id'], unique=False)


def downgrade():
    with op.batch_alter_table('plan_support', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_support_opd_id'))

    op.drop_table('plan_support')
    with op.batch_alter_table('plan', schema=None) as batch_op:
        batch_op.drop_index('ix_plan_state_due')
        batch_op.drop_index(batch_op.f('ix_plan_rakor_item_id'))
        batch_op.drop_index('ix_plan_opd')
        batch_op.drop_index(batch_op.f('ix_plan_item_id'))

    op.drop_table('plan')
    with op.batch_alter_table('agenda_source', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agenda_source_ticket_id'))
        batch_op.drop_index(batch_op.f('ix_agenda_source_item_id'))
        batch_op.drop_index(batch_op.f('ix_agenda_source_isu_id'))

    op.drop_table('agenda_source')
    with op.batch_alter_table('rakor_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rakor_item_item_id'))

    op.drop_table('rakor_item')
    with op.batch_alter_table('rakor_guest', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rakor_guest_opd_id'))

    op.drop_table('rakor_guest')
    with op.batch_alter_table('rakor', schema=None) as batch_op:
        batch_op.drop_index('ix_rakor_starts')

    op.drop_table('rakor')
    with op.batch_alter_table('agenda_item', schema=None) as batch_op:
        batch_op.drop_index('ix_agenda_item_stage')
        batch_op.drop_index(batch_op.f('ix_agenda_item_lead_opd_id'))
        batch_op.drop_index(batch_op.f('ix_agenda_item_into_id'))

    op.drop_table('agenda_item')
