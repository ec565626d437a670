"""The server: all that it is made of, in reading order; started here, stopped in the opposite order."""

import asyncio
import os
import signal
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import aiohttp
import structlog
from aiohttp import web
from redis.asyncio import Redis
from redis.exceptions import RedisError

from actions.accounts import demo_accounts
from actions.context import UnitOfWork
from actions.guests import GuestDesk
from actions.log_identity import LogKey
from actions.passwords import PasswordHasher
from actions.sealing_status import SealingStatus
from booking_api import (
    FileDesk,
    HospitalSettings,
    code_letters,
    keyword_searching,
    name_jobs,
    notice_letters,
    payment_jobs,
    waitlist_jobs,
)
from booking_api import attach as attach_api
from chat_archive.data_keys import KeyRing
from chat_archive.witness_client import WitnessClient
from domain.errors import OwnFault
from his_bridge import patient_jobs, slot_jobs
from providers.throttle import MemoryThrottle, RedisThrottle, Throttle
from providers.witness import HttpWitness
from rooms.appender import LANES
from server import demo
from server.archive_keys import follow, load_ring
from server.booking import keep_bookings
from server.certificate import self_signed
from server.checkpoint_file import CheckpointFile
from server.config import Config
from server.database import (
    Say,
    app_dsn,
    connected,
    demand_durable,
    demand_migrated,
    embedded,
    now,
    tidy,
    watch,
)
from server.database_login import EMBEDDED_CAVEAT, demand_own_login
from server.file_store import file_store, tidy_files
from server.file_store import handlers as file_handlers
from server.his import hospital_slots, keep_links, patient_index
from server.names import name_register
from server.notices import house, keep_notices, organizer
from server.payments import card_form, keep_payments, payment_provider
from server.refusal import Refusal
from server.relay import open_switchboard, turn_servers
from server.retention import keep_retention
from server.sealer import Sealer
from server.senders import mailer, sms_sender
from server.sign_on import sign_on
from server.signing_key import load_log_key, open_log
from signaling import Limits, LiveSettings
from signaling import attach as attach_live
from storage.job_runner import JobRunner
from storage.pool import Database

WEB_FOLDER = Path(__file__).parent.parent / "web" / "dist"
REDIS_TIMEOUT_S = 5
_FORCED_EXIT = 130

log = structlog.get_logger(__name__)


