"""Notices: patients' preferences, and the administration's view of deliveries."""

from actions import deliveries, reminders
from actions.reminders import OwnPreferences
from booking_api.edge import Call
from booking_api.models_notices import (
    DeliveriesQuery,
    DeliveriesView,
    DeliveryCount,
    DeliveryFiguresView,
    DeliveryView,
    NewNoticePreferences,
    NoticePreferences,
    NoticePreferencesView,
)
from booking_api.views import view
from domain.notices import DeliveryState, Preferences


async def read_preferences(call: Call) -> NoticePreferencesView:
    """GET /api/notice-preferences."""
    async with call.begin() as ctx:
        found = await reminders.read_preferences(ctx)
    return _preferences(call, found)


async def change_preferences(call: Call) -> NoticePreferencesView:
    """POST /api/notice-preferences."""
    given = call.given(NewNoticePreferences)
    wanted = Preferences(given.way, given.locale, given.time_zone, given.reminders)
    async with call.begin() as ctx:
        kept = await reminders.change_preferences(ctx, wanted)
    return _preferences(call, kept)


async def list_notices(call: Call) -> DeliveriesView:
    """GET /api/notices."""
    query = call.given(DeliveriesQuery)
    states = tuple(DeliveryState) if query.state is None else (DeliveryState(query.state),)
    async with call.begin() as ctx:
        # One more than asked for tells whether there is another page.
        found = await deliveries.list_deliveries(ctx, states, query.before, query.limit + 1)
    shown = found[: query.limit]
    return DeliveriesView(
        notices=[view(DeliveryView, item) for item in shown],
        next_before=shown[-1].id if len(found) > len(shown) else None,
    )


async def read_notice_figures(call: Call) -> DeliveryFiguresView:
    """GET /api/notice-figures."""
    async with call.begin() as ctx:
        found = await deliveries.delivery_figures(ctx)
    return DeliveryFiguresView(
        days=found.days,
        counts=[
            DeliveryCount(channel=channel, state=state, unsent=unsent, count=count)
            for (channel, state, unsent), count in sorted(found.counts.items())
        ],
    )


async def send_notice_again(call: Call) -> None:
    """POST /api/notices/{id}/send-again."""
    async with call.begin() as ctx:
        await deliveries.send_again(ctx, call.uuid())


def _preferences(call: Call, own: OwnPreferences) -> NoticePreferencesView:
    return NoticePreferencesView(
        wanted=view(NoticePreferences, own.wanted),
        account_locale="en" if own.account_locale == "en" else "zh-CN",
        hospital_time_zone=call.edge.hospital.time_zone,
        email=own.email,
        phone=own.phone,
        channels=list(own.channels),
    )
