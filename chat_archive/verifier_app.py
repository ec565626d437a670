"""The standalone verifier, verify.pyz: which modules it is made of, and its one encoding.

The same modules that verify in the server, in a zip archive that Python runs; nothing but the standard
library and cryptography is needed beside it. The same version always gives the same bytes.
"""

from functools import cache
from importlib.resources import files

from chat_archive.stored_zip import write_archive

MODULES = (
    "__init__",
    "checkpoint",
    "data_keys",
    "entry",
    "invalid",
    "merkle",
    "note",
    "pack",
    "pack_check",
    "pack_command",
    "pack_reading",
    "pack_report",
    "pack_text",
    "path_table",
    "proof_file",
    "record_check",
    "signature_check",
    "stored_zip",
    "strict_json",
    "verify",
)
"""Modules of chat_archive that verify, or that those import."""

_MAIN = b'''"""Verifies an evidence pack of Televisit: python3 verify.pyz PACK.zip"""

import sys

if sys.version_info < (3, 11):
    sys.exit("This needs Python 3.11 or newer.")
try:
    import cryptography  # noqa: F401
except ImportError:
    sys.exit("This needs cryptography: python3 -m pip install cryptography")

from pathlib import Path

from chat_archive.pack_command import main

sys.exit(main(sys.argv[1:], Path(__loader__.archive).read_bytes()))
'''


@cache
def verifier_app() -> bytes:
    """Return verify.pyz."""
    package = files("chat_archive")
    modules = {f"chat_archive/{name}.py": package.joinpath(f"{name}.py").read_bytes() for name in MODULES}
    return write_archive({"__main__.py": _MAIN, **modules})
