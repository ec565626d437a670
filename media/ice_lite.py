"""ICE-lite (RFC 8445 section 2.5) as a table: who may be sent what, where, and until when. No socket and no
clock.

What is trusted: a check proves its sender by MESSAGE-INTEGRITY and by nothing else. An address is learned
only from a proven check; media goes only to the address of the last proven check with USE-CANDIDATE, and for
no longer than 30 s after that address's last proven check (RFC 7675). An answer that would be larger than its
request goes to no address that is not learned yet, and answers to what is not proven are few a second.

A check counts once, and from one address: whoever sees it go by can make nothing of it elsewhere.

What is not proven is the way back, for a lite side asks nothing: a participant who forges his sender's
address can have what he himself is sent go there, for as long as he keeps checking from there.

Times are seconds of one monotonic clock. An address is whatever hashable value the caller knows a path by.
"""

import base64
import secrets
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from media import stun
from media.token_bucket import TokenBucket

CONSENT_S = 30.0
CONNECT_S = 30.0
ADDRESSES_MAX = 16
# A participant's own checks, once proven: a browser sends at most one each 50 ms and pair of addresses, and
# then one each 2.5 s.
CHECKS_PER_S = 100
CHECKS_BURST = 300
ERRORS_PER_S = 50
# So many of a session's last checks are known again. A browser sends one each 2.5 s and path.
SEEN_MAX = 2048
# An address that another participant used this recently stays that participant's: whoever forges a sender's
# address with credentials of his own must not draw the other's packets to himself.
KEPT_S = 10.0

Owner = TypeVar("Owner")
Address = Hashable


@dataclass(frozen=True, slots=True)
class Credentials:
    """Our ufrag (8 characters, 48 bits) and password (24 characters, 144 bits), of RFC 8839's ice-char."""

    ufrag: str
    password: str

    def __repr__(self) -> str:
        return f"Credentials(ufrag={self.ufrag!r}, password=***)"


@dataclass(slots=True)
class IceCounters:
    """What became of the datagrams that looked like STUN."""

    checks: int = 0
    malformed: int = 0
    unknown_ufrag: int = 0
    unproven: int = 0
    throttled: int = 0
    contested: int = 0
    repeated: int = 0
    errors_sent: int = 0
    answers_withheld: int = 0


