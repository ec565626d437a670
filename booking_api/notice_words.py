"""What notices say, in both languages. Who, when and where; never why: nothing clinical is in any of them.

The fields: hospital, patient, doctor (the name alone), time, was, amount, and links: visit, home, records,
preferences.
"""

from dataclasses import dataclass

from domain.notices import Notice


@dataclass(frozen=True, slots=True)
class Words:
    """A letter's two parts, to be filled in."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """What stands in a calendar, to be filled in."""

    summary: str
    description: str
    alarm: str


_FOOT_ZH = """
为保护您的隐私，邮件里不写任何病情。
想换一种提醒方式：{preferences}
这封邮件由系统自动发出，回复无人查收。

{hospital}
"""
_FOOT_EN = """
To protect your privacy, this mail says nothing about your health.
To be told another way: {preferences}
It was sent automatically, and nobody reads replies to it.

{hospital}
"""
_HELLO_ZH, _HELLO_EN = "{patient}，您好：\n\n", "Hello {patient},\n\n"


def _zh(subject: str, text: str) -> Words:
    return Words(f"{{hospital}}：{subject}", _HELLO_ZH + text + _FOOT_ZH)


def _en(subject: str, text: str) -> Words:
    return Words(f"{{hospital}}: {subject}", _HELLO_EN + text + _FOOT_EN)


_CANCELLED_BY = {
    "zh-CN": {"patient": "您已取消", "hospital": "医院取消了"},
    "en": {"patient": "You cancelled", "hospital": "The hospital has cancelled"},
}

WORDS = {
    "zh-CN": {
        Notice.APPOINTMENT_MADE: _zh(
            "预约成功",
            "您与{doctor}医生的视频就诊已经预约好：\n\n{time}\n\n"
            "到时从这里进入，可提前检查摄像头和麦克风：\n{visit}\n\n"
            "附件可以加入您的日历。需要改期或取消，请尽早登录办理。\n",
        ),
        Notice.APPOINTMENT_CHANGED: _zh(
            "就诊时间已变更",
            "您与{doctor}医生的视频就诊改了时间。\n\n新的时间：{time}\n原来的时间：{was}\n\n"
            "到时从这里进入：\n{visit}\n\n附件会更新您日历里的这次就诊。\n",
        ),
        Notice.APPOINTMENT_CANCELLED: _zh(
            "就诊已取消",
            "{cancelled}与{doctor}医生的这次视频就诊：\n\n{time}\n\n"
            "到时不必上线。登录后可以另约时间：\n{home}\n\n附件会把它从您的日历里移除。\n",
        ),
        Notice.REMINDER_DAY: _zh(
            "就诊提醒",
            "提醒您，您与{doctor}医生有一次视频就诊：\n\n{time}\n\n"
            "从这里进入，可以现在就检查摄像头和麦克风：\n{visit}\n",
        ),
        Notice.REMINDER_SOON: _zh(
            "您的就诊即将开始",
            "您与{doctor}医生的视频就诊即将开始：\n\n{time}\n\n请从这里进入候诊室：\n{visit}\n",
        ),
        Notice.VISIT_ENDED: _zh(
            "您的就诊已结束",
            "您与{doctor}医生的视频就诊已经结束，谢谢您的信任。\n\n"
            "这次就诊的记录已为您保存。登录后随时可以查看：\n{records}\n",
        ),
        Notice.REBOOKING_OFFER: _zh(
            "请为您的就诊另选时间",
            "很抱歉，您与{doctor}医生的这次视频就诊不能如期进行：\n\n{time}\n\n请登录选择新的时间，或者选择全额退款：\n{home}\n\n附件会把它从您的日历里移除。\n",
        ),
        Notice.WAITLIST_OFFER: _zh(
            "有号了",
            "您候补的{doctor}医生空出了一个时间：\n\n{time}\n\n为您保留到：{offer_ends}\n\n"
            "请在此之前登录确认，过后会让给下一位：\n{home}\n",
        ),
        Notice.REFUND_MADE: _zh(
            "退款已办理",
            "您与{doctor}医生的视频就诊（{time}）的退款已经办理：\n\n{amount}\n\n"
            "钱款按原支付方式退回，到账时间以银行或支付平台为准。\n",
        ),
    },
    "en": {
        Notice.APPOINTMENT_MADE: _en(
            "your visit is booked",
            "Your video visit with {doctor} is booked:\n\n{time}\n\n"
            "Enter here when it is time; you can check your camera and microphone before:\n{visit}\n\n"
            "The attachment puts it into your calendar. To move or cancel it, sign in as early as you can.\n",
        ),
        Notice.APPOINTMENT_CHANGED: _en(
            "your visit has a new time",
            "Your video visit with {doctor} has moved.\n\nNew time: {time}\nBefore: {was}\n\n"
            "Enter here when it is time:\n{visit}\n\nThe attachment brings your calendar up to date.\n",
        ),
        Notice.APPOINTMENT_CANCELLED: _en(
            "your visit is cancelled",
            "{cancelled} this video visit with {doctor}:\n\n{time}\n\n"
            "You need not come. Sign in to choose another time:\n{home}\n\n"
            "The attachment takes it out of your calendar.\n",
        ),
        Notice.REMINDER_DAY: _en(
            "your visit is coming up",
            "This is to remind you of your video visit with {doctor}:\n\n{time}\n\n"
            "Enter here; you can check your camera and microphone now:\n{visit}\n",
        ),
        Notice.REMINDER_SOON: _en(
            "your visit begins soon",
            "Your video visit with {doctor} begins soon:\n\n{time}\n\n"
            "Please enter the waiting room here:\n{visit}\n",
        ),
        Notice.VISIT_ENDED: _en(
            "your visit has ended",
            "Your video visit with {doctor} has ended. Thank you for your trust.\n\n"
            "The record of this visit is kept for you. Sign in to read it at any time:\n{records}\n",
        ),
        Notice.REBOOKING_OFFER: _en(
            "please choose another time",
            "We are sorry: your video visit with {doctor} cannot take place as planned:\n\n{time}\n\n"
            "Please sign in and choose a new time, or have all of your fee back:\n{home}\n\n"
            "The attachment takes it out of your calendar.\n",
        ),
        Notice.WAITLIST_OFFER: _en(
            "a time has become free",
            "{doctor}, for whom you are on the waitlist, has a free time:\n\n{time}\n\n"
            "It is kept for you until {offer_ends}\n\n"
            "Sign in and confirm before that, or the next person gets it:\n{home}\n",
        ),
        Notice.REFUND_MADE: _en(
            "your refund is on its way",
            "We have refunded your video visit with {doctor} ({time}):\n\n{amount}\n\n"
            "The money goes back the way it was paid. When it arrives is up to your bank or payment "
            "service.\n",
        ),
    },
}

CALENDAR = {
    "zh-CN": CalendarWords(
        "视频就诊（{hospital}）",
        "与{doctor}医生的视频就诊。\n从这里进入：{visit}",
        "视频就诊即将开始",
    ),
    "en": CalendarWords(
        "Video visit ({hospital})",
        "Video visit with {doctor}.\nEnter here: {visit}",
        "Your video visit begins soon",
    ),
}


def cancelled_by(locale: str, by: str) -> str:
    """Return who cancelled, as a sentence begins with it."""
    return _CANCELLED_BY[locale][by]
