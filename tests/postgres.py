"""A private PostgreSQL server for tests: its own folder, a socket and no port, gone with the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

OWNER = "congvan"
UNPRIVILEGED = ("postgres", "nobody")
"""Accounts the server may run under when the tests run as root, which it refuses."""
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
    # Only for speed: nothing a test proves depends on surviving a power cut.
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}


def program(name: str) -> str:
    """Where a program of PostgreSQL stands; the newest version first."""
    if found := shutil.which(name):
        return found
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: float(p.parts[4]))
    return str(versions[-1])


@dataclass
class PostgresServer:
    """A running server; every database it makes is a copy of another."""

    folder: Path = field(default_factory=lambda: new_folder())
    settings: dict[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None
    _names: count[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        if self._account:
            shutil.chown(self.folder, *self._account)
        self._run(
            program("initdb"), "-D", str(self.data), "-U", OWNER, "-A", "trust", "-E", "UTF8",
            "--locale=C", "--no-sync", "--no-instructions",
        )  # fmt: skip
        self.start()

    @property
    def data(self) -> Path:
        """The server's own files."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.folder / "log"

    @property
    def process_id(self) -> int | None:
        """The server's process; each connection is a child of it."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it and wait until it answers.

        Raises:
            RuntimeError: it does not start; the end of its log says why.
        """
        options = {**SETTINGS, **self.settings, "unix_socket_directories": str(self.folder)}
        told = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*_dies_with_us(), program("postgres"), "-D", str(self.data), *told],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.folder, **self._as_account,
            )  # fmt: skip
        deadline = time.monotonic() + 30
        while True:
            try:
                self.execute("SELECT 1")
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise RuntimeError(self.log.read_text("utf-8")[-2000:]) from error
                time.sleep(0.02)
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it; SIGINT ends connections politely, SIGQUIT at once, as a crash does."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=30)
            self._process = None

    def remove(self) -> None:
        """Stop it and leave nothing behind."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder)

    def url(self, database: str) -> str:
        """How to reach a database of this server."""
        return f"postgresql://{OWNER}@/{database}?host={self.folder}"

    def create(self, template: str = "template1") -> str:
        """Make a new database like `template` and return its name."""
        name = f"t{next(self._names)}"
        self.execute("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, template)
        return name

    def drop(self, database: str) -> None:
        """Drop a database, whoever is still connected."""
        self.execute("DROP DATABASE {} WITH (FORCE)", database)

    def execute(self, statement: str, *names: str) -> None:
        """Run a statement outside any transaction; `names` are quoted into its braces."""
        with psycopg.connect(dbname="postgres", user=OWNER, host=str(self.folder), autocommit=True) as there:
            there.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]

    @property
    def _account(self) -> tuple[int, int] | None:
        """User and group the server runs under, None for our own."""
        if os.geteuid() != 0:
            return None
        known = {entry.pw_name: entry for entry in pwd.getpwall()}
        entry = next(known[name] for name in UNPRIVILEGED if name in known)
        return entry.pw_uid, entry.pw_gid

    @property
    def _as_account(self) -> dict[str, object]:
        if self._account is None:
            return {}
        user, group = self._account
        return {"user": user, "group": group, "extra_groups": []}

    def _run(self, *command: str) -> None:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=self.folder, **self._as_account
        )
        if done.returncode:
            raise RuntimeError(done.stderr)


def new_folder() -> Path:
    """In memory where there is plenty: making databases is four times as fast there."""
    memory = Path("/dev/shm")  # noqa: S108 - the system's memory folder, used through mkdtemp
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 2**30
    return Path(tempfile.mkdtemp(prefix="congvan-pg-", dir=memory if roomy else None))


def _dies_with_us() -> list[str]:
    """Even when the tests are killed the server does not stay, where the system can promise that."""
    found = shutil.which("setpriv")
    return [found, "--pdeathsig", "INT"] if found else []
