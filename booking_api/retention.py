"""Retention: what is due when, legal holds, and requests to destroy records."""

from datetime import date, datetime
from uuid import UUID

from actions import destroying, destruction, legal_holds, retention
from booking_api.edge import Call
from booking_api.models_retention import (
    ApprovalView,
    DestroyedView,
    DestructionRequested,
    DestructionRequests,
    DestructionRequestView,
    EndingView,
    HoldLiftView,
    Holds,
    HoldView,
    KeptRecord,
    KeptRecords,
    NewApproval,
    NewDestructionRequest,
    NewHold,
    NewHoldLift,
    NewRefusal,
    RequestDetail,
    RequestedRecord,
    RetentionTerms,
)
from booking_api.queries_retention import KeptRecordsQuery
from domain import destruction as read
from domain.ids import PatientId
from domain.retention import (
    ACCOUNT_AGE_MIN,
    APPROVALS,
    LIVE_STATES,
    REQUEST_LASTS,
    REQUEST_RECORDS_MAX,
    DestructionState,
    RetentionPolicy,
    TermStart,
)


async def list_kept_records(call: Call) -> KeptRecords:
    """GET /api/retention/records."""
    query = call.given(KeptRecordsQuery)
    async with call.begin() as ctx:
        found = await retention.list_records(
            ctx,
            call.edge.retention,
            due_by=None if query.due_by is None else call.edge.end_of(query.due_by),
            patient_text=query.patient,
            limit=query.limit,
        )
    return KeptRecords(
        terms=_terms(call.edge.retention), records=[_record(item) for item in found.records], more=found.more
    )


async def list_holds(call: Call) -> Holds:
    """GET /api/retention/holds."""
    async with call.begin() as ctx:
        found = await legal_holds.list_holds(ctx)
    return Holds(holds=[_hold(item) for item in found])


async def place_hold(call: Call) -> HoldView:
    """POST /api/retention/holds."""
    new = call.given(NewHold)
    hold = await legal_holds.place_hold(
        call.edge.work,
        call.actor,
        call.request_id,
        reason=new.reason,
        consultation_id=new.consultation_id,
        patient_id=None if new.patient_id is None else PatientId(new.patient_id),
    )
    return _hold(hold)


async def lift_hold(call: Call) -> None:
    """POST /api/retention/holds/{id}/lift."""
    reason = call.given(NewHoldLift).reason
    await legal_holds.lift_hold(call.edge.work, call.actor, call.request_id, call.uuid(), reason=reason)


async def list_destruction_requests(call: Call) -> DestructionRequests:
    """GET /api/retention/requests."""
    async with call.begin() as ctx:
        found = await destruction.list_requests(ctx)
    return DestructionRequests(requests=[_request(call, item) for item in found])


async def read_destruction_request(call: Call) -> RequestDetail:
    """GET /api/retention/requests/{id}."""
    async with call.begin() as ctx:
        found = await destruction.read_request(ctx, call.uuid())
    return RequestDetail(
        request=_request(call, found.request), records=[_requested(item) for item in found.records]
    )


async def request_destruction(call: Call) -> DestructionRequested:
    """POST /api/retention/requests."""
    new = call.given(NewDestructionRequest)
    made = await destruction.request_destruction(
        call.edge.work,
        call.edge.passwords,
        call.edge.throttle,
        call.edge.retention,
        call.actor,
        call.request_id,
        reason=new.reason,
        password=new.password,
        consultation_id=new.consultation_id,
        due_by=None if new.due_by is None else _by_end_of(call, new.due_by),
    )
    return DestructionRequested(
        request=_request(call, made.request),
        left_out=[_record(item) for item in made.left_out],
        more=made.more,
    )


async def approve_destruction(call: Call) -> DestructionRequestView:
    """POST /api/retention/requests/{id}/approve."""
    approved = await destruction.approve(
        call.edge.work,
        call.edge.passwords,
        call.edge.throttle,
        call.actor,
        call.request_id,
        call.uuid(),
        password=call.given(NewApproval).password,
    )
    return _request(call, approved)


async def refuse_destruction(call: Call) -> DestructionRequestView:
    """POST /api/retention/requests/{id}/refuse."""
    reason = call.given(NewRefusal).reason
    ended = await destruction.refuse(call.edge.work, call.actor, call.request_id, call.uuid(), reason=reason)
    return _request(call, ended)


