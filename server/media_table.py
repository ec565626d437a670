"""The rows of the table of settings that are about sound and picture."""

from server.media_settings import addresses, listening_address, relay_port
from server.setting import Setting
from server.setting_rules import choice, ice_urls, text, whole

MEDIA_SETTINGS: tuple[Setting, ...] = (
    Setting("STUN_URLS", ice_urls("stun", "stuns"), "", "STUN servers that browsers ask for their address."),
    Setting(
        "TURN_URLS",
        ice_urls("turn", "turns"),
        "",
        "TURN servers that carry calls through firewalls. TURN_URL means the same.",
        also="TURN_URL",
    ),
    Setting("TURN_SECRET", text, None, "coturn's static-auth-secret, for time-limited logins.", secret=True),
    Setting("TURN_TTL_S", whole(300, 86400), "3600", "How long a TURN login is good for, in seconds."),
    Setting(
        "RELAY_PORT",
        relay_port,
        None,
        "The UDP and TCP port of the relay, which carries calls that cannot go from browser to browser: a "
        "number, 0 for a free one, off for none. Unless set: a free one with DEMO, else off.",
    ),
    Setting(
        "RELAY_ADDRESSES",
        addresses,
        "",
        "The IP addresses at which browsers reach the relay, like the public one of a NAT that maps ports "
        "alike. A single one that is this machine's own is listened at, else every interface is. "
        "Unless set: HOST, or this machine's own address.",
    ),
    Setting(
        "RELAY_KBIT_PER_S",
        whole(500, 100_000),
        "12000",
        "How much one person may send to the relay on average, in kbit/s; more is dropped.",
    ),
    Setting(
        "RELAY_LOOP",
        choice("auto", "native", "python"),
        "auto",
        "What forwards the relay's packets: native, a loop in C that is compiled once and takes half the "
        "processor time; python; auto: native where it can be had, else python.",
    ),
    Setting(
        "P2P",
        choice("allow", "never"),
        "allow",
        "Whether a call of two people may go from browser to browser, which shows each the other's network "
        "address. never: every call goes through the relay.",
    ),
    Setting(
        "METRICS_ADDRESS",
        listening_address,
        None,
        "Where Prometheus reads figures of the relay, at /metrics: an address that people do not reach, like "
        "127.0.0.1:9464. Unless set: nowhere.",
    ),
)
