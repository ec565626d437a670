"""The televisit command, on an embedded PostgreSQL of its own: what is said, and with which exit code."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from media.native.library import NoNativeLoop
from tests.integration.server.televisit_command import Televisit

PASSWORD = "a long enough one"
AUDITOR = ("user", "create", "--role", "auditor", "--name", "Ada", "--password-stdin")


@pytest.fixture(scope="module")
def televisit() -> Iterator[Televisit]:
    folder = Path(tempfile.mkdtemp(prefix="televisit-cli-", dir="/var/tmp"))
    folder.chmod(0o755)
    made = Televisit(folder)
    first = made("migrate")
    assert first.exit_code == 0, first.output
    made.cluster.start()
    yield made
    made.cluster.stop()
    shutil.rmtree(folder, ignore_errors=True)


def test_migrate_says_when_there_is_nothing_to_do(televisit: Televisit) -> None:
    done = televisit("migrate")
    assert done.exit_code == 0
    assert "up to date" in done.output


def test_an_account_is_created_with_a_hashed_password(televisit: Televisit) -> None:
    done = televisit(*AUDITOR, "--login", "Ada.Audits", given=f"{PASSWORD}\n")
    assert done.exit_code == 0, done.output
    assert "auditor ada.audits" in done.output
    kept = televisit.sql("select password_hash, demo from account where login = 'ada.audits'")
    assert kept.startswith("$argon2id$")
    assert kept.endswith("|f")
    assert PASSWORD not in done.output


def test_creating_an_account_leaves_an_audit_line(televisit: Televisit) -> None:
    televisit(*AUDITOR, "--login", "ada.traced", given=f"{PASSWORD}\n")
    lines = televisit.sql(
        "select e.action, e.request_id from audit_event e join account a on a.id = e.subject_id"
        " where a.login = 'ada.traced'"
    )
    assert lines == "account.create|command-line"


def test_a_taken_login_is_refused_in_words(televisit: Televisit) -> None:
    televisit(*AUDITOR, "--login", "twice", given=f"{PASSWORD}\n")
    done = televisit(*AUDITOR, "--login", "TWICE", given=f"{PASSWORD}\n")
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    assert televisit.sql("select count(*) from account where login = 'twice'") == "1"


@pytest.mark.parametrize(
    ("login", "password", "word"),
    [("ok.login", "short", "password"), ("no spaces", PASSWORD, "login"), ("x", PASSWORD, "login")],
)
def test_what_cannot_be_is_refused_in_words(
    televisit: Televisit, login: str, password: str, word: str
) -> None:
    done = televisit(*AUDITOR, "--login", login, given=f"{password}\n")
    assert done.exit_code == 1
    assert word in done.output
    assert "Traceback" not in done.output


def test_what_a_role_needs_is_asked_for(televisit: Televisit) -> None:
    done = televisit(
        "user", "create", "--login", "asked.patient", "--role", "patient", "--name", "李",
        given=f"1988-05-17\n{PASSWORD}\n{PASSWORD}\n",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    birth_date = televisit.sql(
        "select p.birth_date from patient p join account a on a.id = p.account_id"
        " where a.login = 'asked.patient'"
    )
    assert birth_date == "1988-05-17"


def test_a_birth_date_that_is_none_is_refused_in_words(televisit: Televisit) -> None:
    done = televisit(
        "user", "create", "--login", "no.date", "--role", "patient", "--name", "李", given="17.5.88\n"
    )
    assert done.exit_code == 1
    assert "17.5.88 is no date" in done.output


def test_an_unknown_role_is_a_usage_error(televisit: Televisit) -> None:
    done = televisit("user", "create", "--login", "a.b.c", "--role", "boss", "--name", "x")
    assert done.exit_code == 2


def test_a_lost_second_factor_is_forgotten_by_the_operator(televisit: Televisit) -> None:
    televisit(*AUDITOR, "--login", "lost.phone", given=f"{PASSWORD}\n")
    done = televisit("user", "reset-second-factor", "lost.phone")
    assert done.exit_code == 0, done.output
    assert "lost.phone sets up a new second factor" in done.output
    assert televisit.sql("select count(*) from audit_event where action = 'second_factor.reset'") == "1"
    unknown = televisit("user", "reset-second-factor", "nobody.here")
    assert (unknown.exit_code, "no such account" in unknown.output) == (1, True)


def test_the_demo_is_refused_where_real_people_are(televisit: Televisit) -> None:
    televisit(*AUDITOR, "--login", "somebody.real", given=f"{PASSWORD}\n")
    done = televisit("demo")
    assert done.exit_code == 1
    assert "real hospital" in done.output
    assert televisit.sql("select count(*) from account where demo") == "0"


def test_the_configuration_is_shown_with_sources_and_without_secrets(televisit: Televisit) -> None:
    done = televisit("config", "check", TURN_URLS="turn:a:3478", TURN_SECRET="hunter2", PORT="9000")
    assert done.exit_code == 0, done.output
    lines = {line.split()[0]: line.split()[1:] for line in done.output.splitlines() if line.strip()}
    assert lines["PORT"] == ["9000", "environment"]
    assert lines["TURN_SECRET"] == ["********", "environment"]
    assert lines["HOST"] == ["127.0.0.1", "default"]
    assert "hunter2" not in done.output
    assert "mails are not sent" in done.output


def test_a_configuration_that_cannot_be_used_ends_with_exit_code_1(televisit: Televisit) -> None:
    done = televisit("config", "check", PORT="http", SMTP_HOST="mail.example.org")
    assert done.exit_code == 1
    assert "PORT must be a whole number" in done.output
    assert "SMTP_SENDER" in done.output


def test_a_native_loop_that_cannot_be_had_is_no_configuration_that_can_be_used(
    televisit: Televisit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise NoNativeLoop("there is no C compiler")

    monkeypatch.setattr("server.relay.demand_obtainable", missing)
    for loop, code in (("native", 1), ("auto", 0)):
        done = televisit("config", "check", RELAY_PORT="3479", RELAY_LOOP=loop)
        assert done.exit_code == code, done.output
        assert ("there is no C compiler" in done.output) == (loop == "native")


@pytest.mark.parametrize("command", [("serve",), ("migrate",), ("demo",), ("archive", "verify")])
def test_no_command_goes_on_with_a_broken_configuration(
    televisit: Televisit, command: tuple[str, ...]
) -> None:
    done = televisit(*command, PORT="http")
    assert done.exit_code == 1
    assert "PORT must be a whole number" in done.output


@pytest.mark.parametrize("command", [("migrate",), ("demo",), ("archive", "verify")])
def test_a_database_that_is_not_there_is_said_in_words(
    televisit: Televisit, command: tuple[str, ...]
) -> None:
    done = televisit(*command, DATABASE_URL="postgresql://app:hunter2@127.0.0.1:1/televisit")
    assert done.exit_code == 1
    assert "cannot be reached" in done.output
    assert "hunter2" not in done.output
    assert "Traceback" not in done.output


def test_a_folder_that_cannot_be_used_is_said_in_words(televisit: Televisit, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    done = televisit("demo", DATA_DIR=str(tmp_path / "file"))
    assert done.exit_code == 1
    assert str(tmp_path / "file") in done.output
    assert "DATA_DIR" in done.output
    assert "Traceback" not in done.output


def test_a_damaged_entry_is_named_and_the_exit_code_is_2() -> None:
    folder = Path(tempfile.mkdtemp(prefix="televisit-cli-", dir="/var/tmp"))
    folder.chmod(0o755)
    televisit = Televisit(folder)
    try:
        assert televisit("demo").exit_code == 0
        televisit.cluster.start()
        intact = televisit("archive", "verify")
        assert intact.exit_code == 0, intact.output
        damaged = televisit.sql(
            "set session_replication_role = replica;"
            " update archive_entry set sealed = set_byte(sealed, 12, get_byte(sealed, 12) # 1)"
            " where (conversation_id, seq) in"
            " (select conversation_id, seq from archive_entry where kind = 'chat' limit 1)"
            " returning conversation_id, seq;"
        )
        conversation, _, seq = damaged.partition("|")
        broken = televisit("archive", "verify")
        assert broken.exit_code == 2
        assert f"conversation {conversation}, entry {seq}: body-damaged" in broken.output
        assert "BROKEN: 1 finding." in broken.output
    finally:
        televisit.cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
