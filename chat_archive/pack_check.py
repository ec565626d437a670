"""The verifier of evidence packs: what is wrong with one, in which file, conversation and entry.

It trusts nothing in a pack. Keys that were obtained elsewhere come with `Trust`; without them it takes those
in the pack and says so, because a pack that was forged as a whole carries the forger's keys. Pure. What a
single record can have wrong is told in `record_check`, what signatures are worth in `signature_check`.
"""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar
from uuid import UUID

from chat_archive import pack
from chat_archive.entry import addendum_of
from chat_archive.invalid import EvidenceInvalid
from chat_archive.merkle import leaf_hash, verify_inclusion
from chat_archive.pack import About, Conversation, Kept, Part, Summary
from chat_archive.pack_reading import read_about, read_inclusion, read_policy, read_record
from chat_archive.pack_report import Checked, Finding, Flaw, Report, Trust, counted, digest
from chat_archive.pack_text import readme
from chat_archive.path_table import Node, path_from, siblings
from chat_archive.proof_file import ProofFile
from chat_archive.record_check import attached_digests, check_record, destroyed_at, records_destruction
from chat_archive.signature_check import check_signatures
from chat_archive.stored_zip import read_archive

Progress = Callable[[int, int], None]
"""Called with how many entries are done, of how many."""

T = TypeVar("T")
_SUM_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_EVERY = 500
_NOBODYS = Trust()


def verify_pack(
    data: bytes, trust: Trust = _NOBODYS, *, verifier: bytes | None = None, progress: Progress | None = None
) -> Report:
    """Verify a pack, byte by byte; return everything that is wrong with it.

    `verifier` is the verifier that runs: a pack that carries another one gets a note. Raises Malformed for
    what is no zip archive at all, and nothing else, whatever `data` holds.
    """
    unpacked = read_archive(data)
    faulty = frozenset(fault.name for fault in unpacked.faults if fault.name is not None)
    check = _PackCheck(unpacked.files, faulty, progress)
    for fault in unpacked.faults:
        check.find(Flaw.ARCHIVE_DAMAGED, fault.message, file=fault.name)
    check.run(trust)
    report = check.report
    report.digests["pack"] = digest(data)
    if verifier is not None:
        report.digests["verifier-running"] = digest(verifier)
        if unpacked.files.get(pack.VERIFIER, verifier) != verifier:
            report.notes.append(
                "the verifier in the pack is not the one that runs now: another version wrote it, or "
                "somebody else did"
            )
    report.findings = list(dict.fromkeys(report.findings))
    return report


