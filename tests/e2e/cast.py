"""Who plays in the pictures of each language, and what they say."""

from dataclasses import dataclass

from tests.e2e.wording import CHINESE, ENGLISH, Words


@dataclass(frozen=True)
class Cast:
    """Who plays in the pictures of a language, and what they say."""

    words: Words
    hospital: str
    doctor: str
    patients: tuple[str, ...]
    said: tuple[str, ...]


ENGLISH_CAST = Cast(
    ENGLISH,
    "Riverside Online Hospital",
    "Wenhua Zhang",
    ("Emily Smith", "Daniel Brown", "Grace Miller", "Oliver Reed", "Helen Park"),
    (
        "Good morning. How has your blood pressure been since we changed the tablets?",
        "Good morning, doctor. About 138 over 86 in the morning, a little lower at night.",
        "That is clearly better. Any dizziness, any swelling?",
        "My ankles swell a little in the evening. It is gone in the morning.",
    ),
)
CHINESE_CAST = Cast(
    CHINESE,
    "江畔互联网医院",
    "张文华",
    ("李晓兰", "王建军", "赵子涵", "陈秀英", "刘国强"),
    (
        "李阿姨您好。换药以后血压怎么样？",
        "张主任好，早上大概 138/86，晚上低一点。",
        "比上个月好多了。有没有头晕、脚肿？",
        "脚踝晚上有一点点肿，早上就消了。",
    ),
)
