"""The pack's own verifier, as an auditor runs it: Python and cryptography, an empty home, nothing of ours."""

import fcntl
import io
import json
import os
import re
import subprocess
import zipfile
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types

from chat_archive import pack
from chat_archive.pack_check import verify_pack
from chat_archive.stored_zip import write_archive
from chat_archive.verifier_app import verifier_app
from tests.unit.chat_archive.packs import (
    FIRST,
    FORGER,
    LOG,
    WITNESSES,
    changed_json,
    files_of,
    policy,
    repacked,
    small_log,
    whole_pack,
)

ROOT = Path(__file__).parents[3]
OURS = ("--log-key", LOG.verifier.format())
WITNESSED = (*OURS, *(part for one in WITNESSES for part in ("--witness", one.verifier.format())))


@dataclass
class Auditor:
    """An auditor's machine: an interpreter, and a folder with a verifier that was obtained elsewhere."""

    python: Path
    folder: Path

    def verify(
        self, data: bytes, *options: str, name: str = "pack.zip"
    ) -> "subprocess.CompletedProcess[str]":
        (self.folder / name).write_bytes(data)
        return self.run(str(self.folder / "verify.pyz"), str(self.folder / name), *options)

    def run(self, *arguments: str, isolated: tuple[str, ...] = ("-I",)) -> "subprocess.CompletedProcess[str]":
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        return subprocess.run(
            [str(self.python), *isolated, *arguments],
            cwd=self.folder,
            env={"HOME": str(home)},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )


@pytest.fixture(scope="module")
def python() -> Path:
    """An interpreter that has nothing but cryptography; made once, whichever worker comes first."""
    (ROOT / "build").mkdir(exist_ok=True)
    with open(ROOT / "build" / "verifier-env.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = subprocess.run(
            [str(ROOT / "scripts" / "verifier-env")], capture_output=True, text=True, check=False
        )
    assert made.returncode == 0, made.stderr
    return ROOT / "build" / "verifier-env" / "bin" / "python"


@pytest.fixture
def auditor(python: Path, tmp_path: Path) -> Auditor:
    (tmp_path / "verify.pyz").write_bytes(verifier_app())
    return Auditor(python, tmp_path)


def test_it_has_nothing_but_cryptography(auditor: Auditor) -> None:
    listed = auditor.run(
        "-c",
        "import importlib.metadata as m; print(*sorted(d.name.lower() for d in m.distributions()))",
    ).stdout.split()
    assert set(listed) <= {"cffi", "cryptography", "pip", "pycparser", "setuptools", "typing-extensions"}
    assert "cryptography" in listed
    missing = auditor.run("-c", "import chat_archive")
    assert "ModuleNotFoundError" in missing.stderr


def test_the_three_commands_of_the_readme_verify_the_pack(auditor: Auditor) -> None:
    (auditor.folder / "PACK.zip").write_bytes(whole_pack())
    text = files_of(whole_pack())[pack.README].decode()
    commands = re.findall(r"^\d\. python3 (.*)$", text, re.MULTILINE)
    assert len(commands) == 6 and commands[:2] == commands[3:5]
    _install, unpack, verify = (command.split() for command in commands[:3])
    assert auditor.run(*unpack).returncode == 0
    done = auditor.run(*verify[: verify.index("--log-key")], *WITNESSED)
    assert (done.returncode, done.stderr) == (0, "")
    assert "INTACT against this server's key, and WITNESSED by 2." in done.stdout
    assert "并由 2 方见证" in done.stdout
    assert f"sha256 of verifier-running: {sha256(verifier_app()).hexdigest()}" in done.stdout
    assert "another version wrote it" not in done.stdout


