"""Tokens of those who reach the plans over HTTP."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "plan_tokens",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("scope", sa.String(10), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created", sa.String(40), nullable=False),
        sa.Column("expires", sa.String(10), nullable=True),
        sa.Column("last_used", sa.String(10), nullable=True),
        sa.Column("revoked", sa.String(40), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_plan_tokens"),
    )


def downgrade() -> None:
    """Drop it; for tests of the migrations only."""
    op.drop_table("plan_tokens")
