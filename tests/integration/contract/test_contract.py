"""The whole OpenAPI document, tried on a real server with the demo hospital by a tool that is not ours.

No request, however odd, may be a fault of ours (5xx) or be answered in another way than the document says.
What the document does not allow is refused.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from booking_api.document import text
from booking_api.routes import ROUTES
from server.embedded_postgres import EmbeddedPostgres
from tests.faults.televisit_process import TelevisitProcess

_ROOT = Path(__file__).parents[3]
_CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "missing_required_header",
    "unsupported_method",
)
_SEED = "20261123"


@pytest.fixture(scope="module")
def hospital() -> Iterator[TelevisitProcess]:
    """The demo hospital, served as it is to people."""
    server = TelevisitProcess()
    try:
        server.start()
        yield server
    finally:
        server.remove()


def _sweep(hospital: TelevisitProcess, folder: Path, *, phases: str, examples: int, within_s: int) -> None:
    (folder / "openapi.json").write_text(text(), encoding="utf-8")
    # The hooks find out whose the database is by themselves: the cluster has a socket, and no port.
    dsn = EmbeddedPostgres(hospital.folder / "postgres").dsn("televisit")
    told = {"SCHEMATHESIS_HOOKS": "tests.integration.contract.hooks", "PYTHONPATH": str(_ROOT)}
    told |= {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    told |= {"CONTRACT_DSN": dsn, "CONTRACT_URL": hospital.url}
    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "run", str(folder / "openapi.json")),
            *("--url", hospital.url, "--phases", phases, "--max-examples", str(examples), "--seed", _SEED),
            *("--checks", ",".join(_CHECKS), "--no-shrink", "--continue-on-failure", "--warnings", "off"),
            *("--generation-database", "none", "--no-color"),
        ],
        cwd=folder,
        env=told,
        capture_output=True,
        text=True,
        check=False,
        timeout=within_s,
    )
    assert done.returncode == 0, f"{done.stdout[-8000:]}\n{done.stderr[-2000:]}\n{hospital.said()}"
    assert f"Tested: {len(ROUTES)}\n" in done.stdout, "some operations were left out"


def test_a_few_requests_of_every_operation_keep_to_the_document(
    hospital: TelevisitProcess, tmp_path: Path
) -> None:
    _sweep(hospital, tmp_path, phases="fuzzing", examples=2, within_s=120)


@pytest.mark.full
def test_many_requests_of_every_operation_keep_to_the_document(
    hospital: TelevisitProcess, tmp_path: Path
) -> None:
    _sweep(hospital, tmp_path, phases="coverage,fuzzing", examples=20, within_s=900)
