"""Runs in build/peers: signed checkpoints as sigstore reads and verifies those of its own log, Rekor.

Reads {"notes": [text], "public_key": hex (SubjectPublicKeyInfo), "key_id": hex}; writes for each note either
{"origin", "size", "root": hex, "signatures": [[name, hex of key id]]} or {"refused": why}.
"""

import base64
import json
import sys

from sigstore._internal.rekor.checkpoint import SignedCheckpoint
from sigstore._internal.trust import Keyring, RekorKeyring
from sigstore._utils import KeyID
from sigstore.errors import VerificationError
from sigstore_models.common.v1 import PublicKey, PublicKeyDetails

given = json.load(sys.stdin)
public_key = base64.b64encode(bytes.fromhex(given["public_key"]))
keyring = RekorKeyring(Keyring([PublicKey(raw_bytes=public_key, key_details=PublicKeyDetails.PKIX_ED25519)]))
found: list[dict[str, object]] = []
for note in given["notes"]:
    try:
        read = SignedCheckpoint.from_text(note)
        read.signed_note.verify(keyring, KeyID(bytes.fromhex(given["key_id"])))
    except VerificationError as error:
        found.append({"refused": str(error)})
        continue
    found.append(
        {
            "origin": read.checkpoint.origin,
            "size": read.checkpoint.log_size,
            "root": read.checkpoint.log_hash,
            "signatures": [[made.name, made.sig_hash.hex()] for made in read.signed_note.signatures],
        }
    )
json.dump(found, sys.stdout)
