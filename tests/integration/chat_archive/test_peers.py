"""Our tree and our notes as independent implementations see them, in processes of their own."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chat_archive.merkle import root_of, verify_consistency, verify_inclusion
from chat_archive.note import cosign, sign
from chat_archive.tiles import EMPTY_EDGE, consistency_path, extend, inclusion_path
from tests.unit.chat_archive import trees
from tests.unit.chat_archive.keys import (
    LOG,
    ORIGIN,
    OTHER_LOG,
    OTHER_WITNESS,
    STRANGER,
    WITNESS,
    checkpoint,
    signed,
)
from tests.unit.chat_archive.trees import LEAVES, TileStore

ROOT = Path(__file__).parents[3]
MOST = 300


@pytest.fixture(scope="module")
def python() -> Path:
    """The peers' Python; their environment is made when it is not there, or not of this lock."""
    made = subprocess.run([ROOT / "scripts" / "peers-env"], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    return ROOT / "build" / "peers" / "bin" / "python"


def ask(python: Path, peer: str, given: object) -> Any:
    answer = subprocess.run(
        [python, "-I", ROOT / "tests" / "peers" / peer],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


@pytest.fixture(scope="module")
def pymerkle(python: Path) -> Any:
    return ask(python, "pymerkle_peer.py", {"leaves": [trees.leaf(index).hex() for index in range(MOST)]})


def test_the_root_of_every_size_is_pymerkles(pymerkle: Any) -> None:
    assert len(pymerkle["roots"]) == MOST + 1
    edge = EMPTY_EDGE
    for size, root in enumerate(pymerkle["roots"]):
        assert root_of(LEAVES[:size]).hex() == root
        grown = extend(edge, LEAVES[size - 1 : size] if size else [])
        assert grown.root.hex() == root
        edge = grown.edge


async def test_every_inclusion_proof_is_pymerkles_and_leads_to_its_root(pymerkle: Any) -> None:
    store = TileStore(LEAVES[:MOST])
    compared = 0
    for size, paths in enumerate(pymerkle["paths"], start=1):
        root = bytes.fromhex(pymerkle["roots"][size])
        for index, joined in enumerate(paths):
            whole = bytes.fromhex(joined)
            path = [whole[at : at + 32] for at in range(0, len(whole), 32)]
            verify_inclusion(LEAVES[index], index, size, path, root)
            if index % 7 == 0 or size in (255, 256, 257, MOST):
                assert await inclusion_path(store.read, index, size) == path
            compared += 1
    assert compared == MOST * (MOST + 1) // 2


async def test_consistency_proofs_lead_from_one_of_pymerkles_roots_to_another(pymerkle: Any) -> None:
    store = TileStore(LEAVES[:MOST])
    roots = [bytes.fromhex(root) for root in pymerkle["roots"]]
    for new in range(1, MOST + 1):
        for old in (*range(0, new, 11), new):
            path = await consistency_path(store.read, old, new)
            verify_consistency(old, new, path, roots[old], roots[new])


@pytest.fixture(scope="module")
def sigstore(python: Path) -> Any:
    public_key = Ed25519PrivateKey.from_private_bytes(LOG.private).public_key()
    encoded = public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def read(*notes: str) -> Any:
        given = {"notes": notes, "public_key": encoded.hex(), "key_id": LOG.verifier.key_id.hex()}
        return ask(python, "sigstore_peer.py", given)

    return read


def test_sigstore_reads_and_verifies_our_checkpoints(sigstore: Any) -> None:
    text = checkpoint(21).text()
    cosigned = (
        signed(21) + cosign(text, WITNESS, 1_795_420_800).line() + cosign(text, OTHER_WITNESS, 5).line()
    )
    both = sign(text, [OTHER_LOG, LOG])
    notes = [signed(size) for size in (0, 1, 21, 300)]
    *alone, with_witnesses, second = sigstore(*notes, cosigned, both)
    for size, read in zip((0, 1, 21, 300), alone, strict=True):
        assert read == {
            "origin": ORIGIN,
            "size": size,
            "root": trees.root(0, size).hex(),
            "signatures": [[LOG.name, LOG.verifier.key_id.hex()]],
        }
    assert [name for name, _ in with_witnesses["signatures"]] == [LOG.name, WITNESS.name, OTHER_WITNESS.name]
    assert second["signatures"][1] == [LOG.name, LOG.verifier.key_id.hex()]


def test_sigstore_refuses_what_we_refuse(sigstore: Any) -> None:
    good = signed(21)
    wrong = (
        good.replace("\n21\n", "\n22\n"),
        good.replace(ORIGIN, "hospital.example/lo9", 1),
        signed(21, signer=STRANGER),
        checkpoint(21).text(),
        good[:-1],
    )
    for read in sigstore(*wrong):
        assert "refused" in read
