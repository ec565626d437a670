"""Accounts, for the administration."""

from actions import accounts
from actions.context import permit
from actions.page_cursor import read_name_cursor, write_name_cursor
from booking_api.edge import Call
from booking_api.models import Accounts, AccountView, NewAccount
from booking_api.queries import AccountsQuery
from booking_api.views import view
from domain.accounts import Role, check_password
from domain.ids import AccountId
from domain.permissions import Action


async def list_accounts(call: Call) -> Accounts:
    """GET /api/accounts."""
    query = call.given(AccountsQuery)
    after = None if query.cursor is None else read_name_cursor(query.cursor)[0]
    role = None if query.role is None else Role(query.role)
    async with call.begin() as ctx:
        found, more = await accounts.list_accounts(ctx, query.name, role, after, query.limit)
    return Accounts(
        accounts=[view(AccountView, item) for item in found],
        next_cursor=write_name_cursor(found[-1].login, found[-1].id) if more else None,
    )


async def create_account(call: Call) -> AccountView:
    """POST /api/accounts."""
    new = call.given(NewAccount)
    async with call.begin() as ctx:
        # Refused before the hash, which is dear, and the hash before the transaction, which is short.
        permit(ctx, Action.ACCOUNT_CREATE)
    check_password(new.password, new.login, *([] if new.email is None else [new.email]))
    password_hash = await call.edge.passwords.hash(new.password)
    async with call.begin() as ctx:
        made = await accounts.create_account(
            ctx,
            accounts.NewAccount(
                login=new.login,
                password_hash=password_hash,
                role=new.role,
                display_name=new.display_name,
                locale=new.locale,
                email=new.email,
                birth_date=new.birth_date,
                title=new.title,
                specialty=new.specialty,
            ),
        )
    return view(AccountView, made)


async def disable_account(call: Call) -> None:
    """POST /api/accounts/{id}/disable."""
    async with call.begin() as ctx:
        await accounts.disable_account(ctx, AccountId(call.uuid()))


async def enable_account(call: Call) -> None:
    """POST /api/accounts/{id}/enable."""
    async with call.begin() as ctx:
        await accounts.enable_account(ctx, AccountId(call.uuid()))
