"""Background jobs: the administrator's view of dead ones, and what a job's handler has done already."""

from actions.context import Context, permit, record
from domain.errors import Code, Forbidden, NotFound, WrongState
from domain.permissions import Action
from storage import job_queue
from storage.job_queue import DeadJob

_DEAD = "failed"


async def list_dead(ctx: Context) -> list[DeadJob]:
    """Return the jobs that gave up, newest first."""
    permit(ctx, Action.JOB_LIST)
    found = await job_queue.dead(ctx.tx)
    await record(ctx, Action.JOB_LIST, detail={"count": len(found)})
    return found


async def retry_dead(ctx: Context, job_id: int) -> None:
    """Queue a dead job again, at once and with all its attempts.

    Raise NotFound when there is no such job, WrongState when it is not dead or its like is queued already.
    """
    permit(ctx, Action.JOB_RETRY)
    job = await job_queue.state(ctx.tx, job_id)
    if job is None:
        raise NotFound("job")
    if job.state != _DEAD:
        raise WrongState(Code.JOB_WRONG_STATE, "job", job.state, "retry")
    if not await job_queue.retry(ctx.tx, job_id, job.key):
        raise WrongState(Code.JOB_WRONG_STATE, "job", "queued again", "retry")
    await record(ctx, Action.JOB_RETRY, detail={"job_id": job_id, "name": job.name})


async def effect_done(ctx: Context, key: str) -> bool:
    """Say whether the job with this key has had its effect. For handlers: raise Forbidden to a person."""
    _only_the_system(ctx)
    return await job_queue.has_effect(ctx.tx, key)


async def mark_effect(ctx: Context, key: str) -> None:
    """Remember that the job with this key has had its effect. For actions, which write the audit line.

    Raise Forbidden to a person.
    """
    _only_the_system(ctx)
    await job_queue.keep_effect(ctx.tx, key, ctx.now)


def _only_the_system(ctx: Context) -> None:
    # Steps of a job, in no role's permission table: nobody can ask for them.
    if not ctx.actor.is_system:
        raise Forbidden
