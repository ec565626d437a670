"""make bench-booking: visits booked over HTTP beside a bare handler with the same SQL; finding a slot."""

import argparse
import asyncio
import os
import pickle
import statistics
import subprocess
from tempfile import NamedTemporaryFile

from actions.context import UnitOfWork
from bench.bare_booking import Recorded, Replay, recorded
from bench.booking_load import Book, Seats, book_bare, book_for, book_here
from bench.booking_town import made_id, make_doctors, make_patients, midnight, run, vacuum
from bench.hospital import free_port, now, postgres, process
from bench.load import Tally
from bench.report import progress, quantile, report
from bench.slot_search import search_figures
from chat_archive.data_keys import KeyRing
from server.database_login import EMBEDDED_APP
from server.embedded_postgres import EmbeddedPostgres
from storage.migrate import migrate
from storage.pool import Database

BARE_POOLS = (10, 20)
SERVER_POOL = 20
PGBENCH_CLIENTS = 20
_NO_JOBS = "truncate procrastinate_jobs cascade"
"""What one server queued another would run in its turn."""


async def make_town(dsn: str, doctors: int, patients: int) -> Recorded:
    """Migrate the database, make its people, and keep what one booking sends."""
    database = await Database.connect(dsn, size=4)
    try:
        await migrate(database, now, app=EMBEDDED_APP)
        at = now()
        make_doctors(dsn, doctors, at, [(0, 24 * 60)])
        make_patients(dsn, 1, patients + 1, at)
        vacuum(dsn)
        # Nothing is kept in the record here: the server has its own keys.
        work = UnitOfWork(database, now, os.urandom, KeyRing({"unused": os.urandom(32)}, "unused"))
        given = {
            "account": made_id("account", patients + 1),
            "patient": made_id("patient", patients + 1),
            "practitioner": made_id("doctor", 1),
            "session": made_id("session", patients + 1),
        }
        return await recorded(work, given, midnight(at, 30))
    finally:
        await database.close()


