"""The televisit command for tests, on a data folder of its own."""

import os
from pathlib import Path

from typer.testing import CliRunner, Result

from server.cli import app
from server.embedded_postgres import EmbeddedPostgres

NOT_OURS = ("DATABASE_URL", "REDIS_URL", "DEMO", "PORT", "HOST", "PUBLIC_URL")


class Televisit:
    """The command on one data folder. A cluster runs beside it, as while a server serves."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cluster = EmbeddedPostgres(folder / "postgres")

    def __call__(self, *args: str, given: str = "", **environ: str) -> Result:
        clean = {name: None for name in os.environ if name in NOT_OURS}
        return CliRunner().invoke(
            app, args, input=given, env={**clean, "DATA_DIR": str(self.folder), "COLUMNS": "200", **environ}
        )

    def sql(self, statement: str) -> str:
        return self.cluster.sql("televisit", statement).strip()
