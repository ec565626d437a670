"""Passwords that everybody tries first: too common to be chosen (NIST SP 800-63B 5.1.1.2).

A short list by intent. Only what is long enough for domain/accounts.py needs a place here; what repeats a
short piece, or walks along the alphabet, the digits or a row of keys, is found by its shape.
"""

import unicodedata
from typing import Final

_LISTED: Final = frozenset(
    """
    0987654321a 123321123321 1234567890a 123456789a 123456789abc 123456789q 123qweasdzxc 13145201314
    1314520520 1357924680 1472583690 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc 2468013579
    5201314520 52013145201 5201314woaini 7418529630 a123456789 a1234567890 a12345678910 aa12345678
    aa123456789 abc1234567 abc123456789 abcd123456 admin12345 admin123456 adminadmin administrator
    asd123456789 baseball123 batman12345 beijing123 beijing2008 changeme123 changemenow chelsea12345
    computer123 correcthorsebatterystaple default123 doctor12345 dragon12345 football123 guest12345
    health12345 hospital123 hospital12345 hospital2026 ilovemyself iloveyou12 iloveyou123 iloveyou1314
    internet123 jennifer123 letmein123 letmein1234 letmeinplease liverpool123 master12345 medicine123
    michael123 mima123456 monkey12345 mypassword mypassword1 nihao123456 p@ssw0rd123 p@ssword123
    passw0rd123 passw0rd1234 password12 password123 password1234 password12345 passwordpassword patient123
    patient12345 pokemon123 princess123 q1w2e3r4t5 q1w2e3r4t5y6 qazwsxedcrfv qwe123456789 qweasdzxc123
    qwerty12345 qwerty123456 qwertyuiop123 root123456 secret1234 shadow12345 shanghai123 starwars123
    sunshine123 superman123 televisit1 televisit123 televisit2026 temporary1 test123456 testtest123
    thepassword topsecret1 trustno1trustno1 user123456 verysecret welcome123 welcome1234 welcome2024
    welcome2025 welcome2026 whatever123 woaini1314 woaini1314520 woaini5201314 woaizhongguo wodemima123
    xiaoxiao123 yourpassword zaq12wsxcde3 zhongguo123 zhongguo2026
    """.split()  # noqa: SIM905  # A list to be read, not one sign a line more.
)
_WALKS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "1234567890-=",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "qwertyuiopasdfghjklzxcvbnm",
)
_PIECE_MAX: Final = 4


def is_common(password: str) -> bool:
    """Say whether a password is one of the first that are tried, in whatever case."""
    plain = normal_password(password)
    return plain in _LISTED or _repeats(plain) or _walks(plain)


def normal_password(text: str) -> str:
    """Return the spelling in which passwords, logins and addresses are compared: NFKC, case folded."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _repeats(plain: str) -> bool:
    return any(
        (plain[:size] * (len(plain) // size + 1))[: len(plain)] == plain for size in range(1, _PIECE_MAX + 1)
    )


def _walks(plain: str) -> bool:
    return any(plain in row * 12 or plain in row[::-1] * 12 for row in _WALKS)