async def withdraw_destruction(call: Call) -> DestructionRequestView:
    """POST /api/retention/requests/{id}/withdraw."""
    return _request(
        call, await destruction.withdraw(call.edge.work, call.actor, call.request_id, call.uuid())
    )


async def destroy_records(call: Call) -> DestructionRequestView:
    """POST /api/retention/requests/{id}/destroy."""
    done = await destroying.destroy(
        call.edge.work, call.edge.retention, call.actor, call.request_id, call.uuid()
    )
    return _request(call, done)


def _by_end_of(call: Call, day: date) -> datetime:
    """Return the end of this day, or the present moment while it is today."""
    return call.edge.work.now() if day == call.edge.today() else call.edge.end_of(day)


def _terms(policy: RetentionPolicy) -> RetentionTerms:
    return RetentionTerms(
        visit_years=policy.longest(TermStart.LAST_VISIT),
        end_years=policy.longest(TermStart.CONSULTATION_END),
        key_backup_days=policy.key_backup_days,
        request_hours=int(REQUEST_LASTS.total_seconds() // 3600),
        account_days=ACCOUNT_AGE_MIN.days,
        records_per_request=REQUEST_RECORDS_MAX,
    )


def _record(item: read.Standing) -> KeptRecord:
    record, standing = item.record, item.record.standing
    return KeptRecord(
        consultation_id=record.consultation_id,
        patient_id=record.patient_id,
        patient_name=record.patient_name,
        practitioner_name=record.practitioner_name,
        scheduled_start=record.starts_at,
        state=standing.state,
        ended_at=standing.ended_at,
        last_visit_at=standing.last_visit_at,
        due_at=None if item.due is None else item.due.at,
        rule=None if item.due is None else item.due.rule,
        hindrance=item.hindrance,
        request_id=record.request_id,
    )


def _hold(hold: read.LegalHold) -> HoldView:
    lift = hold.lift
    return HoldView(
        id=hold.id,
        consultation_id=hold.consultation_id,
        patient_id=hold.patient_id,
        patient_name=hold.patient_name,
        scheduled_start=hold.starts_at,
        reason=hold.reason,
        placed_by_name=hold.placed_by_name,
        placed_at=hold.placed_at,
        lift=None if lift is None else HoldLiftView(reason=lift.reason, by_name=lift.by_name, at=lift.at),
    )


def _request(call: Call, request: read.DestructionRequest) -> DestructionRequestView:
    me: UUID | None = call.actor.account_id
    now = call.edge.work.now()
    late = request.state in LIVE_STATES and not request.is_live(now)
    ending, destroyed = request.ending, request.destroyed
    return DestructionRequestView(
        id=request.id,
        # The tick that keeps it may come a little later than the moment itself.
        state=DestructionState.EXPIRED if late else request.state,
        own=request.requested_by == me,
        approved_by_me=any(approval.by == me for approval in request.approvals),
        requested_by_name=request.requested_by_name,
        requested_at=request.requested_at,
        expires_at=request.expires_at,
        reason=request.reason,
        due_by=request.due_by,
        records=request.records,
        spared=request.spared,
        approvals=[ApprovalView(by_name=item.by_name, at=item.at) for item in request.approvals],
        approvals_missing=APPROVALS - len(request.approvals),
        ending=None
        if ending is None
        else EndingView(by_name=ending.by_name, at=ending.at, reason=ending.reason),
        destroyed=None
        if destroyed is None
        else DestroyedView(
            by_name=destroyed.by_name,
            at=destroyed.at,
            key_backups_expire_at=destroyed.key_backups_expire_at,
            completed_at=destroyed.completed_at,
        ),
    )


def _requested(item: read.RequestedRecord) -> RequestedRecord:
    return RequestedRecord(
        consultation_id=item.consultation_id,
        patient_name=item.patient_name,
        practitioner_name=item.practitioner_name,
        scheduled_start=item.starts_at,
        ended_at=item.ended_at,
        due_at=item.due.at,
        rule=item.due.rule,
        spared=item.spared,
        register_seq=item.register_seq,
    )
