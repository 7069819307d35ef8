"""How plans lie in the database: the head of each, every version of it, who did what, who may."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, MetaData, String, Table, Text

METADATA = MetaData(
    naming_convention={"pk": "pk_%(table_name)s", "fk": "fk_%(table_name)s_%(referred_table_name)s"}
)

PLANS = Table(
    "plans",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("deleted", Boolean, nullable=False),
)
"""The newest version of each plan; the row is what two writers compete for."""

VERSIONS = Table(
    "plan_versions",
    METADATA,
    Column("plan_id", String(64), ForeignKey("plans.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("at", String(40), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("action", String(20), nullable=False),
    Column("document", Text, nullable=False),
)
"""Rows are added and never changed."""

AUDIT = Table(
    "plan_audit",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("at", String(40), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("action", String(20), nullable=False),
    Column("plan_id", String(64), nullable=False),
    Column("version", Integer, nullable=False),
)
"""What was done in this store, imports too; rows are added and never changed."""

TOKENS = Table(
    "plan_tokens",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("scope", String(10), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("created", String(40), nullable=False),
    Column("expires", String(10), nullable=True),
    Column("last_used", String(10), nullable=True),
    Column("revoked", String(40), nullable=True),
)
"""Who may reach the plans over HTTP; of a token the digest of its secret only. Rows are never deleted."""
