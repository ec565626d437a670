"""make bench-archive: durable appends beside pgbench, the delay until sealed, proofs, verification."""

import argparse
import asyncio
import os
import subprocess
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import psycopg2

from actions.archive_reading import verify_all
from actions.context import UnitOfWork
from actions.log_identity import LogKey, begin_log
from actions.log_verification import verify_log
from actions.sealing import Looked, seal
from actions.sealing_status import SealingStatus
from bench.archive_load import TEXT, Tally, appender, make_conversations, write_at, write_closed
from bench.hospital import now, postgres
from bench.proofs import ProofCost, Tiles, modelled, proof_cost
from bench.report import progress, quantile, report
from chat_archive.data_keys import KeyRing
from chat_archive.note import KeyKind, Signer
from domain.accounts import SYSTEM
from server.checkpoint_file import CheckpointFile
from server.embedded_postgres import EmbeddedPostgres
from server.sealer import Sealer
from storage.migrate import migrate
from storage.pool import Database

CONVERSATIONS = (1, 50, 500)
WRITERS = 64
"""In flight at least, whatever the number of conversations: pgbench gets as many clients."""
RATE = 1_000
SMALL, LARGE, MODELLED = 10_000, 1_000_000, 1_000_000_000
PROOFS = 2_000
WARM_UP_S = 1.5
_ENTRY = """
insert into bare_entry (
    conversation_id, seq, message_id, author, kind, recorded_at, sealed, commitment, entry_hash
) values (
    md5((:n)::text)::uuid, nextval('bare_seq'), gen_random_uuid(), '01936c5e-1111-7a00-8000-0000000000a1',
    'chat', now(), decode(repeat('61', SEALED), 'hex'), decode(repeat('62', 32), 'hex'),
    decode(repeat('63', 32), 'hex')
);
"""
_AUDIT = """
insert into bare_audit (
    at, actor_id, actor_role, action, outcome, subject_type, subject_id, patient_id, request_id, detail
) values (
    now(), md5((:n)::text)::uuid, 'patient', 'chat.post', 'done', 'consultation', md5((:n)::text)::uuid,
    md5((:n)::text)::uuid, 'bench', '{"seq": 1}'
);
"""
_DELAYS = """
select extract(epoch from c.signed_at - e.recorded_at) * 1000
from archive_leaf l
join archive_entry e using (conversation_id, seq)
cross join lateral (
    select signed_at from archive_checkpoint where size > l.index order by size limit 1
) c
where l.index >= %s
"""


