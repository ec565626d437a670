"""make bench-chat: acknowledged and committed chat messages beside one bare durable INSERT a request."""

import argparse
import asyncio
import statistics
import subprocess
from tempfile import NamedTemporaryFile

import aiohttp
import psycopg2

from bench.bare_insert import SCHEMA
from bench.hospital import Visit, free_port, make_visits, postgres, process
from bench.load import Tally, VisitSocket, write_chat, write_http
from bench.report import progress, quantile, report
from server.database_login import EMBEDDED_APP
from server.embedded_postgres import EmbeddedPostgres

BARE_POOLS = (10, 20)
SERVER_POOL = 10


async def ours(base: str, visits: list[Visit], warm_up_s: float, seconds: float) -> Tally:
    """Measure the rooms: patient and doctor connected to each, the patient writing."""
    async with aiohttp.ClientSession() as http, asyncio.TaskGroup() as group:
        writers, listeners = [], []
        for visit in visits:
            patient = await VisitSocket.open(http, base, visit.patient_cookie, group)
            doctor = await VisitSocket.open(http, base, visit.doctor_cookie, group)
            for number, side in enumerate((patient, doctor)):
                await side.request(
                    "room.join",
                    {
                        "consultation_id": visit.consultation_id,
                        "endpoint_id": f"00000000-0000-7000-8000-00000000000{number}",
                        "after_seq": 0,
                    },
                )
            writers.append((patient, visit.consultation_id))
            listeners.append(doctor)
        tally = await write_chat(writers, warm_up_s, seconds)
        heard = sum(listener.events for listener in listeners)
        if heard < len(tally.latencies_ms):
            raise RuntimeError(f"the other sides heard {heard} of {len(tally.latencies_ms)} messages")
        for socket in [socket for socket, _ in writers] + listeners:
            await socket.close()
    return tally


def pgbench(cluster: EmbeddedPostgres, clients: int, seconds: int) -> float:
    """Return transactions per second of the same INSERT by pgbench, prepared, with as many clients."""
    values = "gen_random_uuid(), gen_random_uuid(), 'bench', 'chat', now(), decode(repeat('61', 150), 'hex')"
    columns = "conversation_id, message_id, author, kind, recorded_at, body, entry_hash"
    with NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(
            f"insert into bare_entry ({columns}) values ({values}, decode(repeat('00', 32), 'hex'));\n"  # noqa: S608
        )
        script.flush()
        done = subprocess.run(  # noqa: S603
            [
                *(str(cluster.place.programs / "bin" / "pgbench"), "-n", "-M", "prepared", "-f", script.name),
                *("-c", str(clients), "-j", "2", "-T", str(seconds)),
                cluster.dsn("bench"),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    line = next(line for line in done.stdout.splitlines() if line.startswith("tps"))
    return float(line.split("=")[1].split()[0])


async def main(rooms: int, seconds: float, rounds: int) -> None:
    """Run everything in turns and print the line."""
    warm_up_s = 2.0
    async with postgres() as cluster:
        cluster.ensure_database("bench")
        dsn = cluster.dsn("bench")
        progress(f"making {rooms} visits")
        visits = await make_visits(dsn, rooms)
        with psycopg2.connect(dsn) as connection, connection.cursor() as cursor:
            cursor.execute(SCHEMA)
        connection.close()
        mine: list[Tally] = []
        bare: list[Tally] = []
        port = free_port()
        base = f"http://127.0.0.1:{port}"
        settings = {"DATABASE_URL": cluster.url("bench", EMBEDDED_APP), "DATABASE_POOL": str(SERVER_POOL)}
        settings |= {"PORT": str(port), "LOG_LEVEL": "warning", "PUBLIC_URL": base, "EVENTS_PER_S": "100000"}
        settings["DATA_DIR"] = str(cluster.folder / "server")
        for turn in range(rounds):
            async with process(["-m", "server.cli", "serve"], f"{base}/healthz", **settings):
                mine.append(await ours(base, visits, warm_up_s, seconds))
            progress(f"round {turn + 1}: televisit {mine[-1].per_second:.0f}/s")
            best: Tally | None = None
            for size in BARE_POOLS:
                bare_port = free_port()
                arguments = ["-m", "bench.bare_insert", str(bare_port), dsn, str(size)]
                async with process(arguments, f"http://127.0.0.1:{bare_port}/"):
                    seen = await write_http(bare_port, rooms, warm_up_s, seconds / 2)
                progress(f"round {turn + 1}: bare handler, pool of {size}: {seen.per_second:.0f}/s")
                if best is None or seen.per_second > best.per_second:
                    best = seen
            bare.append(best or seen)
        floor = await asyncio.to_thread(pgbench, cluster, rooms, 5)
    report(
        "chat",
        "acked and committed messages/s",
        statistics.median(tally.per_second for tally in mine),
        statistics.median(tally.per_second for tally in bare),
        "bare aiohttp handler, one durable INSERT through aiopg (the better of two pool sizes)",
        "higher",
        sum(len(tally.latencies_ms) for tally in mine),
        p99_ms=round(statistics.median(quantile(tally.latencies_ms, 0.99) for tally in mine), 1),
        peer_p99_ms=round(statistics.median(quantile(tally.latencies_ms, 0.99) for tally in bare), 1),
        p50_ms=round(statistics.median(quantile(tally.latencies_ms, 0.5) for tally in mine), 1),
        pgbench_per_s=round(floor),
        rooms=rooms,
        rounds=rounds,
        listeners="the other side of each room hears every message",
    )


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rooms", type=int, default=50)
    arguments.add_argument("--seconds", type=float, default=10)
    arguments.add_argument("--rounds", type=int, default=3)
    chosen = arguments.parse_args()
    asyncio.run(main(chosen.rooms, chosen.seconds, chosen.rounds))
