"""What the web app's own verifier is held against: proofs, notes and receipts made by these modules.

`python -m tests.unit.chat_archive.test_web_vectors` writes the file anew after a change of the format.
"""

import asyncio
import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

from chat_archive.checkpoint import Checkpoint
from chat_archive.merkle import leaf_hash, root_of
from chat_archive.note import KeyKind, Note, Signer, cosign, parse_note, sign
from chat_archive.proof_file import ProofFile
from chat_archive.tiles import WIDTH, consistency_path, inclusion_path, tile_path

FILE = Path(__file__).parents[3] / "web" / "src" / "shared" / "archive" / "vectors.json"
_SIZES = (1, 2, 3, 7, 8, 255, 256, 257, 600)
_SEEN_AT = 1_795_420_800


def _signer(name: str, kind: KeyKind) -> Signer:
    return Signer(name, kind, sha256(name.encode()).digest())


def _text(value: bytes) -> str:
    return b64encode(value).decode()


async def _vectors() -> dict[str, Any]:
    leaves = [leaf_hash(sha256(b"entry %d" % at).digest()) for at in range(max(_SIZES))]

    async def read_tile(level: int, n: int, width: int) -> bytes:
        span = WIDTH**level
        return b"".join(
            root_of(leaves[at * span : (at + 1) * span]) for at in range(n * WIDTH, n * WIDTH + width)
        )

    log = _signer("hospital.example/log", KeyKind.ED25519)
    witness = _signer("witness.example/w1", KeyKind.COSIGNATURE)
    size = _SIZES[-1]
    text = Checkpoint(log.name, size, root_of(leaves)).text()
    signed = parse_note(sign(text, [log]))
    note = Note(signed.text, (*signed.signatures, cosign(text, witness, _SEEN_AT))).format()
    index = 256
    return {
        "log_key": log.verifier.format(),
        "witness_key": witness.verifier.format(),
        "seen_at": _SEEN_AT,
        "note": note,
        "proof_file": ProofFile(
            index, tuple(await inclusion_path(read_tile, index, size)), note, b"x"
        ).format(),
        "trees": [
            {
                "size": at,
                "root": _text(root_of(leaves[:at])),
                "consistency": [_text(one) for one in await consistency_path(read_tile, at, size)],
                "inclusion": [_text(one) for one in await inclusion_path(read_tile, at - 1, size)],
            }
            for at in _SIZES
        ],
        "tile_paths": {str(n): tile_path(0, n, 256) for n in (0, 999, 1000, 1_234_067)},
        "partial_tile_path": tile_path(2, 1, 17),
    }


def _written() -> str:
    return json.dumps(asyncio.run(_vectors()), indent=2, ensure_ascii=False) + "\n"


def test_the_web_apps_vectors_are_what_these_modules_make() -> None:
    assert FILE.read_text(encoding="utf-8") == _written()


if __name__ == "__main__":
    FILE.write_text(_written(), encoding="utf-8")