@pytest.mark.parametrize(
    ("make", "options", "code", "said"),
    [
        (whole_pack, (), 0, "taken from the pack itself"),
        (whole_pack, WITNESSED, 0, "WITNESSED by 2."),
        (lambda: whole_pack()[:-1], (), 2, "archive-damaged"),
        (lambda: whole_pack() + b"\n", (), 2, "archive-damaged"),
        (whole_pack, ("--log-key", FORGER.verifier.format()), 2, "wrong-key"),
        (whole_pack, (*OURS, "--quorum", "3"), 2, "not-witnessed"),
        (lambda: b"garbage" * 100, (), 1, "no evidence pack"),
        (lambda: b"", (), 1, "no evidence pack"),
        (whole_pack, ("--log-key", "nonsense"), 1, "--log-key is no such key"),
        (whole_pack, ("--witness", LOG.verifier.format()), 1, "--witness is no such key"),
        (whole_pack, ("--quorum", "-1"), 1, "--quorum"),
        (whole_pack, ("--quorum", "x"), 1, "--quorum"),
        (whole_pack, ("--nonsense",), 1, "usage"),
        (whole_pack, ("--json", "/nowhere/report.json"), 1, "cannot be written"),
    ],
)
def test_what_it_says_and_ends_with(
    auditor: Auditor, make: Callable[[], bytes], options: tuple[str, ...], code: int, said: str
) -> None:
    done = auditor.verify(make(), *options)
    assert done.returncode == code, done.stdout + done.stderr
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_an_edited_entry_is_named_with_its_conversation(auditor: Auditor) -> None:
    files = files_of(whole_pack())
    name = pack.record_name(FIRST)
    record = changed_json(files[name], lambda whole: whole["entries"][2].update(body='{"text":"no"}'))
    done = auditor.verify(repacked({**files, name: record}), *OURS)
    assert done.returncode == 2
    assert f"conversation {FIRST}, entry 3: altered" in done.stdout
    assert "BROKEN: 1 finding." in done.stdout