@dataclass(eq=False, slots=True)
class IceSession(Generic[Owner]):
    """One participant's side of ICE; only `IceAgent` changes it.

    `credentials` are the newest. `standing` are those of the last nomination while a restart has not been
    nominated yet. `selected` is where media may go, or None; without one the session is lost at `deadline`.
    `lost` says that consent or the time to connect ran out: no check is answered until a restart. `seen` has
    the transactions of late, and the hash of the address that each came from.
    """

    owner: Owner
    credentials: Credentials
    deadline: float
    checks: TokenBucket
    standing: Credentials | None = None
    selected: Address | None = None
    lost: bool = False
    nominated_with: Credentials | None = None
    learned: dict[Address, float] = field(default_factory=dict)
    seen: dict[bytes, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked(Generic[Owner]):
    """What to do about a datagram: send `answer` back to where it came from, if any.

    `session` is set only when the check was proven and accepted; `selected` says that the path of this check
    is now the one that media goes to, and was not before.
    """

    answer: bytes | None = None
    session: IceSession[Owner] | None = None
    selected: bool = False


class IceAgent(Generic[Owner]):
    """Every session of a process, by our ufrag and by the addresses learned. Not for several threads.

    `routes`, which may be the caller's own, and `sessions` are for reading: which owner the datagrams of an
    address belong to, and all that were added and not removed.
    """

    def __init__(
        self,
        now: float,
        random: Callable[[int], bytes] = secrets.token_bytes,
        consent_s: float = CONSENT_S,
        connect_s: float = CONNECT_S,
        routes: dict[Address, Owner] | None = None,
    ) -> None:
        self.routes: dict[Address, Owner] = {} if routes is None else routes
        self.counters = IceCounters()
        self._random = random
        self._consent_s = consent_s
        self._connect_s = connect_s
        self._errors = TokenBucket(ERRORS_PER_S, ERRORS_PER_S, now)
        self._by_ufrag: dict[bytes, tuple[IceSession[Owner], Credentials]] = {}
        self._by_address: dict[Address, IceSession[Owner]] = {}
        self.sessions: set[IceSession[Owner]] = set()
        self._nothing: Checked[Owner] = Checked()

    def add(self, owner: Owner, now: float) -> IceSession[Owner]:
        """Return a new session with its own credentials; it is lost unless nominated within `connect_s`."""
        credentials = self._credentials()
        checks = TokenBucket(CHECKS_PER_S, CHECKS_BURST, now)
        session = IceSession(owner, credentials, now + self._connect_s, checks)
        self.sessions.add(session)
        self._by_ufrag[credentials.ufrag.encode()] = (session, credentials)
        return session

    def restart(self, session: IceSession[Owner], now: float) -> Credentials:
        """Give the session new credentials (RFC 8445 section 2.4) and return them.

        What was nominated goes on, with its credentials, until a check with the new ones nominates.
        """
        if session not in self.sessions:
            raise ValueError("the session was removed")
        for stale in {session.credentials, session.standing} - {session.nominated_with, None}:
            self._forget_ufrag(stale)
        session.standing = session.nominated_with
        session.credentials = self._credentials()
        session.lost = False
        session.deadline = now + self._connect_s
        self._by_ufrag[session.credentials.ufrag.encode()] = (session, session.credentials)
        return session.credentials

    def remove(self, session: IceSession[Owner]) -> None:
        """Forget the session, its credentials and its addresses. Removing twice is no error."""
        self.sessions.discard(session)
        self._shut(session)

    def handle(
        self, datagram: bytes | bytearray | memoryview, address: Address, host: str, port: int, now: float
    ) -> Checked[Owner]:
        """Judge one datagram from `address`, which the sender shall be told is `host` and `port`. Never
        raises.

        `host` is a literal of IPv4 or IPv6 without a zone.
        """
        try:
            request = stun.parse(datagram)
        except stun.MalformedStun:
            self.counters.malformed += 1
            return self._nothing
        # Indications keep mappings alive and prove nothing; answers are for questions, and none was asked.
        if request.message_class is not stun.MessageClass.REQUEST:
            return self._nothing
        if request.username is None or request.integrity_at is None:
            self.counters.unproven += 1
            return self._refuse(request, 400, address, now)
        known = self._by_ufrag.get(request.username.partition(b":")[0])
        if known is None:
            self.counters.unknown_ufrag += 1
            return self._refuse(request, 401, address, now)
        session, credentials = known
        if not stun.proves(request, credentials.password.encode()):
            self.counters.unproven += 1
            return self._refuse(request, 401, address, now)
        # Only now: who has seen a ufrag go by must not spend what its owner may ask.
        if not session.checks.take(1, now):
            self.counters.throttled += 1
            return self._nothing
        return self._proven(session, credentials, request, address, (host, port), now)

    def _proven(
        self,
        session: IceSession[Owner],
        credentials: Credentials,
        request: stun.Message,
        address: Address,
        seen: tuple[str, int],
        now: float,
    ) -> Checked[Owner]:
        password = credentials.password.encode()
        if request.unknown:
            return self._within(request, stun.error(request, 420, password, request.unknown), address)
        if request.controlled:
            # A lite side never controls (RFC 8445 section 7.3.1.1), so that the other one has to change.
            return self._within(request, stun.error(request, 487, password), address)
        answer = self._within(request, stun.success(request, *seen, password), address).answer
        if answer is None:
            # A browser's check is longer than its answer; what is not proves no address either.
            return self._nothing
        if (first := session.seen.get(request.transaction_id)) is not None:
            # Sent again because no answer came, or by somebody who saw it go by: it proves nothing new.
            self.counters.repeated += 1
            return Checked(answer) if first == hash(address) else self._nothing
        if not self._learn(session, address, now):
            self.counters.contested += 1
            return self._nothing
        if len(session.seen) >= SEEN_MAX:
            del session.seen[next(iter(session.seen))]
        session.seen[request.transaction_id] = hash(address)
        self.counters.checks += 1
        selected = False
        if request.use_candidate:
            selected = session.selected != address
            session.selected = address
            session.nominated_with = credentials
            if session.standing is not None and credentials is session.credentials:
                self._forget_ufrag(session.standing)
                session.standing = None
        if session.nominated_with is not None:
            session.deadline = max(session.deadline, now + self._consent_s)
        return Checked(answer, session, selected)

    def expire(self, now: float) -> list[IceSession[Owner]]:
        """Let go of what has run out, and return the sessions that are lost by it, each once."""
        lost = []
        for session in self.sessions:
            if session.lost:
                continue
            for address in [one for one, at in session.learned.items() if now - at > self._consent_s]:
                self._forget_address(session, address)
            if session.selected is None and now > session.deadline:
                self._shut(session)
                session.lost = True
                lost.append(session)
        return lost

    def forget(self, address: Address) -> Owner | None:
        """Let go of an address whose path is gone; return the owner whose media went there, if any did."""
        session = self._by_address.get(address)
        if session is None:
            return None
        was_selected = session.selected == address
        self._forget_address(session, address)
        return session.owner if was_selected else None

    def _learn(self, session: IceSession[Owner], address: Address, now: float) -> bool:
        holder = self._by_address.get(address)
        if holder is not None and holder is not session:
            if now - holder.learned[address] < KEPT_S:
                return False
            self._forget_address(holder, address)
        if address not in session.learned and len(session.learned) >= ADDRESSES_MAX:
            others = (one for one in session.learned if one != session.selected)
            self._forget_address(session, min(others, key=session.learned.__getitem__))
        session.learned[address] = now
        self._by_address[address] = session
        self.routes[address] = session.owner
        return True

    def _forget_address(self, session: IceSession[Owner], address: Address) -> None:
        del session.learned[address]
        del self._by_address[address]
        del self.routes[address]
        if session.selected == address:
            session.selected = None

    def _shut(self, session: IceSession[Owner]) -> None:
        for address in list(session.learned):
            self._forget_address(session, address)
        for credentials in (session.credentials, session.standing):
            self._forget_ufrag(credentials)
        session.standing = session.nominated_with = None

    def _forget_ufrag(self, credentials: Credentials | None) -> None:
        if credentials is not None:
            self._by_ufrag.pop(credentials.ufrag.encode(), None)

    def _refuse(self, request: stun.Message, code: int, address: Address, now: float) -> Checked[Owner]:
        if not self._errors.take(1, now):
            return self._nothing
        checked = self._within(request, stun.error(request, code, None), address)
        if checked.answer is not None:
            self.counters.errors_sent += 1
        return checked

    def _within(self, request: stun.Message, answer: bytes, address: Address) -> Checked[Owner]:
        """The answer, unless it is larger than its request and goes where nobody has proven to be."""
        if len(answer) > len(request.raw) and address not in self._by_address:
            self.counters.answers_withheld += 1
            return self._nothing
        return Checked(answer)

    def _credentials(self) -> Credentials:
        while True:
            ufrag = base64.b64encode(self._random(6)).decode()
            if ufrag.encode() not in self._by_ufrag:
                return Credentials(ufrag, base64.b64encode(self._random(18)).decode())