def pgbench(cluster: EmbeddedPostgres, script: str, clients: int, seconds: int) -> float:
    """Return bookings per second by pgbench, prepared: both transactions of each."""
    with NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        done = subprocess.run(  # noqa: S603
            [
                *(str(cluster.place.programs / "bin" / "pgbench"), "-n", "-M", "prepared", "-f", file.name),
                *("-c", str(clients), "-j", "2", "-T", str(seconds), "-D", "k=0"),
                cluster.dsn("bench"),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    line = next(line for line in done.stdout.splitlines() if line.startswith("tps"))
    return float(line.split("=")[1].split()[0])


class Bench:
    """One run: its database, its doctors, and what was booked."""

    def __init__(self, cluster: EmbeddedPostgres, chosen: argparse.Namespace, recorded: Recorded) -> None:
        self.cluster = cluster
        self.dsn = cluster.dsn("bench")
        self.chosen = chosen
        self.recorded = recorded
        found = run(self.dsn, "select id, number from practitioner")
        by_id = {str(one): number for one, number in found}
        numbers = {n: by_id[str(made_id("doctor", n))] for n in range(1, chosen.doctors + 1)}
        self.seats = Seats(chosen.doctors, chosen.patients, midnight(now(), 2), numbers)

    def _tidy(self) -> int:
        """Have the next turn find what the one before did; return a free port."""
        run(self.dsn, _NO_JOBS)
        vacuum(self.dsn)
        return free_port()

    async def ours(self) -> Tally:
        """Measure a server of its own."""
        port = self._tidy()
        base = f"http://127.0.0.1:{port}"
        settings = {
            "DATABASE_URL": self.cluster.url("bench", EMBEDDED_APP),
            "DATABASE_POOL": str(SERVER_POOL),
        }
        settings |= {"PORT": str(port), "LOG_LEVEL": "warning", "PUBLIC_URL": base}
        settings["DATA_DIR"] = str(self.cluster.folder / "server")
        async with process(["-m", "server.cli", "serve"], f"{base}/healthz", **settings):
            tally = await self._load(book_here, port, self.chosen.seconds)
        ((booked,),) = run(self.dsn, "select count(*) from appointment where state = 'booked'")
        if booked < len(tally.latencies_ms):
            raise RuntimeError(f"{len(tally.latencies_ms)} were answered and {booked} are booked")
        return tally

    async def bare(self, pool: int) -> Tally:
        """Measure the bare server with a pool of this size."""
        port = self._tidy()
        with NamedTemporaryFile("wb") as file:
            pickle.dump(self.recorded, file)
            file.flush()
            arguments = ["-m", "bench.bare_booking", str(port), self.dsn, str(pool), file.name]
            async with process(arguments, f"http://127.0.0.1:{port}/"):
                return await self._load(book_bare, port, self.chosen.seconds / 2)

    def floor(self) -> float:
        """Measure pgbench."""
        self._tidy()
        script = Replay(self.recorded).pgbench(self.dsn, self.chosen.patients)
        return pgbench(self.cluster, script, PGBENCH_CLIENTS, max(2, int(self.chosen.seconds / 2)))

    async def _load(self, book: Book, port: int, seconds: float) -> Tally:
        return await book_for(book, port, self.seats, self.chosen.users, self.chosen.warm_up, seconds)


async def bookings(
    cluster: EmbeddedPostgres, chosen: argparse.Namespace
) -> tuple[list[Tally], list[Tally], float]:
    """Measure bookings, ours and the peer's in turns, and pgbench."""
    cluster.ensure_database("bench")
    progress(f"making {chosen.doctors} doctors and {chosen.patients} patients")
    bench = Bench(cluster, chosen, await make_town(cluster.dsn("bench"), chosen.doctors, chosen.patients))
    mine: list[Tally] = []
    peers: list[Tally] = []
    for turn in range(chosen.rounds):
        mine.append(await bench.ours())
        progress(f"round {turn + 1}: televisit {mine[-1].per_second:.0f}/s")
        seen = []
        for size in BARE_POOLS:
            seen.append(await bench.bare(size))
            progress(f"round {turn + 1}: bare handler, pool of {size}: {seen[-1].per_second:.0f}/s")
        peers.append(max(seen, key=lambda tally: tally.per_second))
    floor = await asyncio.to_thread(bench.floor)
    progress(f"pgbench: {floor:.0f}/s")
    return mine, peers, floor


async def main(chosen: argparse.Namespace) -> None:
    """Run everything in turns and print the line."""
    async with postgres() as cluster:
        mine, peers, floor = await bookings(cluster, chosen)
        searches = await search_figures(cluster, chosen)
    report(
        "booking",
        "visits held and booked/s over HTTP",
        statistics.median(tally.per_second for tally in mine),
        statistics.median(tally.per_second for tally in peers),
        "bare aiohttp handler, the same transactions through aiopg (the better of two pool sizes)",
        "higher",
        sum(len(tally.latencies_ms) for tally in mine),
        p99_ms=_median(mine, 0.99),
        peer_p99_ms=_median(peers, 0.99),
        p50_ms=_median(mine, 0.5),
        pgbench_per_s=round(floor),
        refused=sum(tally.refused for tally in mine),
        peer_refused=sum(tally.refused for tally in peers),
        users=chosen.users,
        rounds=chosen.rounds,
        search_doctors=chosen.search_doctors,
        searchers=chosen.searchers,
        search_p95_ms=searches,
    )


def _median(tallies: list[Tally], q: float) -> float:
    return round(statistics.median(quantile(tally.latencies_ms, q) for tally in tallies), 1)


def _chosen() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--users", type=int, default=200)
    arguments.add_argument("--doctors", type=int, default=200)
    arguments.add_argument("--patients", type=int, default=10_000)
    arguments.add_argument("--warm-up", type=float, default=2)
    arguments.add_argument("--seconds", type=float, default=10)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--search-doctors", type=int, default=2_000)
    arguments.add_argument("--appointments", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    arguments.add_argument("--searches", type=int, default=1_000)
    arguments.add_argument("--searchers", type=int, default=2)
    return arguments.parse_args()


if __name__ == "__main__":
    asyncio.run(main(_chosen()))
