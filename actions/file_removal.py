"""Removing files: those that no entry came to name, and those of destroyed records."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from actions.context import UnitOfWork, permit, record
from domain.accounts import SYSTEM
from domain.permissions import Action
from providers.object_store import ObjectStore
from storage import consultations, files

ORPHANED_AFTER = timedelta(hours=1)
"""Far longer than any upload may take, so that none is removed whose entry is still to come."""
_PAGE = 100


async def sweep(work: UnitOfWork, store: ObjectStore, request_id: str) -> int:
    """Remove objects that no entry came to name; return how many. Raise PartnerDown."""
    removed = 0
    while True:
        async with work.begin(SYSTEM, request_id) as ctx:
            permit(ctx, Action.FILE_SWEEP)
            found = await files.orphans(ctx.tx, ctx.now - ORPHANED_AFTER, _PAGE)
        if not found:
            return removed
        await _delete(store, found)
        async with work.begin(SYSTEM, request_id) as ctx:
            await files.remove(ctx.tx, found, "orphan", ctx.now)
            await record(ctx, Action.FILE_SWEEP, detail={"files": len(found)})
        removed += len(found)


async def delete_destroyed(
    work: UnitOfWork, store: ObjectStore, consultation_id: UUID, request_id: str
) -> int:
    """Remove the objects of a consultation whose key was destroyed; return how many. Raise PartnerDown.

    Nothing is removed while the key is there. Running it again does nothing.
    """
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.DESTRUCTION_DELETE_FILES)
        consultation = await consultations.by_id(ctx.tx, consultation_id)
        found = await files.left(ctx.tx, consultation_id)
    await _delete(store, found)
    if found:
        async with work.begin(SYSTEM, request_id) as ctx:
            await files.remove(ctx.tx, found, "destroyed", ctx.now)
            await record(
                ctx,
                Action.DESTRUCTION_DELETE_FILES,
                ("consultation", consultation_id),
                patient_id=consultation.patient_id,
                detail={"files": len(found)},
            )
    return len(found)


async def _delete(store: ObjectStore, ids: Sequence[UUID]) -> None:
    for object_id in ids:
        await store.delete(str(object_id))