def pgbench(cluster: EmbeddedPostgres, conversations: int, seconds: int, *, audited: bool) -> float:
    """Return appends per second by the INSERTs of one: its entry, and if `audited` its audit line.

    Into copies of the tables with all their indexes, prepared, one append a transaction.
    """
    with psycopg2.connect(cluster.dsn("bench")) as connection, connection.cursor() as cursor:
        cursor.execute("drop table if exists bare_entry, bare_audit; drop sequence if exists bare_seq")
        cursor.execute("create table bare_entry (like archive_entry including all)")
        cursor.execute("create table bare_audit (like audit_event including all); create sequence bare_seq")
    connection.close()
    statements = [_ENTRY.replace("SEALED", str(len(TEXT.encode()) + 11 + 28))]
    if audited:
        statements = ["begin;", *statements, _AUDIT, "commit;"]
    with NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(f"\\set n random(1, {conversations})\n" + "\n".join(statements))
        file.flush()
        done = subprocess.run(  # noqa: S603
            [
                *(str(cluster.place.programs / "bin" / "pgbench"), "-n", "-M", "prepared", "-f", file.name),
                *("-c", str(WRITERS), "-j", "2", "-T", str(seconds)),
                cluster.dsn("bench"),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    line = next(line for line in done.stdout.splitlines() if line.startswith("tps"))
    return float(line.split("=")[1].split()[0])


class Bench:
    """One run: its database, its keys, and what it saw."""

    def __init__(self, cluster: EmbeddedPostgres, work: UnitOfWork, ring: KeyRing, seconds: float) -> None:
        self.cluster = cluster
        self.dsn = cluster.dsn("bench")
        self.work = work
        self.ring = ring
        self.seconds = seconds
        self.key = LogKey(Signer("bench/log", KeyKind.ED25519, os.urandom(32)))

    async def appends(self, count: int) -> tuple[Tally, float]:
        """Measure appends to `count` conversations and, in the same minute, pgbench."""
        conversations = await make_conversations(self.work, count)
        async with appender(self.dsn, self.ring) as lanes:
            tally = await write_closed(lanes, conversations, max(WRITERS, count), WARM_UP_S, self.seconds)
        floor = await asyncio.to_thread(
            pgbench, self.cluster, count, max(3, int(self.seconds / 2)), audited=True
        )
        progress(f"{count} conversations: {tally.per_second:.0f}/s, pgbench {floor:.0f}/s")
        return tally, floor

    async def seal_all(self) -> tuple[int, float]:
        """Seal everything that waits; return how many entries in how many seconds."""
        looked, sealed, begun = Looked(), 0, time.monotonic()
        while True:
            done = await seal(self.work, self.key, looked)
            sealed += done.sealed
            if not done.more and not done.sealed:
                return sealed, time.monotonic() - begun

    async def integration(self, folder: Path) -> list[float]:
        """Return the ms from keeping to the checkpoint that covers it, for entries written at RATE."""
        conversations = await make_conversations(self.work, 50)
        await self.seal_all()
        before = self._rows("select size from archive_tree")[0][0]
        sealer = Sealer(self.work, self.key, CheckpointFile(folder / "checkpoint"), [], SealingStatus())
        task = asyncio.create_task(sealer.run())
        async with appender(self.dsn, self.ring) as lanes:
            tally = await write_at(lanes, conversations, RATE, self.seconds)
            while self._unsealed():  # noqa: ASYNC110  # the sealer tells nobody
                await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        p99 = quantile(tally.latencies_ms, 0.99)
        progress(f"written at {tally.per_second:.0f}/s, acknowledged p99 {p99:.0f} ms")
        return [float(row[0]) for row in self._rows(_DELAYS, (before,))]

    async def verification(self) -> tuple[int, float]:
        """Verify chains, bodies, tree and checkpoints; return the entries and this process' CPU seconds."""
        ((size,),) = self._rows("select size from archive_tree")
        begun = time.process_time()
        found = [str(finding) async for finding in verify_log(self.work)]
        async for _, verdict in verify_all(self.work, "bench"):
            found += [str(finding) for finding in verdict.findings]
        if found:
            raise RuntimeError(f"the log is broken: {found[:3]}")
        return size, time.process_time() - begun

    def bytes_per_entry(self) -> float:
        """Return what the archive's tables and their indexes take for an entry."""
        tables = "'archive_entry', 'archive_leaf', 'archive_tile'"
        ((total,),) = self._rows(
            f"select sum(pg_total_relation_size(t::regclass)) from unnest(array[{tables}]) t"  # noqa: S608
        )
        return float(total) / float(self._rows("select count(*) from archive_entry")[0][0])

    def _unsealed(self) -> bool:
        return bool(self._rows("select count(*) > (select size from archive_tree) from archive_entry")[0][0])

    def _rows(self, query: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        with psycopg2.connect(self.dsn) as connection, connection.cursor() as cursor:
            cursor.execute(query, values)
            found = cursor.fetchall()
        connection.close()
        return list(found)


def proofs(count: int) -> list[ProofCost]:
    """Measure proofs in a small and a large tree; model a very large one."""
    tiles = Tiles()
    tiles.grow(SMALL)
    small = proof_cost(tiles, count)
    progress(f"growing a tree to {LARGE} leaves")
    tiles.grow(LARGE)
    large = proof_cost(tiles, count)
    return [small, large, modelled(small, large, MODELLED)]


async def main(seconds: float) -> None:
    """Run everything and print the line."""
    async with postgres() as cluster:
        cluster.ensure_database("bench")
        database = await Database.connect(cluster.dsn("bench"), size=6)
        try:
            await migrate(database, now)
            ring = KeyRing({"bench": os.urandom(32)}, "bench")
            bench = Bench(cluster, UnitOfWork(database, now, os.urandom, ring), ring, seconds)
            async with bench.work.begin(SYSTEM, "bench") as ctx:
                await begin_log(ctx, bench.key, "bench/log", certain=True)
            measured = {count: await bench.appends(count) for count in CONVERSATIONS}
            sealed, sealing_s = await bench.seal_all()
            progress(f"sealed {sealed} entries in {sealing_s:.1f} s")
            with tempfile.TemporaryDirectory() as folder:
                delays = await bench.integration(Path(folder))
            size, verifying_s = await bench.verification()
            costs = await asyncio.to_thread(proofs, PROOFS)
            tally, floor = measured[50]
            bare = await asyncio.to_thread(pgbench, cluster, 50, max(3, int(seconds / 2)), audited=False)
            report(
                "archive",
                "durable appends/s, 50 conversations",
                tally.per_second,
                floor,
                f"pgbench, the same INSERTs (entry, audit line), one append a transaction, {WRITERS} clients",
                "higher",
                sum(len(one.latencies_ms) for one, _ in measured.values()),
                appends={
                    str(count): {
                        "per_s": round(one.per_second),
                        "p99_ms": round(quantile(one.latencies_ms, 0.99), 1),
                        "pgbench_per_s": round(peer),
                        "ratio": round(one.per_second / peer, 3),
                    }
                    for count, (one, peer) in measured.items()
                },
                pgbench_entry_alone_per_s=round(bare),
                integration_ms={
                    "rate_per_s": RATE,
                    "p50": round(quantile(delays, 0.5)),
                    "p99": round(quantile(delays, 0.99)),
                },
                sealed_per_s=round(sealed / sealing_s),
                verified_per_cpu_s=round(size / verifying_s),
                verified_entries=size,
                bytes_per_entry=round(bench.bytes_per_entry()),
                proofs=[{name: round(value, 1) for name, value in asdict(cost).items()} for cost in costs],
                modelled_from=f"the last of proofs, from the {LARGE}-leaf tree",
            )
        finally:
            await database.close()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=8)
    asyncio.run(main(arguments.parse_args().seconds))
