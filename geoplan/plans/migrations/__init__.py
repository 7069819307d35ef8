"""The steps from an older layout of the database to this one, run by alembic when a store is opened."""
