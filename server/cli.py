"""The televisit command: what a person types, and what is said back. A person's mistake is no traceback."""

import asyncio
import ctypes
import os
import signal
import sys
from contextlib import AsyncExitStack
from datetime import datetime
from enum import StrEnum
from importlib.metadata import version
from typing import Annotated

import structlog
import typer
from rich.console import Console
from rich.table import Table

from actions.accounts import NewAccount, create_account
from actions.context import UnitOfWork
from actions.passwords import PasswordHasher
from actions.second_factor import reset
from actions.single_sign_on import bind, unbind
from domain.accounts import SYSTEM, Account, Role, check_password
from domain.errors import OwnFault, PartnerDown
from server import app as server
from server import demo as demo_hospital
from server import keys_command, logs
from server.certificate import lan_addresses
from server.cli_archive import archive_app
from server.cli_witness import witness
from server.command_line import err, failed, out, read_settings, run, say, usable, with_work
from server.config import Config, Reading
from server.database import connected, demand_durable, demand_migrated, now, opened
from server.database_login import demand_own_login
from server.refusal import Refusal, refusals
from server.relay import demand_loop
from storage.migrate import migrate as run_migrations
from storage.pool import Database, login_of

app = typer.Typer(
    help="Televisit, an online hospital.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
user_app = typer.Typer(help="Accounts.", no_args_is_help=True)
config_app = typer.Typer(help="The configuration.", no_args_is_help=True)
keys_app = typer.Typer(help="The keys of the record.", no_args_is_help=True)
app.add_typer(user_app, name="user")
app.add_typer(config_app, name="config")
app.add_typer(archive_app, name="archive")
app.add_typer(keys_app, name="keys")
app.command()(witness)

log = structlog.get_logger(__name__)
_PR_SET_PDEATHSIG = 1


class Tls(StrEnum):
    """How the server itself speaks TLS."""

    SELF_SIGNED = "self-signed"


@app.command()
def serve(
    demo: Annotated[bool, typer.Option("--demo", help="Serve the demo hospital (DEMO=true).")] = False,
    tls: Annotated[
        Tls | None,
        typer.Option(
            help="Speak https with a certificate of our own, so that phones nearby may use cameras."
        ),
    ] = None,
    stop_with_parent: Annotated[
        bool, typer.Option("--stop-with-parent", help="Stop when the process that started this one ends.")
    ] = False,
) -> None:
    """Serve the hospital until Ctrl-C."""
    if stop_with_parent:
        _stop_with_parent()
    reading = read_settings({"DEMO": "true"} if demo else {}, https=tls is not None)
    config = usable(reading)
    logs.set_up(config.log_format, config.log_level)
    if not config.demo:
        for note in reading.notes:
            log.warning("configuration.unmet", what=note)
    names = None if tls is None else lan_addresses()

    def ready() -> None:
        _announce(config)

    try:
        run(server.serve(config, tls_names=names, say=say, ready=ready))
    except asyncio.CancelledError:
        say("Stopped.")


@app.command()
def migrate() -> None:
    """Bring the database up to this version."""
    config = usable(read_settings())

    async def work() -> list[str]:
        url = config.migrate_database_url or config.database_url
        async with AsyncExitStack() as stack:
            if url is None:
                # The embedded one is brought up to date by opening it.
                await stack.enter_async_context(opened(config, say))
                return []
            database = await stack.enter_async_context(connected(url, 2))
            try:
                done = await run_migrations(database, now, app=_app_login(config))
            except OwnFault as error:
                raise Refusal(
                    f"This is not a database for this version of Televisit: {error.detail}."
                ) from None
            except LookupError:
                raise Refusal(
                    "DATABASE_URL names a login that this PostgreSQL does not have: make it first "
                    "(deploy/postgres/roles.sql shows how)."
                ) from None
            return [f"{step.version:04}_{step.name}" for step in done]

    for name in run(work()):
        out.print(f"applied {name}")
    out.print("The database is up to date.")
    if config.database_url is not None and _app_login(config) is None:
        out.print(
            "DATABASE_URL's login owns what it made. Outside the demo, serve refuses such a login: give "
            "MIGRATE_DATABASE_URL the owner's and DATABASE_URL one of its own."
        )


@app.command()
def demo() -> None:
    """Fill the database with the demo hospital; what is there already stays."""
    config = usable(read_settings({"DEMO": "true"}))
    place = {"zone": config.hospital_time_zone, "currency": config.currency}
    run(with_work(config, lambda work, passwords: demo_hospital.seed(work, passwords, **place)))
    _print_logins()


@user_app.command("create")
def user_create(
    login: Annotated[str, typer.Option(prompt=True, help="What the person signs in with.")],
    role: Annotated[Role, typer.Option(prompt=True, help="What the account is for.")],
    name: Annotated[str, typer.Option(prompt="Name", help="The person's name, as others see it.")],
    locale: Annotated[str, typer.Option(help="zh-CN or en.")] = "zh-CN",
    email: Annotated[str | None, typer.Option(help="Where mails go.")] = None,
    birth_date: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Patients: YYYY-MM-DD.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Doctors and pharmacists.")] = None,
    specialty: Annotated[str | None, typer.Option(help="Doctors and pharmacists.")] = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
) -> None:
    """Create an account. Asks for what is needed and was not given."""
    config = usable(read_settings())
    if role is Role.PATIENT and birth_date is None:
        birth_date = _date(typer.prompt("Birth date (YYYY-MM-DD)"))
    if role in (Role.DOCTOR, Role.PHARMACIST):
        title = title or typer.prompt("Title")
        specialty = specialty or typer.prompt("Specialty")
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)

    async def create(work: UnitOfWork, passwords: PasswordHasher) -> Account:
        check_password(password, login)
        new = NewAccount(
            login,
            await passwords.hash(password),
            role,
            name,
            locale=locale,
            email=email,
            birth_date=None if birth_date is None else birth_date.date(),
            title=title,
            specialty=specialty,
        )
        async with work.begin(SYSTEM, "command-line") as ctx:
            return await create_account(ctx, new)

    account = run(with_work(config, create))
    out.print(f"Created the {account.role.value} {account.login} ({account.id}).", markup=False)