def test_the_report_for_machines_follows_its_documented_schema(auditor: Auditor, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "archive-verification.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    schema = json.loads(block)
    Draft202012Validator.check_schema(schema)
    for data, verdict in ((whole_pack(), "witnessed"), (whole_pack()[:-1], "broken")):
        auditor.verify(data, *WITNESSED, "--json", str(tmp_path / "report.json"))
        report = json.loads((tmp_path / "report.json").read_bytes())
        Draft202012Validator(schema).validate(report)
        assert set(report) == set(schema["properties"]) == set(schema["required"])
        assert report["verdict"] == verdict
        assert report == json.loads(verify_here(data))


def verify_here(data: bytes) -> bytes:
    from chat_archive.pack_command import read_trust

    trust = read_trust(OURS[1], [one.verifier.format() for one in WITNESSES], None)
    return verify_pack(data, trust, verifier=verifier_app()).json()


def test_a_file_that_is_not_there_is_unusable(auditor: Auditor) -> None:
    done = auditor.run(str(auditor.folder / "verify.pyz"), str(auditor.folder / "none.zip"))
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "cannot be read" in done.stderr


def test_without_cryptography_it_says_what_to_install(auditor: Auditor) -> None:
    (auditor.folder / "pack.zip").write_bytes(whole_pack())
    app = str(auditor.folder / "verify.pyz")
    done = auditor.run(app, str(auditor.folder / "pack.zip"), isolated=("-I", "-S"))
    assert (done.returncode, done.stderr) == (
        1,
        "This needs cryptography: python3 -m pip install cryptography\n",
    )


def test_a_bomb_takes_no_room(auditor: Auditor) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pack.json", b"0" * 200_000_000)
    done = auditor.verify(buffer.getvalue())
    assert done.returncode == 2
    assert "pack.json: archive-damaged - is compressed" in done.stdout


def test_a_log_forged_as_a_whole_is_found_with_the_key(auditor: Auditor) -> None:
    contents = small_log().contents(note=small_log().note(FORGER, ()), policy=policy(FORGER, ()))
    forged = write_archive(pack.pack_files(contents))
    assert auditor.verify(forged).returncode == 0
    assert auditor.verify(forged, *OURS).returncode == 2


def flips(auditor: Auditor, count: int, seed: int) -> list[int]:
    """Return the positions whose flip the command did not find."""
    data = whole_pack()
    random = Random(seed)  # noqa: S311  # The same positions in every run.

    def undetected(position: int) -> bool:
        flipped = bytearray(data)
        flipped[position // 8] ^= 1 << position % 8
        return auditor.verify(bytes(flipped), *WITNESSED, name=f"{position}.zip").returncode != 2

    positions = random.sample(range(len(data) * 8), count)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(undetected, positions))
    return [position for position, missed in zip(positions, found, strict=True) if missed]


def test_a_few_flips_are_found_by_the_command(auditor: Auditor) -> None:
    assert flips(auditor, 10, 11) == []


@pytest.mark.full
def test_hundreds_of_flips_are_found_by_the_command(auditor: Auditor) -> None:
    assert flips(auditor, 400, 12) == []


# --- a pack written from docs/archive-pack.md and the vector of docs/archive-format.md alone


def vector() -> dict[str, Any]:
    page = (ROOT / "docs" / "archive-format.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    found = json.loads(block)
    assert isinstance(found, dict)
    return found


def in_its_spelling(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def second_writers_pack() -> tuple[bytes, str]:
    """Return a pack of the vector's four entries, and the verifier key of the log that signed it."""
    given = vector()
    origin = "second.example/log"
    private = Ed25519PrivateKey.from_private_bytes(b"\x42" * 32)
    public = b"\x01" + private.public_key().public_bytes_raw()
    key_id = sha256(origin.encode() + b"\n" + public).digest()[:4]
    log_key = f"{origin}+{key_id.hex()}+{b64encode(public).decode()}"
    root = bytes.fromhex(given["tree"]["root"])
    text = f"{origin}\n4\n{b64encode(root).decode()}\n"
    note = f"{text}\n— {origin} {b64encode(key_id + private.sign(text.encode())).decode()}\n"
    leaves = [bytes.fromhex(entry["leaf_hash"]) for entry in given["entries"]]
    left, right = (sha256(b"\x01" + leaves[at] + leaves[at + 1]).digest() for at in (0, 2))
    nodes = [(0, 1, leaves[0]), (0, 2, left), (1, 2, leaves[1]), (2, 3, leaves[2]), (2, 4, right)]
    nodes.append((3, 4, leaves[3]))
    parts = {given["conversation_id"]: "live", given["addendum_id"]: "addendum"}
    files = {
        "README.txt": "第二个实现\n".encode(),
        "verify.pyz": b"another one",
        "checkpoint": note.encode(),
        "proofs/inclusion.json": in_its_spelling(
            {
                "size": 4,
                "nodes": [{"first": a, "last": b, "hash": node.hex()} for a, b, node in sorted(nodes)],
            }
        ),
        "policy.json": in_its_spelling(
            {
                "origin": origin,
                "log_key": log_key,
                "witness_keys": [],
                "quorum": 0,
                "notice": {"en": "", "zh-CN": ""},
            }
        ),
        "pack.json": in_its_spelling(
            {
                "format": "televisit/evidence-pack",
                "version": 1,
                "software": "second",
                "origin": origin,
                "asked": {
                    "account": "x",
                    "name": "",
                    "role": "",
                    "reason": "y",
                    "at": "2026-11-23T09:00:00.000000Z",
                },
                "authors": [],
                "destructions": [],
                "conversations": [
                    {
                        "conversation_id": head["conversation_id"],
                        "consultation_id": given["conversation_id"],
                        "part": parts[head["conversation_id"]],
                        "entries": head["size"],
                        "last_hash": head["last_hash"],
                        "closed": True,
                    }
                    for head in given["heads"]
                ],
            }
        ),
    }
    for conversation, part in parts.items():
        record: list[dict[str, Any]] = []
        for index, entry in enumerate(given["entries"]):
            if entry["conversation_id"] == conversation:
                copied = ("conversation_id", "seq", "message_id", "author", "kind", "body", "salt")
                record.append(
                    {name: entry[name] for name in (*copied, "commitment", "entry_hash")}
                    | {
                        "index": index,
                        "recorded_at": entry["recorded_at"].replace("+00:00", "Z"),
                        "previous": record[-1]["entry_hash"] if record else "00" * 32,
                    }
                )
        files[f"records/{conversation}.json"] = in_its_spelling(
            {
                "conversation_id": conversation,
                "consultation_id": given["conversation_id"],
                "part": part,
                "entries": record,
            }
        )
    for name, index, path in (
        (f"{given['conversation_id']}-3", 2, [leaves[3], left]),
        (f"{given['addendum_id']}-1", 3, [leaves[2], left]),
    ):
        lines = ["c2sp.org/tlog-proof@v1", f"index {index}", *(b64encode(one).decode() for one in path)]
        files[f"proofs/{name}.tlog-proof"] = ("\n".join(lines) + "\n\n" + note).encode()
    lines = [f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    files["SHA256SUMS"] = "".join(lines).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.create_system, member.create_version, member.extract_version = 3, 10, 10
            member.external_attr = 0o100644 << 16
            archive.writestr(member, files[name])
    return buffer.getvalue(), log_key


def test_a_pack_that_was_written_from_the_documents_alone_is_intact(auditor: Auditor) -> None:
    data, log_key = second_writers_pack()
    done = auditor.verify(data, "--log-key", log_key)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 conversations with 4 entries." in done.stdout
    # And it is no pack that anything would pass as.
    assert auditor.verify(data.replace(b"system", b"sYstem"), "--log-key", log_key).returncode == 2