async def serve(config: Config, *, tls_names: list[str] | None, say: Say, ready: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM, which cancel it; a second one ends the process on the spot.

    `tls_names` are the names of a self-signed certificate, None for plain http. `say` is given lines for the
    person who started it, `ready` is called once requests are answered. Raise Refusal when it cannot serve.
    """
    _stop_on_signals(say)
    async with AsyncExitStack() as stack:
        sockets = await _bound(config.host, config.port)
        stack.callback(_close, sockets)
        dsn = await _dsn(stack, config, say)
        database = await stack.enter_async_context(connected(dsn, config.database_pool - LANES))
        # Apart from all else that asks the database: what is said in visits is kept, whoever floods us.
        record_database = await stack.enter_async_context(connected(dsn, LANES))
        await demand_migrated(database)
        await demand_durable(database)
        if not config.demo:
            await demand_own_login(database)

        ring = await load_ring(config, database, now, os.urandom)
        await stack.enter_async_context(_meanwhile(follow(config, ring)))
        work = _work(config, database, ring)
        passwords = PasswordHasher()
        stack.callback(passwords.close)
        if config.demo:
            await demo.seed(work, passwords, zone=config.hospital_time_zone, currency=config.currency)
        else:
            await _demand_no_demo(database)

        log_key = await load_log_key(config, work)
        await open_log(config, work, log_key)
        sealing = SealingStatus()
        await stack.enter_async_context(_meanwhile(_sealer(config, work, log_key, sealing)))

        redis = await _redis(stack, config)
        throttle: Throttle = MemoryThrottle(now) if redis is None else RedisThrottle(redis)

        mails, sms = mailer(config), await stack.enter_async_context(sms_sender(config))
        codes = code_letters.handlers(work, mails, sms, config.public_url, config.hospital_name)
        told = notice_letters.handlers(work, mails, sms, house(config))
        store = file_store(config)
        provider = payment_provider(config)
        his, patients = hospital_slots(config), patient_index(config)
        names = await stack.enter_async_context(name_register(config))
        jobs = JobRunner(
            dsn,
            {
                **told,
                **codes,
                **keyword_searching.handlers(work),
                **file_handlers(work, store),
                **waitlist_jobs.handlers(work, config.hospital_time_zone),
                **(slot_jobs.handlers(work, his) if his else {}),
                **(patient_jobs.handlers(work, patients) if patients else {}),
                **(name_jobs.handlers(work, names) if names else {}),
                **(payment_jobs.handlers(work, provider, config.hospital_time_zone) if provider else {}),
            },
            clock=now,
        )
        if provider is not None:
            seen_to = keep_payments(work, provider, config.hospital_time_zone, config.refunds)
            await stack.enter_async_context(_meanwhile(seen_to))
        await stack.enter_async_context(_meanwhile(tidy(database)))
        await stack.enter_async_context(_meanwhile(keep_retention(work)))
        await stack.enter_async_context(_meanwhile(keep_bookings(work, config.hospital_time_zone)))
        await stack.enter_async_context(_meanwhile(keep_notices(work)))
        if patients is not None:
            await stack.enter_async_context(_meanwhile(keep_links(work)))
        await stack.enter_async_context(_meanwhile(tidy_files(work, store)))
        await jobs.start()
        stack.push_async_callback(jobs.stop)

        switchboard = await stack.enter_async_context(open_switchboard(config))
        app = web.Application()
        live = attach_live(
            app,
            work=work,
            record_work=_work(config, record_database, ring),
            throttle=throttle,
            turn=turn_servers(config),
            time_zone=config.hospital_time_zone,
            random=os.urandom,
            public_url=config.public_url,
            trusted_proxies=config.trusted_proxies,
            redis_url=config.redis_url,
            settings=LiveSettings(limits=Limits.of(config.events_per_s)),
            switchboard=switchboard,
        )
        # Last: it answers for every address that nobody before it has.
        attach_api(
            app,
            work=work,
            passwords=passwords,
            throttle=throttle,
            hospital=_hospital(config),
            public_url=config.public_url,
            web_folder=WEB_FOLDER,
            version=version("televisit"),
            trusted_proxies=config.trusted_proxies,
            sealing=sealing,
            witness_keys=[key.format() for key, _ in config.witnesses],
            retention=config.retention,
            files=FileDesk(store, live.registry.keep_file),
            guests=GuestDesk(switchboard.available, live.registry.guest_told),
            calling_code=config.phone_country_code,
            payments=provider,
            card_form=card_form(config),
            patients=patients,
            sign_on=await stack.enter_async_context(sign_on(config.sign_on, config.public_url)),
        )
        runner = web.AppRunner(
            app, handle_signals=False, access_log=None, shutdown_timeout=config.shutdown_grace_s
        )
        stack.push_async_callback(runner.cleanup)
        # After listening ends and before connections do: pages are told, what is under way is kept.
        app.on_shutdown.append(lambda _: live.stop())
        await runner.setup()
        await live.start()
        context = None if tls_names is None else self_signed(config.data_dir / "tls", tls_names, now())
        for one in sockets:
            await _answer_on(one, runner, context, config.port)
        ready()
        # It ends by a fault of ours alone. Then this process ends too, for whoever watches it to start anew:
        # otherwise a server that calls itself ready would refuse every visit.
        await live.ended()
        raise OwnFault("the live edge has ended")


def _stop_on_signals(say: Say) -> None:
    """Have the first SIGINT or SIGTERM cancel the task that we are in, and the second one end everything."""
    loop, task, asked = asyncio.get_running_loop(), asyncio.current_task(), False

    def stop() -> None:
        nonlocal asked
        if asked or task is None:
            # PostgreSQL hears of it from the kernel and stops by itself.
            os._exit(_FORCED_EXIT)
        asked = True
        say("Stopping; once more to stop at once.")
        task.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)


def _work(config: Config, database: Database, ring: KeyRing) -> UnitOfWork:
    """Return what begins actions on these connections, under the hospital's rules."""
    return UnitOfWork(
        database,
        now,
        os.urandom,
        ring,
        identity_required=config.identity_required,
        diagnosis_required=config.diagnosis_required,
        proof_max_age=config.proof_max_age,
        his_connected=config.demo_his is not None,
        names_compared=None if config.names is None else config.names.register,
    )


async def _dsn(stack: AsyncExitStack, config: Config, say: Say) -> str:
    """Return where the database is; start and keep up the embedded one when there is no other."""
    if config.database_url is not None:
        return config.database_url
    cluster = await stack.enter_async_context(embedded(config, say))
    await stack.enter_async_context(_meanwhile(watch(cluster)))
    log.info("database.embedded", what=EMBEDDED_CAVEAT)
    return app_dsn(cluster)


async def _demand_no_demo(database: Database) -> None:
    async with database.transaction() as tx:
        found = await demo_accounts(tx)
    if found:
        raise Refusal(
            "This database holds demo accounts, whose password everybody knows: "
            + ", ".join(account.login for account in found)
            + ".",
            "Start with --demo (or DEMO=true), or give a real hospital a database of its own.",
        )


async def _sealer(config: Config, work: UnitOfWork, key: LogKey, status: SealingStatus) -> None:
    """Seal until cancelled. Keeping entries does not depend on it."""
    async with aiohttp.ClientSession() as session:
        ways = [(known, HttpWitness(url, session)) for known, url in config.witnesses]
        witnesses = [WitnessClient(known, way.post, way.latest) for known, way in ways]
        await Sealer(work, key, CheckpointFile(config.archive_checkpoint_file), witnesses, status).run()


async def _redis(stack: AsyncExitStack, config: Config) -> "Redis | None":
    if config.redis_url is None:
        return None
    redis: Redis = Redis.from_url(config.redis_url)
    stack.push_async_callback(redis.aclose)
    try:
        async with asyncio.timeout(REDIS_TIMEOUT_S):
            await redis.ping()
    except (RedisError, OSError, TimeoutError) as error:
        # The error's text can hold the address, and the address a password.
        raise Refusal(f"Redis at REDIS_URL cannot be reached ({type(error).__name__}).") from None
    return redis


def _hospital(config: Config) -> HospitalSettings:
    return HospitalSettings(
        name=config.hospital_name,
        demo=config.demo,
        demo_logins=demo.logins() if config.demo else (),
        emergency_number=config.emergency_number,
        default_locale=config.hospital_locale,
        time_zone=config.hospital_time_zone,
        currency=config.currency,
        organizer=organizer(config),
        changes=config.changes,
    )


async def _bound(host: str, port: int) -> list[socket.socket]:
    """Take the port on every address of `host`, before anything is started. Nothing is answered yet."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError:
        raise Refusal(f"HOST is {host}, which is no address of this machine.") from None
    sockets: list[socket.socket] = []
    for family, kind, protocol, _, address in dict.fromkeys(found):
        one = socket.socket(family, kind, protocol)
        sockets.append(one)
        try:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            one.bind(address)
        except OSError as error:
            _close(sockets)
            raise _cannot_listen(port, error) from None
    return sockets


def _close(sockets: list[socket.socket]) -> None:
    for one in sockets:
        one.close()


async def _answer_on(
    one: socket.socket, runner: web.AppRunner, context: ssl.SSLContext | None, port: int
) -> None:
    try:
        await web.SockSite(runner, one, ssl_context=context).start()
    except OSError as error:
        raise _cannot_listen(port, error) from None


def _cannot_listen(port: int, error: OSError) -> Refusal:
    if isinstance(error, PermissionError):
        return Refusal(f"This user may not listen on port {port}. Choose one above 1023: PORT=8080")
    return Refusal(
        f"Port {port} cannot be had: {error.strerror}. Choose another one: PORT={port % 65535 + 1}"
    )


@asynccontextmanager
async def _meanwhile(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Have this done while the body runs. It ends by being cancelled and never by an error of its own."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
