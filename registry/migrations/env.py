"""How Alembic reaches the database: through the connection that `registry.migrating` hands over."""

from __future__ import annotations

from alembic import context

from registry.migrating import is_ours
from registry.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_name=is_ours,
    compare_type=True,
)
# The transaction, and with it the lock, belongs to the caller.
context.run_migrations()
