"""A hospital served in the test's own process, whose rooms it can reach: for what no page brings about."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from aiohttp import web

from actions.passwords import Cost, PasswordHasher
from booking_api import FileDesk, HospitalSettings
from booking_api import attach as attach_api
from chat_archive.data_keys import KeyRing
from media.listening import PortSettings
from media.relay import Relay, open_relay
from media.turn import TurnSettings
from providers.object_store import FolderObjectStore
from providers.throttle import MemoryThrottle
from rooms.call import Call as RoomCall
from rooms.switchboard import Switchboard
from rooms.timings import Timings
from server.app import WEB_FOLDER
from server.database import connected, now
from server.embedded_postgres import EmbeddedPostgres
from signaling import LiveEdge, LiveSettings
from signaling import attach as attach_live
from tests.e2e.hospital import Hospital, open_database
from tests.servers import free_port


@dataclass
class HospitalHere:
    """The hospital, its live edge and its relay."""

    hospital: Hospital
    edge: LiveEdge
    relay: Relay

    def call_of(self, consultation_id: UUID) -> RoomCall:
        """Return the call of a room that is open."""
        return self.edge.registry._rooms[consultation_id]._call


@asynccontextmanager
async def hospital_here(
    cluster: EmbeddedPostgres, folder: Path, timings: Timings | None = None
) -> AsyncIterator[HospitalHere]:
    """Serve a hospital with a relay on loopback; at the end neither it nor its database is left."""
    place = await open_database(cluster)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    passwords = PasswordHasher(cost=Cost(time_cost=1, memory_kib=8, parallelism=1))
    switchboard = Switchboard()
    # Where a process of its own would be; what it says is in the test's own output.
    stand_in: Any = SimpleNamespace(url=url, keys=KeyRing({"test": os.urandom(32)}, "test"), said=str)
    try:
        async with (
            connected(place.dsn(place.app), 6) as database,
            open_relay(PortSettings(host_v4="127.0.0.1", host_v6=None), switchboard) as relay,
        ):
            switchboard.connect(relay)
            hospital = Hospital(place, database, stand_in)
            app = web.Application()
            edge = attach_live(
                app,
                work=hospital.work,
                throttle=MemoryThrottle(now),
                turn=TurnSettings(),
                time_zone="Asia/Shanghai",
                random=os.urandom,
                public_url=url,
                switchboard=switchboard,
                settings=LiveSettings(timings=timings or Timings()),
            )
            attach_api(
                app,
                work=hospital.work,
                passwords=passwords,
                throttle=MemoryThrottle(now),
                hospital=HospitalSettings("Here", False, (), "120", "en", "Asia/Shanghai"),
                public_url=url,
                web_folder=WEB_FOLDER,
                version="1",
                trusted_proxies=(),
                files=FileDesk(FolderObjectStore(folder), edge.registry.keep_file),
            )
            runner = web.AppRunner(app, shutdown_timeout=1)
            await runner.setup()
            await edge.start()
            await web.TCPSite(runner, "127.0.0.1", port).start()
            try:
                yield HospitalHere(hospital, edge, relay)
            finally:
                await edge.stop()
                await runner.cleanup()
    finally:
        passwords.close()
        place.remove()