class _PackCheck:
    """One run over one pack's files. `faulty` are files that are there, but could not be read."""

    def __init__(self, files: Mapping[str, bytes], faulty: frozenset[str], progress: Progress | None) -> None:
        self.report = Report("pack")
        self._files = files
        self._faulty = faulty
        self._progress = progress
        self._expected = set(pack.ALWAYS)
        self._root: bytes | None = None
        self._size = 0
        self._table: dict[Node, bytes] | None = None
        self._used: set[Node] = set()
        self._done = self._total = 0

    def find(
        self,
        kind: Flaw,
        message: str,
        conversation_id: UUID | None = None,
        seq: int | None = None,
        file: str | None = None,
    ) -> None:
        """Keep a finding."""
        self.report.findings.append(Finding(kind.value, message, conversation_id, seq, file))

    def run(self, trust: Trust) -> None:
        """Check everything."""
        self._check_sums()
        for name in sorted(pack.ALWAYS - self._files.keys() - self._faulty):
            self.find(Flaw.FILE_MISSING, "is missing", file=name)
        about = self._read(pack.ABOUT, read_about)
        policy = self._read(pack.POLICY, read_policy)
        checkpoint = check_signatures(self._files.get(pack.CHECKPOINT), policy, trust, self.report)
        if checkpoint is not None:
            self._root, self._size = checkpoint.root, checkpoint.size
        self._read_table()
        if about is not None:
            if checkpoint is not None and about.origin != checkpoint.origin:
                self.find(Flaw.CLAIM_DIFFERS, "names another log than the checkpoint", file=pack.ABOUT)
            self._check_conversations(about)
            for name in sorted(self._files.keys() - self._expected - self._faulty):
                self.find(Flaw.FILE_UNKNOWN, "does not belong to this pack", file=name)
            if self._files.get(pack.README) not in (None, readme(about.software).encode()):
                self.report.notes.append("README.txt is not the one that this version of the verifier knows")
        if pack.VERIFIER in self._files:
            self.report.digests["verifier-in-pack"] = digest(self._files[pack.VERIFIER])

    def _check_sums(self) -> None:
        listed = self._files.get(pack.SUMS)
        if listed is None:
            return
        self.report.digests[pack.SUMS] = digest(listed)
        if not self._faulty and listed == pack.sums(self._files):
            return
        before = len(self.report.findings)
        named: set[str] = set()
        lost = 0
        for line in listed.decode("utf-8", "replace").split("\n"):
            match = _SUM_LINE.fullmatch(line)
            if match is None:
                lost += bool(line)
                continue
            name = match[2]
            named.add(name)
            if name in self._files and digest(self._files[name]) != match[1]:
                self.find(Flaw.FILE_ALTERED, "is not the file that SHA256SUMS names", file=name)
            elif name not in self._files and name not in self._faulty:
                self.find(Flaw.FILE_MISSING, "is missing: SHA256SUMS names it", file=name[:200])
        for name in sorted(self._files.keys() - named - {pack.SUMS}):
            self.find(Flaw.FILE_UNKNOWN, "is not in SHA256SUMS", file=name)
        if lost or not named or (len(self.report.findings) == before and not self._faulty):
            self.find(Flaw.FILE_MALFORMED, "is not written as such a file is", file=pack.SUMS)

    def _read(self, name: str, reader: Callable[[bytes], T]) -> T | None:
        data = self._files.get(name)
        if data is None:
            return None
        try:
            return reader(data)
        except EvidenceInvalid as error:
            self.find(Flaw.FILE_MALFORMED, f"cannot be read: {error}", file=name)
            return None

    def _read_table(self) -> None:
        found = self._read(pack.INCLUSION, read_inclusion)
        if found is None:
            return
        size, self._table = found
        if self._root is not None and size != self._size:
            self.find(Flaw.PROOF_INVALID, "is of another tree than the checkpoint", file=pack.INCLUSION)

    def _check_conversations(self, about: About) -> None:
        records: dict[UUID, list[Conversation]] = {}
        pairs: list[tuple[Summary, Conversation]] = []
        seen: set[UUID] = set()
        self._total = sum(item.entries for item in about.conversations)
        for claimed in about.conversations:
            name = pack.record_name(claimed.conversation_id)
            self._expected.add(name)
            if claimed.conversation_id in seen:
                self.find(Flaw.CLAIM_DIFFERS, "names a conversation twice", file=pack.ABOUT)
                continue
            seen.add(claimed.conversation_id)
            if name not in self._files and name not in self._faulty:
                self.find(Flaw.FILE_MISSING, "is missing", claimed.conversation_id, file=name)
            record = self._read(name, read_record)
            if record is None:
                continue
            if record.conversation_id != claimed.conversation_id:
                self.find(
                    Flaw.FILE_SWAPPED,
                    f"is the record of conversation {record.conversation_id}",
                    claimed.conversation_id,
                    file=name,
                )
                continue
            pairs.append((claimed, record))
            records.setdefault(claimed.consultation_id, []).append(record)
        self._check_destructions(about, records)
        attached: set[str] = set()
        for claimed, record in pairs:
            destroyed = records_destruction(records[claimed.consultation_id])
            self._check_conversation(claimed, record, destroyed)
            attached |= attached_digests(record)
        self._check_attachments(attached)
        if self._root is None or self._table is None or len(pairs) < len(about.conversations):
            # Which hashes nothing needs is known with every record. Those that were not read are named above.
            return
        for node in sorted(self._table.keys() - self._used):
            message = f"holds a hash that no entry needs (leaves {node[0]} to {node[1]})"
            self.find(Flaw.PROOF_INVALID, message, file=pack.INCLUSION)

    def _check_destructions(self, about: About, records: Mapping[UUID, list[Conversation]]) -> None:
        """Hold what the server tells of destructions against the entries that record them, and pass it on."""
        for told in about.destructions:
            moments = destroyed_at(records.get(told.consultation_id, []))
            if told.at not in moments:
                message = f"consultation {told.consultation_id}: no entry records the destruction it tells of"
                self.find(Flaw.CLAIM_DIFFERS, message, told.consultation_id, file=pack.ABOUT)
                continue
            self.report.notes.append(
                f"consultation {told.consultation_id} was destroyed on {pack.moment(told.at)} under "
                f"{told.rule}, asked for by {told.requested_by}, approved by "
                f"{' and '.join(told.approved_by)}: the log vouches for the moment, entry "
                f"{told.register_seq} of the hospital's register for the rest"
            )

    def _check_conversation(self, claimed: Summary, record: Conversation, destroyed: bool) -> None:
        conversation_id, name = record.conversation_id, pack.record_name(record.conversation_id)
        its = record.consultation_id
        if conversation_id != (its if record.part is Part.LIVE else addendum_of(its)):
            self.find(Flaw.CLAIM_DIFFERS, "is not of the consultation it names", conversation_id, file=name)
        self.report.findings.extend(check_record(record, claimed, destroyed))
        for kept in record.entries:
            self._check_place(conversation_id, kept, name)
            self._done += 1
            if self._progress is not None and (self._done % _EVERY == 0 or self._done == self._total):
                self._progress(self._done, self._total)
        if record.entries:
            self._check_proof_file(conversation_id, record.entries[-1])
        if not record.closed:
            self.report.notes.append(
                f"conversation {conversation_id} is not closed: entries may follow that are not in this pack"
            )
        bodies = any(kept.entry.body is not None for kept in record.entries)
        self.report.conversations.append(
            Checked(
                conversation_id,
                its,
                record.part.value,
                len(record.entries),
                record.closed,
                destroyed and not bodies,
            )
        )

    def _check_place(self, conversation_id: UUID, kept: Kept, file: str) -> None:
        seq, index = kept.entry.seq, kept.index
        if index is None:
            message = f"entry {seq} of conversation {conversation_id} has no place in the log"
            self.find(Flaw.NOT_IN_LOG, message, conversation_id, seq, file)
            return
        if self._root is None or self._table is None:
            return
        try:
            path = path_from(self._table, index, self._size)
            self._used.update(siblings(index, self._size))
            verify_inclusion(leaf_hash(kept.entry.entry_hash), index, self._size, path, self._root)
        except EvidenceInvalid as error:
            message = f"entry {seq} of conversation {conversation_id} is not in the log: {error}"
            self.find(Flaw.PROOF_INVALID, message, conversation_id, seq, file)

    def _check_proof_file(self, conversation_id: UUID, last: Kept) -> None:
        seq = last.entry.seq
        name = pack.proof_name(conversation_id, seq)
        self._expected.add(name)
        data = self._files.get(name)
        if data is None:
            if name not in self._faulty:
                self.find(Flaw.FILE_MISSING, "is missing", conversation_id, seq, name)
            return
        try:
            proof = ProofFile.parse(data)
            if proof.format().encode() != data or proof.extra is not None:
                raise EvidenceInvalid("it is not written as the proof files of a pack are")
            if proof.note.encode() != self._files.get(pack.CHECKPOINT):
                raise EvidenceInvalid("its checkpoint is not the pack's")
            if proof.index != last.index:
                raise EvidenceInvalid(f"it is of leaf {proof.index}, the entry of leaf {last.index}")
            if self._root is not None:
                leaf = leaf_hash(last.entry.entry_hash)
                verify_inclusion(leaf, proof.index, self._size, proof.path, self._root)
        except EvidenceInvalid as error:
            message = f"does not prove entry {seq} of conversation {conversation_id}: {error}"
            self.find(Flaw.PROOF_INVALID, message, conversation_id, seq, name)

    def _check_attachments(self, attached: set[str]) -> None:
        names = {pack.attachment_name(named): named for named in attached}
        for name in sorted(names.keys() & self._files.keys()):
            self._expected.add(name)
            if digest(self._files[name]) != names[name]:
                self.find(Flaw.FILE_SWAPPED, "is not the file that the entry names", file=name)
        left_out = len(names.keys() - self._files.keys() - self._faulty)
        if left_out:
            self.report.notes.append(f"{counted(left_out, 'file')} named by entries, not in this pack")