@user_app.command("reset-second-factor")
def user_reset_second_factor(
    login: Annotated[str, typer.Argument(help="What the person signs in with.")],
) -> None:
    """Forget a lost second factor and sign the account out everywhere. Be sure who is asking for it."""
    config = usable(read_settings())

    async def forget(work: UnitOfWork, _: PasswordHasher) -> Account:
        async with work.begin(SYSTEM, "command-line") as ctx:
            return await reset(ctx, login)

    account = run(with_work(config, forget))
    out.print(f"{account.login} sets up a new second factor at the next sign-in.", markup=False)


@user_app.command("bind-sign-on")
def user_bind_sign_on(
    login: Annotated[str, typer.Argument(help="What the person signs in with here.")],
    subject: Annotated[str, typer.Argument(help="Who the person is to the OpenID provider: the claim sub.")],
) -> None:
    """Let somebody of the OpenID provider's open an account of the staff."""
    config = usable(read_settings())
    if config.sign_on is None:
        raise failed(["OIDC_ISSUER is not set: there is no single sign-on."])
    issuer = config.sign_on.issuer

    async def act(work: UnitOfWork, _: PasswordHasher) -> Account:
        async with work.begin(SYSTEM, "command-line") as ctx:
            return await bind(ctx, login, issuer, subject)

    run(with_work(config, act))
    out.print(f"{login} signs in as {subject} of {issuer}.", markup=False)


@user_app.command("unbind-sign-on")
def user_unbind_sign_on(
    login: Annotated[str, typer.Argument(help="What the person signs in with here.")],
) -> None:
    """Let nobody of the OpenID provider's open this account any more. Open sessions go on."""
    config = usable(read_settings())

    async def act(work: UnitOfWork, _: PasswordHasher) -> Account:
        async with work.begin(SYSTEM, "command-line") as ctx:
            return await unbind(ctx, login)

    run(with_work(config, act))
    out.print(f"{login} does not sign in by the OpenID provider any more.", markup=False)


