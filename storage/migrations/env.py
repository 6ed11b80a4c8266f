"""How Alembic runs the migrations: on the connection it is given, in that connection's transaction."""

from __future__ import annotations

from alembic import context

from storage.schema import metadata, version

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=version.name,
    render_as_batch=True,  # SQLite changes a table by making it anew
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
