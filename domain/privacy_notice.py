"""The privacy notice that people agree to when they register: its words, version and digest (PI-1).

Health data is sensitive: consent is separate, specific and recorded (PIPL articles 28 and 29). Whoever
outside the hospital gets data is named, and what for (article 23). The version grows with every change of
a word, in any language: a test holds the digests to it.
"""

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class PrivacyNotice:
    """The notice in one language. `paragraphs` are shown in this order, the first as the title."""

    version: str
    locale: str
    paragraphs: tuple[str, ...]

    @property
    def digest(self) -> bytes:
        """The SHA-256 of the paragraphs, each on a line of its own, in UTF-8."""
        return sha256("\n".join(self.paragraphs).encode()).digest()


VERSION = "2026-11-2"

NOTICES = {
    "zh-CN": PrivacyNotice(
        VERSION,
        "zh-CN",
        (
            "隐私告知与同意",
            "我们处理哪些信息：您的姓名、出生日期、手机号或邮箱，您提交的证件类型和号码，以及您在就诊中告诉医生的健康信息。健康信息属于敏感个人信息。",
            "用来做什么：仅用于确认您的身份、为您提供诊疗、依法保存病历，以及依法接受监管。不用于广告，也不出售。",
            "谁能看到：为您诊疗的医务人员，以及依法履行审核职责的人员。每一次查看都会留下记录。",
            "提供给医院以外：医院开通身份核验服务时，您提交居民身份证后，姓名和身份证号码会加密传输给腾讯云"
            "（腾讯云计算（北京）有限责任公司，cloud.tencent.com），仅用于核对二者是否一致。提交前页面会再次告知，"
            "您提交即为单独同意；未告知时不会提供。",
            "保存多久：病历和就诊记录按法律规定的年限保存，期满后销毁。",
            "您的权利：您可以向医院查询、复制、更正您的信息，也可以撤回同意；撤回不影响此前的处理和依法必须保存的病历。",
            "不提供这些信息，我们无法确认您的身份，也就不能为您在线诊疗。",
        ),
    ),
    "en": PrivacyNotice(
        VERSION,
        "en",
        (
            "Privacy notice and consent",
            "What we process: your name, date of birth, mobile number or e-mail address, kind and number of "
            "a document that you submit, and what you tell the doctor about your health. Health information "
            "is sensitive personal information.",
            "What for: to know who you are, to care for you, to keep the medical record that the law asks "
            "for, and for supervision by the authorities. Never for advertising, and never for sale.",
            "Who sees it: the people who care for you, and those whose duty it is to audit. Every reading "
            "leaves a trace.",
            "Outside the hospital: where the hospital uses a service that verifies names, your name and the "
            "number of a resident identity card that you submit are sent, encrypted on the way, to Tencent "
            "Cloud (Tencent Cloud Computing (Beijing) Co., Ltd., cloud.tencent.com), to compare the two and "
            "for nothing else. The page tells you again before you submit, which is your separate consent; "
            "where it does not, nothing is sent.",
            "How long: medical records are kept for the years that the law sets, and destroyed after that.",
            "Your rights: you may ask the hospital to see, copy and correct your information, and withdraw "
            "your consent. What was done before, and records that must be kept, are not affected.",
            "Without this information we cannot know who you are, and so cannot care for you online.",
        ),
    ),
}
"""Locale -> the present notice."""


def agreed_notice(version: str, digest: str) -> PrivacyNotice | None:
    """Return the present notice with this version and digest (hex), or None when it is not a present one."""
    for notice in NOTICES.values():
        if notice.version == version and notice.digest.hex() == digest:
            return notice
    return None
