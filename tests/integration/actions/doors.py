"""Where tests sign in."""

from actions.context import UnitOfWork
from actions.passwords import PasswordHasher
from actions.sessions import SignedIn, sign_in
from providers.throttle import Throttle
from tests.people import PASSWORD


class Door:
    """Where one signs in, with everything that it needs; from another address each time unless told."""

    def __init__(self, work: UnitOfWork, passwords: PasswordHasher, throttle: Throttle) -> None:
        self.work = work
        self.passwords = passwords
        self.throttle = throttle
        self._callers = 0

    async def enter(
        self,
        login: str,
        password: str = PASSWORD,
        *,
        client_address: str | None = None,
        user_agent: str = "Browser/1.0",
    ) -> SignedIn:
        self._callers += 1
        return await sign_in(
            self.work,
            self.passwords,
            self.throttle,
            login=login,
            password=password,
            client_address=client_address or f"192.0.2.{self._callers}",
            user_agent=user_agent,
            request_id="request-1",
        )
