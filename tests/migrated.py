"""A database as the migrations leave it, made once and copied for every run of the tests.

It lies in build/, or on PostgreSQL beside the database of the tests, under a name that stands for what
it was made from: a change of that makes another one. Django migrates each copy as ever, but finds
nothing left to do.
"""

import fcntl
import hashlib
import os
import platform
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import distributions
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "migrated"
IMPORTED = re.compile(r"^(?:from|import) ([\w.]+)", re.MULTILINE)


def version() -> str:
    """Stands for what decides what migrations make: they, what they import, settings, packages."""
    files = {*ROOT.glob("*/migrations/*.py"), *ROOT.glob("portal/settings/*.py")}
    for file in list(files):
        for name in IMPORTED.findall(file.read_text(encoding="utf-8")):
            module = ROOT / name.replace(".", "/")
            files.update(one for one in (module.with_suffix(".py"), *module.glob("*.py")))
    made_of = hashlib.sha256(f"{platform.python_version()} {sqlite3.sqlite_version}".encode())
    for file in sorted(file for file in files if file.is_file()):
        made_of.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    for package in sorted(f"{one.name} {one.version}" for one in distributions()):
        made_of.update(package.encode())
    return made_of.hexdigest()[:12]


def copy_to_file(file: Path) -> None:
    """Puts a migrated SQLite database there."""
    with sqlite_file() as made:
        shutil.copyfile(made, file)


def copy_to_memory(name: str) -> sqlite3.Connection:
    """Fills a database in memory that connections share; it lasts as long as one is open."""
    memory = sqlite3.connect(name, uri=True)
    with sqlite_file() as made, closing(sqlite3.connect(made)) as connection:
        connection.backup(memory)
    return memory


@contextmanager
def sqlite_file() -> Iterator[Path]:
    """The migrated SQLite database, made if it is not there, and left alone meanwhile."""
    file = FOLDER / f"{version()}.sqlite3"
    with one_at_a_time("sqlite"):
        if not file.exists():
            for old in FOLDER.glob("*.sqlite3*"):
                old.unlink()
            unfinished = file.with_suffix(".sqlite3-unfinished")
            migrate(f"sqlite:///{unfinished}")
            with closing(sqlite3.connect(unfinished)) as connection:
                connection.execute("PRAGMA journal_mode=DELETE")  # all of it in one file
            unfinished.rename(file)
        yield file


def postgresql_template(url: str) -> str:
    """The name of a migrated database beside that of the address, made if it is not there."""
    import psycopg
    from psycopg.sql import SQL, Identifier

    of = urlsplit(url).path.strip("/")
    name, unfinished = f"{of}_migrated_{version()}", f"{of}_migrated_unfinished"
    server = urlsplit(url)._replace(path="/postgres").geturl()
    with one_at_a_time("postgresql"), psycopg.connect(server, autocommit=True) as connection:
        rows = connection.execute("SELECT datname FROM pg_database").fetchall()
        found = [one for (one,) in rows if one.startswith(f"{of}_migrated_")]
        if name not in found:
            for old in found:
                connection.execute(SQL("DROP DATABASE {}").format(Identifier(old)))
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(unfinished)))
            migrate(urlsplit(url)._replace(path=f"/{unfinished}").geturl())
            rename = SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(rename.format(Identifier(unfinished), Identifier(name)))
    return name


def migrate(url: str) -> None:
    """Migrates an empty database, in a process of its own."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity=0"]
    subprocess.run(command, env=environment | {"DATABASE_URL": url}, cwd=ROOT, check=True)


@contextmanager
def one_at_a_time(what: str) -> Iterator[None]:
    """Other processes wait here, until this one is through or has died."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
