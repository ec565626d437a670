"""The daily comparison with the provider's own list: differences are listed, never mended silently."""

from datetime import date, datetime

from actions.context import Context, UnitOfWork, permit, record
from domain.accounts import SYSTEM
from domain.jobs import reconcile as reconcile_job
from domain.ledger import JournalKind, journal
from domain.permissions import Action
from domain.reconciliation import Movement, MovementKind, differences
from providers.payments import PaymentProvider
from storage import ledger, payments, reconciliations
from storage.job_queue import enqueue
from storage.reconciliations import Reconciliation


async def is_due(work: UnitOfWork, provider: PaymentProvider, day: date, request_id: str) -> bool:
    """Say whether this day was not compared with this provider's list yet."""
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.PAYMENT_RECONCILE)
        return not await reconciliations.is_done(ctx.tx, provider.name, day)


async def queue_due(work: UnitOfWork, provider: PaymentProvider, day: date, request_id: str) -> bool:
    """Queue the job that compares this day, unless it was compared; say whether it was queued."""
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.PAYMENT_RECONCILE)
        if await reconciliations.is_done(ctx.tx, provider.name, day):
            return False
        await enqueue(ctx.tx, reconcile_job(day))
        return True


async def reconcile(
    work: UnitOfWork,
    provider: PaymentProvider,
    day: date,
    start: datetime,
    end: datetime,
    request_id: str,
) -> Reconciliation:
    """Compare what moved in [start, end), the hospital's `day`, with the provider's list; durable on return.

    Its time is the provider's, ours is when we heard: what one side has on another day is no difference.
    The fees that the provider tells go to the ledger, once for each payment. Comparing a day again adds a
    comparison, and the latest counts. Raise PartnerDown, PaymentRefused.
    """
    theirs = await provider.movements(start, end)
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.PAYMENT_RECONCILE)
        ours = await reconciliations.movements(ctx.tx, provider.name, start, end)
        known = await _ours_known(ctx, theirs)
        compared = differences(
            ours,
            known,
            await reconciliations.named(ctx.tx, provider.name, known),
            await reconciliations.listed(ctx.tx, provider.name, day, ours),
        )
        await reconciliations.keep_listed(ctx.tx, provider.name, day, known)
        found = Reconciliation(
            ctx.new_id(),
            provider.name,
            day,
            len(ours),
            len(theirs),
            ctx.now,
            tuple(compared),
        )
        await reconciliations.insert(ctx.tx, found, start, end)
        for item in theirs:
            if item.fee_minor > 0 and item.kind is MovementKind.CAPTURE:
                reference = f"{provider.name}:{item.reference}"
                entry = journal(JournalKind.FEE, reference, item.fee_minor, item.currency)
                await ledger.write(ctx.tx, ctx.new_id(), entry, ctx.now)
        await record(
            ctx,
            Action.PAYMENT_RECONCILE,
            detail={
                "day": day.isoformat(),
                "ours": found.ours,
                "theirs": found.theirs,
                "differences": len(found.differences),
            },
        )
    return found


async def _ours_known(ctx: Context, theirs: list[Movement]) -> list[Movement]:
    """Return the provider's list without payment ids that are none of ours: they came from outside."""
    named = [item.payment_id for item in theirs if item.payment_id is not None]
    known = await payments.existing(ctx.tx, named)
    return [
        item
        if item.payment_id in known
        else Movement(item.kind, item.reference, None, item.amount_minor, item.currency, item.fee_minor)
        for item in theirs
    ]
