"""Handler of the job that brings a one-time code to a person, and the letters' words.

The code is made again when the letter is written: the queue holds an id alone. What the page does not tell,
the letter does: that an address has an account already, or has none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from actions.context import UnitOfWork
from actions.jobs import effect_done
from actions.one_time_codes import CodeLetter, code_letter, code_told
from domain.accounts import SYSTEM
from domain.jobs import Handler, JobCall, JobGivenUp, JobName
from domain.registration import CODE_LIFE, Channel, CodePurpose
from providers.mail import Mail, Mailer, MailRefused, message_id
from providers.sms import Sms, SmsKind, SmsRefused, SmsSender

_SIGN_IN_PATH = "/sign-in"
_REGISTER_PATH = "/register"


def handlers(
    work: UnitOfWork, mailer: Mailer, sms: SmsSender, public_url: str, hospital_name: str
) -> Mapping[JobName, Handler]:
    """Return the handler of this edge's job. `public_url` is the site's address, without a path."""
    return {JobName.SEND_CODE: _SendCode(work, mailer, sms, public_url.rstrip("/"), hospital_name)}


@dataclass(frozen=True, slots=True)
class _SendCode:
    """Brings a code to who asked for it, once, and not after it ended."""

    work: UnitOfWork
    mailer: Mailer
    sms: SmsSender
    public_url: str
    hospital_name: str

    async def __call__(self, call: JobCall) -> None:
        request_id = f"job:{call.key}"
        code_id = UUID(call.args["code_id"])
        async with self.work.begin(SYSTEM, request_id) as ctx:
            if await effect_done(ctx, call.key):
                return
            letter = await code_letter(ctx, code_id)
        if letter is None:
            return
        try:
            if letter.destination.channel is Channel.EMAIL:
                taken = await self.mailer.send(self._mail(letter, call.key))
            else:
                taken = await self.sms.send(_message(letter, call.key)) is not None
        except MailRefused as refused:
            raise JobGivenUp(f"mail.refused ({refused.reason})") from None
        except SmsRefused as refused:
            raise JobGivenUp(f"sms.refused ({refused.reason})") from None
        async with self.work.begin(SYSTEM, request_id) as ctx:
            await code_told(ctx, code_id, call.key, taken=taken)

    def _mail(self, letter: CodeLetter, key: str) -> Mail:
        words = (_WORDS.get(letter.locale) or _WORDS["en"])[_kind(letter)]
        values = {
            "hospital": self.hospital_name,
            "code": letter.code or "",
            "minutes": str(int(CODE_LIFE.total_seconds()) // 60),
            "sign_in": self.public_url + _SIGN_IN_PATH,
            "register": self.public_url + _REGISTER_PATH,
        }
        return Mail(
            kind=JobName.SEND_CODE.value,
            to=letter.destination.value,
            subject=words.subject.format_map(values),
            text=words.text.format_map(values),
            message_id=message_id(key, urlsplit(self.public_url).hostname or "localhost"),
        )


def _kind(letter: CodeLetter) -> str:
    if letter.code is None:
        return "known" if letter.known else "unknown"
    return letter.purpose.value


def _message(letter: CodeLetter, key: str) -> Sms:
    if letter.code is None:
        kind = SmsKind.KNOWN if letter.known else SmsKind.UNKNOWN
        return Sms(kind, letter.destination.value, {}, key, letter.locale)
    return Sms(SmsKind.CODE, letter.destination.value, {"code": letter.code}, key, letter.locale)


@dataclass(frozen=True, slots=True)
class _Words:
    subject: str
    text: str


_FOOT_ZH = """
如果不是您本人操作，请忽略这封邮件，不会有任何改变。
这封邮件由系统自动发出，回复无人查收。

{hospital}
"""
_FOOT_EN = """
If this was not you, ignore this mail: nothing changes.
It was sent automatically, and nobody reads replies to it.

{hospital}
"""
_REGISTER, _RESET = CodePurpose.REGISTER.value, CodePurpose.RESET.value
_WORDS = {
    "zh-CN": {
        _REGISTER: _Words(
            "{hospital}：您的注册验证码",
            "您好：\n\n您的注册验证码是：\n\n{code}\n\n"
            "{minutes} 分钟内有效，只能使用一次。请勿告诉任何人，医院也不会向您索要。\n" + _FOOT_ZH,
        ),
        _RESET: _Words(
            "{hospital}：重设密码的验证码",
            "您好：\n\n您重设密码的验证码是：\n\n{code}\n\n"
            "{minutes} 分钟内有效，只能使用一次。请勿告诉任何人，医院也不会向您索要。\n" + _FOOT_ZH,
        ),
        "known": _Words(
            "{hospital}：您已经有账号了",
            "您好：\n\n有人想用这个邮箱注册，但它已经有账号了，所以没有发送验证码。\n\n"
            "直接登录即可；忘记密码可以在登录页重设：\n{sign_in}\n" + _FOOT_ZH,
        ),
        "unknown": _Words(
            "{hospital}：这个邮箱还没有账号",
            "您好：\n\n有人想重设这个邮箱的密码，但它还没有账号，所以没有发送验证码。\n\n"
            "您可以在这里注册：\n{register}\n" + _FOOT_ZH,
        ),
    },
    "en": {
        _REGISTER: _Words(
            "{hospital}: your code to register",
            "Hello,\n\nYour code to register is:\n\n{code}\n\n"
            "It is good for {minutes} minutes and can be used once. Tell it to nobody: the hospital never "
            "asks for it.\n" + _FOOT_EN,
        ),
        _RESET: _Words(
            "{hospital}: your code for a new password",
            "Hello,\n\nYour code for a new password is:\n\n{code}\n\n"
            "It is good for {minutes} minutes and can be used once. Tell it to nobody: the hospital never "
            "asks for it.\n" + _FOOT_EN,
        ),
        "known": _Words(
            "{hospital}: you already have an account",
            "Hello,\n\nSomebody wanted to register with this address. It already has an account, so no code "
            "was sent.\n\nSign in, or choose a new password on the same page:\n{sign_in}\n" + _FOOT_EN,
        ),
        "unknown": _Words(
            "{hospital}: this address has no account yet",
            "Hello,\n\nSomebody wanted a new password for this address. It has no account, so no code was "
            "sent.\n\nYou can register here:\n{register}\n" + _FOOT_EN,
        ),
    },
}
