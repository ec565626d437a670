"""A database with the two logins of docker-compose.yml, made as the PostgreSQL image makes it."""

import secrets
import subprocess
from pathlib import Path

from server.embedded_postgres import EmbeddedPostgres

_ROLES = Path(__file__).parents[1] / "deploy" / "postgres" / "roles.sql"


class HospitalDatabase:
    """An empty database of its own in the run's cluster; `owner` migrates it, `app` is the server's login."""

    def __init__(self, cluster: EmbeddedPostgres) -> None:
        self.cluster = cluster
        mark = secrets.token_hex(4)
        self.name, self.owner, self.app = f"hospital_{mark}", f"owner_{mark}", f"app_{mark}"

    def dsn(self, login: str) -> str:
        """Return how this login connects, as libpq's keywords."""
        return self.cluster.dsn(self.name, login)

    def url(self, login: str) -> str:
        """Return how this login connects, as DATABASE_URL takes it."""
        return self.cluster.url(self.name, login)

    def make(self) -> None:
        """Create the database and both logins."""
        self.cluster.sql("postgres", f'create database "{self.name}"')
        variables = {
            "database": self.name,
            "owner": self.owner,
            "owner_password": "x",
            "app": self.app,
            "app_password": "y",
        }
        subprocess.run(
            [
                self.cluster.place.programs / "bin" / "psql",
                *("-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", self.cluster.dsn(self.name), "-f", _ROLES),
                *(part for name, value in variables.items() for part in ("-v", f"{name}={value}")),
            ],
            check=True,
        )

    def psql(self, login: str, statement: str) -> "subprocess.CompletedProcess[str]":
        """Run a statement as this login; it may fail."""
        return subprocess.run(
            [
                self.cluster.place.programs / "bin" / "psql",
                *("-X", "-q", "-d", self.dsn(login), "-c", statement),
            ],
            capture_output=True,
            text=True,
            check=False,
        )

    def remove(self) -> None:
        """Drop the database, whoever uses it, and both logins."""
        self.cluster.sql("postgres", f'drop database "{self.name}" with (force)')
        for login in (self.app, self.owner):
            self.cluster.sql("postgres", f'drop role "{login}"')