@config_app.command("check")
def config_check(
    demo: Annotated[bool, typer.Option("--demo", help="As `serve --demo` would find it.")] = False,
) -> None:
    """Show every setting, where its value comes from, and what is wrong or unmet."""
    reading = read_settings({"DEMO": "true"} if demo else {})
    wrong, unmet = _database_findings(reading)
    problems = [*reading.problems, *wrong, *_loop_findings(reading)]
    notes = [*reading.notes, *unmet]
    table = Table("setting", "value", "source", box=None, header_style="bold", pad_edge=False)
    for value in reading.values:
        table.add_row(value.setting.name, value.shown, value.source)
    Console(highlight=False, markup=False).print(table)
    for title, sentences in (("Problems", problems), ("Unmet", notes)):
        if sentences:
            out.print(f"\n{title}:")
        for sentence in sentences:
            out.print(f"- {sentence}", markup=False)
    if problems:
        raise typer.Exit(1)
    out.print("\nThe configuration can be used.")


def _loop_findings(reading: Reading) -> list[str]:
    """Return what is wrong about the loop of the relay on this machine, as `serve` would find it."""
    if reading.config is None:
        return []
    try:
        demand_loop(reading.config)
    except Refusal as refused:
        return list(refused.sentences)
    return []


def _database_findings(reading: Reading) -> tuple[list[str], list[str]]:
    """Return what is wrong and what is unmet about the hospital's own database, as `serve` would find it."""
    config = reading.config
    if config is None or config.database_url is None:
        return [], []
    url = config.database_url

    async def ask() -> tuple[list[str], list[str]]:
        try:
            database = await Database.connect(url, size=1)
        except PartnerDown as error:
            return [], [f"The database was not looked at: {error.sentence.strip()}"]
        try:
            wrong = [*await refusals(demand_durable(database))]
            if not config.demo:
                wrong += await refusals(demand_own_login(database))
            return wrong, await refusals(demand_migrated(database))
        finally:
            await database.close()

    return asyncio.run(ask())


@keys_app.command("list")
def keys_list() -> None:
    """Show the keys' names, and how many data keys each wraps."""
    config = usable(read_settings())
    run(with_work(config, lambda work, _: keys_command.show(work, Console(highlight=False, markup=False))))


@keys_app.command("rotate")
def keys_rotate() -> None:
    """Wrap every data key by a new key. Run again when it was stopped."""
    config = usable(read_settings())
    run(with_work(config, lambda work, _: keys_command.rotate(work, config, out, err)))


@app.command("version")
def show_version() -> None:
    """Print the version."""
    out.print(version("televisit"))


def _app_login(config: Config) -> str | None:
    """Return the server's own login, to be granted what it needs; None when it is the one that migrates."""
    if config.database_url is None or config.migrate_database_url is None:
        return None
    app = login_of(config.database_url)
    return None if app == login_of(config.migrate_database_url) else app


def _announce(config: Config) -> None:
    out.print(f"\n{config.hospital_name}: {config.public_url}\n", markup=False)
    if config.demo:
        _print_logins()
        out.print("\nCtrl-C stops it.")
    sys.stdout.flush()


def _print_logins() -> None:
    table = Table("sign in as", "role", "name", box=None, header_style="bold", pad_edge=False)
    for login in demo_hospital.logins():
        table.add_row(login.login, login.role.value, login.display_name)
    Console(highlight=False, markup=False).print(table)
    out.print(f"\nEverybody's password: {demo_hospital.PASSWORD}", markup=False)
    out.print("The code that the staff is asked for next stands on the page.", markup=False)


def _date(text: str) -> datetime:
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d")
    except ValueError:
        raise failed([f"{text} is no date; write it like 1988-05-17."]) from None


def _stop_with_parent() -> None:
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            raise typer.Exit(1)


if __name__ == "__main__":
    app()
