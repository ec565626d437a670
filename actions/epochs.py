"""A new epoch of the log: when it cannot go on as it is, two persons let it begin again under a new
origin."""

from dataclasses import dataclass, replace

from actions.addenda import append_register
from actions.attempts import password_again
from actions.context import ActionRefused, Context, UnitOfWork, permit, record
from actions.log_identity import LogKey, SealingRefused, epoch_origin, present_tree
from actions.passwords import PasswordHasher
from chat_archive.tiles import edge_root
from domain.accounts import SYSTEM, Account, Actor, actor_of, normal_login
from domain.errors import Code, Conflict, FieldFault, InvalidInput
from domain.facts import Body, RegisterKind
from domain.permissions import Action
from providers.throttle import Throttle
from storage import accounts, sealing
from storage.sealing import Epoch, NewEpoch

REASON_MAX = 2_000
_REQUEST_ID = "command-line"


@dataclass(frozen=True, slots=True)
class Approval:
    """A person who is present and lets the epoch begin."""

    account: Account

    @property
    def actor(self) -> Actor:
        """Who it is, for permissions and audit lines."""
        return actor_of(self.account)


async def approve(
    work: UnitOfWork, passwords: PasswordHasher, throttle: Throttle, login: str, password: str
) -> Approval:
    """Have an auditor or administrator prove to be present.

    Raise InvalidInput (auth.wrong_password) for an unknown login, a disabled account and a wrong password
    alike, ActionRefused for another role, Throttled after too many tries.
    """
    async with work.begin(SYSTEM, _REQUEST_ID) as ctx:
        found = await accounts.credentials(ctx.tx, normal_login(login))
    if found is None or found.account.disabled_at is not None:
        await passwords.verify_nobody(password, client="command-line")
        raise InvalidInput(
            "The login or the password is wrong.", {"password": FieldFault.INVALID}, Code.AUTH_WRONG_PASSWORD
        )
    actor, subject = actor_of(found.account), ("account", found.account.id)
    await password_again(
        work, passwords, throttle, actor, _REQUEST_ID, Action.ARCHIVE_NEW_EPOCH, subject, password
    )
    return Approval(found.account)


async def begin_epoch(
    ctx: Context, key: LogKey, other: Approval, reason: str, missing: tuple[int, int] | None
) -> Epoch:
    """Begin the next epoch on the tree as it is; the actor and `other` have both approved.

    `missing` are the entries [from, to) that others have seen and this database lacks. The epoch, its signed
    first checkpoint, an entry in the register and a line for each person commit together. Raise Conflict when
    both are one person, InvalidInput for a reason that is none, ActionRefused, SealingRefused for a damaged
    tree. The database refuses it to any login but the owner's.
    """
    permit(ctx, Action.ARCHIVE_NEW_EPOCH)
    permit(replace(ctx, actor=other.actor), Action.ARCHIVE_NEW_EPOCH)
    if ctx.actor.account_id is None:
        raise ActionRefused(Action.ARCHIVE_NEW_EPOCH)
    if ctx.actor.account_id == other.account.id:
        raise Conflict(Code.ARCHIVE_SAME_PERSON, "Two different persons have to approve.")
    if not 1 <= len(reason.strip()) <= REASON_MAX:
        raise InvalidInput(
            f"Give a reason of at most {REASON_MAX} characters.", {"reason": FieldFault.MISSING}
        )
    await sealing.lock_patiently(ctx.tx)
    tree = await present_tree(ctx.tx)
    if edge_root(tree.edge) != tree.root:
        raise SealingRefused(f"The tree's stored edge does not lead to its root of {tree.size} entries.")
    epochs = await sealing.epochs(ctx.tx)
    number = epochs[-1].number + 1
    origin = epoch_origin(epochs[0].origin, number)
    epoch = Epoch(number, origin, key.log_key(origin), tree.size)
    begun = NewEpoch(*epoch, reason.strip(), missing, ctx.actor.account_id, other.account.id)
    await sealing.begin_epoch(ctx.tx, begun, ctx.now)
    if not await sealing.move_tree(ctx.tx, tree, number, tree.edge, tree.root):
        raise SealingRefused("The tree moved while it was locked.")
    await sealing.insert_checkpoint(ctx.tx, key.checkpoint(ctx, number, origin, tree.size, tree.root))
    body: Body = {
        "epoch": number,
        "first_size": tree.size,
        "log_key": epoch.log_key,
        "missing_from": None if missing is None else missing[0],
        "missing_to": None if missing is None else missing[1],
        "origin": origin,
        "reason": reason.strip(),
    }
    entry = await append_register(ctx, RegisterKind.EPOCH, body)
    detail = {"epoch": number, "first_size": tree.size, "register_seq": entry.seq}
    for actor in (ctx.actor, other.actor):
        await record(replace(ctx, actor=actor), Action.ARCHIVE_NEW_EPOCH, detail=detail)
    return epoch
