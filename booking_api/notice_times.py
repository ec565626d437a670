"""Moments and money as notices write them: in the reader's language, with the zone of every time."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_ZONES_ZH = {
    "Asia/Shanghai": "北京时间",
    "Asia/Hong_Kong": "香港时间",
    "Asia/Tokyo": "东京时间",
    "Asia/Singapore": "新加坡时间",
    "Europe/London": "伦敦时间",
    "America/New_York": "纽约时间",
    "America/Los_Angeles": "洛杉矶时间",
    "UTC": "协调世界时",
}
_ZONES_EN = {"Asia/Shanghai": "Beijing time", "UTC": "Coordinated Universal Time"}
_NO_MINOR = frozenset({"JPY", "KRW", "VND", "CLP", "ISK", "XAF", "XOF"})
_THREE_MINOR = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})


def moment_words(moment: datetime, zone: ZoneInfo, locale: str) -> str:
    """Return a moment as the reader's clock shows it, with the zone by name and by its offset on that day."""
    local = moment.astimezone(zone)
    clock = f"{local:%H:%M}"
    if locale == "zh-CN":
        day = f"{local.year}年{local.month}月{local.day}日（星期{_WEEKDAYS_ZH[local.weekday()]}）"
        return f"{day}{clock}（{zone_words(moment, zone, locale)}）"
    day = f"{_WEEKDAYS[local.weekday()]}, {local.day} {_MONTHS[local.month - 1]} {local.year}"
    return f"{day}, {clock} ({zone_words(moment, zone, locale)})"


def short_moment_words(moment: datetime, zone: ZoneInfo, locale: str) -> str:
    """Return a moment as a text message has room for: day, time and offset."""
    local = moment.astimezone(zone)
    day = (
        f"{local.month}月{local.day}日"
        if locale == "zh-CN"
        else f"{local.day} {_MONTHS[local.month - 1][:3]}"
    )
    return f"{day} {local:%H:%M} {_offset(local)}"


def zone_words(moment: datetime, zone: ZoneInfo, locale: str) -> str:
    """Return a zone's name and its offset from UTC at this moment, as in Beijing time, UTC+08:00."""
    place = zone.key.rpartition("/")[2].replace("_", " ")
    name = (
        _ZONES_ZH.get(zone.key, f"{place} 时间")
        if locale == "zh-CN"
        else _ZONES_EN.get(zone.key, f"{place} time")
    )
    return f"{name}{'，' if locale == 'zh-CN' else ', '}{_offset(moment.astimezone(zone))}"


def money_words(amount_minor: int, currency: str) -> str:
    """Return an amount in the currency's own units with its code (ISO 4217): CNY 12.50."""
    digits = 0 if currency in _NO_MINOR else 3 if currency in _THREE_MINOR else 2
    whole, part = divmod(amount_minor, 10**digits)
    return f"{currency} {whole}.{part:0{digits}d}" if digits else f"{currency} {whole}"


def _offset(local: datetime) -> str:
    offset = local.utcoffset() or timedelta(0)
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
