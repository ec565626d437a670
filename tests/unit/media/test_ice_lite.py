import os
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media import stun
from media.ice_lite import (
    ADDRESSES_MAX,
    CHECKS_BURST,
    CONNECT_S,
    CONSENT_S,
    ERRORS_PER_S,
    KEPT_S,
    SEEN_MAX,
    Checked,
    Credentials,
    IceAgent,
    IceSession,
)

Address = tuple[object, ...]
HOME: Address = ("192.0.2.1", 5000)
CAFE: Address = ("2001:db8::7", 6000, 0, 0)
TRANSACTION = bytes(range(12))


def check(
    credentials: Credentials,
    nominate: bool = False,
    more: Sequence[tuple[int, bytes]] = (),
    password: str | None = None,
    transaction: bytes | None = None,
) -> bytes:
    attributes = [(int(stun.Attribute.USERNAME), f"{credentials.ufrag}:theirs".encode()), *more]
    if nominate:
        attributes.append((stun.Attribute.USE_CANDIDATE, b""))
    attributes.append((stun.Attribute.PRIORITY, bytes(4)))
    key = (credentials.password if password is None else password).encode()
    return stun.build(stun.MessageClass.REQUEST, transaction or os.urandom(12), attributes, key)


class Table:
    """An agent with its clock in hand."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.agent: IceAgent[str] = IceAgent(self.now)

    def join(self, owner: str) -> IceSession[str]:
        return self.agent.add(owner, self.now)

    def get(self, datagram: bytes, address: Address = HOME) -> Checked[str]:
        return self.agent.handle(datagram, address, str(address[0]), int(str(address[1])), self.now)

    def after(self, seconds: float) -> list[str]:
        """Let time go by; return whose sessions are lost by it."""
        self.now += seconds
        return sorted(session.owner for session in self.agent.expire(self.now))


@pytest.fixture
def table() -> Table:
    return Table()


def answer_of(checked: Checked[str]) -> stun.Message:
    assert checked.answer is not None
    return stun.parse(checked.answer)


def test_a_proven_check_is_answered_and_its_address_learned(table: Table) -> None:
    session = table.join("ann")
    checked = table.get(check(session.credentials))
    answer = answer_of(checked)
    assert answer.message_class is stun.MessageClass.SUCCESS
    assert answer.mapped_address() == HOME
    assert stun.proves(answer, session.credentials.password.encode())
    assert checked.session is session
    assert not checked.selected and session.selected is None
    assert table.agent.routes == {HOME: "ann"}


def test_media_goes_only_where_a_proven_check_nominated(table: Table) -> None:
    session = table.join("ann")
    assert table.get(check(session.credentials, nominate=True)).selected
    assert session.selected == HOME
    assert not table.get(check(session.credentials, nominate=True)).selected
    table.get(check(session.credentials), CAFE)
    assert session.selected == HOME
    assert table.get(check(session.credentials, nominate=True), CAFE).selected
    assert session.selected == CAFE


def test_a_wrong_password_teaches_nothing(table: Table) -> None:
    session = table.join("ann")
    checked = table.get(check(session.credentials, nominate=True, password="wrong" * 5))
    assert answer_of(checked).error_code() == 401
    assert checked.session is None
    assert session.selected is None and not table.agent.routes
    assert table.agent.counters.unproven == 1


def test_an_unknown_ufrag_teaches_nothing(table: Table) -> None:
    table.join("ann")
    checked = table.get(check(Credentials("nobodyss", "p" * 24), nominate=True))
    assert answer_of(checked).error_code() == 401
    assert not table.agent.routes
    assert table.agent.counters.unknown_ufrag == 1


def test_a_check_without_proof_is_a_bad_request(table: Table) -> None:
    session = table.join("ann")
    username = (int(stun.Attribute.USERNAME), f"{session.credentials.ufrag}:x".encode())
    bare = stun.build(stun.MessageClass.REQUEST, TRANSACTION, [username], None)
    assert answer_of(table.get(bare)).error_code() == 400
    assert not table.agent.routes


def test_no_answer_is_larger_than_what_an_unproven_address_sent(table: Table) -> None:
    session = table.join("ann")
    # The smallest Binding request, and the smallest that can be proven: an IPv6 address would make its answer
    # larger.
    smallest = stun.build(stun.MessageClass.REQUEST, TRANSACTION, [], None)[:20]
    smallest = smallest[:2] + bytes(2) + smallest[4:]
    assert table.get(smallest).answer is None
    username = [(int(stun.Attribute.USERNAME), session.credentials.ufrag.encode())]
    proven = stun.build(
        stun.MessageClass.REQUEST, TRANSACTION, username, session.credentials.password.encode()
    )
    assert table.get(proven, CAFE) == Checked()
    assert not table.agent.routes
    assert table.agent.counters.answers_withheld == 2
    # An address that is proven may get it.
    table.get(check(session.credentials), CAFE)
    assert answer_of(table.get(proven, CAFE)).message_class is stun.MessageClass.SUCCESS


def test_errors_for_strangers_are_few_a_second(table: Table) -> None:
    bad = check(Credentials("nobodyss", "p" * 24))
    answered = sum(table.get(bad).answer is not None for _ in range(3 * ERRORS_PER_S))
    assert answered == ERRORS_PER_S
    table.now += 1
    assert table.get(bad).answer is not None


def test_a_side_that_believes_itself_controlled_is_told_of_the_conflict(table: Table) -> None:
    session = table.join("ann")
    checked = table.get(check(session.credentials, True, [(stun.Attribute.ICE_CONTROLLED, bytes(8))]))
    answer = answer_of(checked)
    assert answer.error_code() == 487
    assert stun.proves(answer, session.credentials.password.encode())
    assert checked.session is None and not table.agent.routes


def test_what_must_be_understood_and_is_not_is_refused_once_proven(table: Table) -> None:
    session = table.join("ann")
    assert answer_of(table.get(check(session.credentials, True, [(0x7777, b"")]))).error_code() == 420
    forged = check(session.credentials, True, [(0x7777, b"")], password="wrong")
    assert answer_of(table.get(forged)).error_code() == 401
    assert not table.agent.routes


@pytest.mark.parametrize("kind", [stun.MessageClass.INDICATION, stun.MessageClass.SUCCESS])
def test_indications_and_answers_are_left_alone(table: Table, kind: stun.MessageClass) -> None:
    session = table.join("ann")
    username = [(int(stun.Attribute.USERNAME), session.credentials.ufrag.encode())]
    message = stun.build(kind, TRANSACTION, username, session.credentials.password.encode())
    assert table.get(message) == Checked()
    assert not table.agent.routes


def test_consent_ends_thirty_seconds_after_the_last_proven_check(table: Table) -> None:
    session = table.join("ann")
    table.get(check(session.credentials, nominate=True))
    assert table.after(CONSENT_S - 1) == []
    table.get(check(session.credentials))
    table.get(check(session.credentials, password="wrong"), CAFE)
    assert table.after(CONSENT_S) == []
    assert session.selected == HOME
    assert table.after(1) == ["ann"]
    assert session.selected is None and session.lost and not table.agent.routes
    assert table.after(1) == []
    # RFC 7675 section 5.1: what lost consent gets it back by new credentials alone.
    assert table.get(check(session.credentials, nominate=True)).session is None


def test_consent_is_each_addresss_own(table: Table) -> None:
    session = table.join("ann")
    table.get(check(session.credentials, nominate=True), HOME)
    table.now += 20
    table.get(check(session.credentials), CAFE)
    assert table.after(11) == []
    assert session.selected is None
    assert table.agent.routes == {CAFE: "ann"}
    assert table.get(check(session.credentials, nominate=True), CAFE).selected
    assert table.after(CONSENT_S + 1) == ["ann"]


def test_a_session_that_nobody_nominates_is_lost(table: Table) -> None:
    session = table.join("ann")
    table.now += 20
    table.get(check(session.credentials))
    assert table.after(CONNECT_S - 21) == []
    assert table.after(2) == ["ann"]


def test_a_restart_keeps_the_old_path_until_the_new_is_nominated(table: Table) -> None:
    session = table.join("ann")
    old = session.credentials
    table.get(check(old, nominate=True), HOME)
    new = table.agent.restart(session, table.now)
    assert new != old
    assert table.get(check(old), HOME).session is session
    assert table.get(check(new), CAFE).session is session
    assert session.selected == HOME
    assert table.get(check(new, nominate=True), CAFE).selected
    assert session.selected == CAFE
    assert table.get(check(old, nominate=True), HOME).session is None
    assert session.selected == CAFE


def test_a_second_restart_before_the_first_was_used_leaves_the_nominated_credentials(table: Table) -> None:
    session = table.join("ann")
    old = session.credentials
    table.get(check(old, nominate=True))
    middle = table.agent.restart(session, table.now)
    newest = table.agent.restart(session, table.now)
    assert table.get(check(middle)).session is None
    assert table.get(check(old)).session is session
    assert table.get(check(newest, nominate=True)).session is session
    assert table.get(check(old)).session is None


def test_a_restart_brings_a_lost_session_back(table: Table) -> None:
    session = table.join("ann")
    old = session.credentials
    table.get(check(old, nominate=True))
    assert table.after(CONSENT_S + 1) == ["ann"]
    new = table.agent.restart(session, table.now)
    assert table.get(check(old, nominate=True)).session is None
    assert table.get(check(new, nominate=True)).selected
    assert table.after(CONSENT_S + 1) == ["ann"]


def test_an_address_in_use_is_not_drawn_away_by_another_participant(table: Table) -> None:
    ann, eve = table.join("ann"), table.join("eve")
    table.get(check(ann.credentials, nominate=True), HOME)
    assert table.get(check(eve.credentials, nominate=True), HOME) == Checked()
    assert table.agent.routes == {HOME: "ann"}
    assert table.agent.counters.contested == 1
    # A NAT may give a port that fell silent to the next: that one has it then.
    table.now += KEPT_S
    assert table.get(check(eve.credentials, nominate=True), HOME).selected
    assert table.agent.routes == {HOME: "eve"}
    assert ann.selected is None


def test_a_participant_learns_only_so_many_addresses_and_keeps_the_one_in_use(table: Table) -> None:
    session = table.join("ann")
    table.get(check(session.credentials, nominate=True), HOME)
    for port in range(1, 4 * ADDRESSES_MAX):
        table.now += 0.1
        table.get(check(session.credentials), ("192.0.2.2", port))
    assert len(session.learned) == len(table.agent.routes) == ADDRESSES_MAX
    assert session.selected == HOME and HOME in table.agent.routes


def test_a_check_that_somebody_saw_go_by_leads_nowhere_else(table: Table) -> None:
    session = table.join("ann")
    seen = check(session.credentials, nominate=True)
    assert table.get(seen, HOME).selected
    assert table.get(seen, CAFE) == Checked()
    assert session.selected == HOME and CAFE not in table.agent.routes
    # Sent again from where it came, it is answered; that ann is still there it does not prove.
    table.now += CONSENT_S
    again = table.get(seen, HOME)
    assert again.answer is not None and again.session is None
    table.now += 1
    assert table.agent.expire(table.now) == [session]


def test_what_is_known_of_a_sessions_checks_is_bounded(table: Table) -> None:
    session = table.join("ann")
    for _ in range(SEEN_MAX + 9):
        table.now += 0.1
        table.get(check(session.credentials))
    assert len(session.seen) == SEEN_MAX


def test_one_participants_checks_are_bounded(table: Table) -> None:
    session, other = table.join("ann"), table.join("bob")
    for _ in range(CHECKS_BURST):
        assert table.get(check(session.credentials)).session is session
    assert table.get(check(session.credentials)) == Checked()
    assert table.agent.counters.throttled == 1
    assert table.get(check(other.credentials), CAFE).session is other


def test_who_knows_a_ufrag_does_not_spend_its_owners_checks(table: Table) -> None:
    session = table.join("ann")
    for _ in range(CHECKS_BURST):
        assert table.get(check(session.credentials, password="x" * 24), CAFE).session is None
    assert table.get(check(session.credentials)).session is session
    assert table.agent.counters.throttled == 0


def test_what_was_removed_is_gone(table: Table) -> None:
    session = table.join("ann")
    table.get(check(session.credentials, nominate=True))
    table.agent.remove(session)
    table.agent.remove(session)
    assert not table.agent.routes and not table.agent.sessions
    assert table.get(check(session.credentials, nominate=True)).session is None
    with pytest.raises(ValueError, match="removed"):
        table.agent.restart(session, table.now)


def test_a_path_that_is_gone_is_forgotten(table: Table) -> None:
    session = table.join("ann")
    table.get(check(session.credentials, nominate=True), HOME)
    table.get(check(session.credentials), CAFE)
    assert table.agent.forget(CAFE) is None
    assert table.agent.forget(HOME) == "ann"
    assert table.agent.forget(HOME) is None
    assert session.selected is None and not table.agent.routes


def test_credentials_are_long_enough_and_do_not_show(table: Table) -> None:
    credentials = table.join("ann").credentials
    assert len(credentials.ufrag) == 8 and len(credentials.password) == 24
    assert credentials.password not in repr(credentials)


places = st.sampled_from([HOME, CAFE, ("192.0.2.9", 9)])
step = st.tuples(st.integers(0, 2), st.booleans(), st.booleans(), places, st.floats(0, 40))


@settings(max_examples=60)
@given(st.lists(step, max_size=30))
def test_whatever_happens_the_tables_agree(steps: list[tuple[int, bool, bool, Address, float]]) -> None:
    table = Table()
    sessions = [table.join(name) for name in ("ann", "bob", "eve")]
    for who, nominate, restart, address, seconds in steps:
        if restart:
            table.agent.restart(sessions[who], table.now)
        table.get(check(sessions[who].credentials, nominate), address)
        table.after(seconds)
        owned = {address: one.owner for one in sessions for address in one.learned}
        assert table.agent.routes == owned
        for one in sessions:
            assert one.selected is None or table.now - one.learned[one.selected] <= CONSENT_S
            assert one.lost <= (one.selected is None)
            assert len(one.learned) <= ADDRESSES_MAX
