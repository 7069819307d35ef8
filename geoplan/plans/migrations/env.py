"""What alembic runs for every migration: the steps, on the connection of whoever opens the store."""

from alembic import context

from geoplan.plans.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table="plan_schema",
    # The transaction is that of the caller, so that nobody sees half a migration.
    transactional_ddl=True,
)
context.run_migrations()
