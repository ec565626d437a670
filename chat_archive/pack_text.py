"""What an evidence pack says to people: its README, and the notice beside the keys; in two languages."""

from collections.abc import Mapping
from types import MappingProxyType

KEYS_NOTICE: Mapping[str, str] = MappingProxyType(
    {
        "en": (
            "These keys are what the server claims. They prove nothing by themselves: whoever could forge "
            "this pack could write other keys here. Get the log's key and the witnesses' keys elsewhere, "
            "before you need them, and hand them to the verifier."
        ),
        "zh-CN": (
            "这些密钥只是服务器自己声称的，本身不能证明任何事情：能伪造本证据包的人，也能在这里写上别的密钥。"
            "请事先从其他途径取得日志公钥和见证方公钥，并交给校验程序。"
        ),
    }
)

_README = """\
证据包说明

这是什么
本文件包是互联网医院 Televisit {version} 导出的问诊记录证据包。records 目录下是记录正文，每条记录都
带有盐值、承诺值和哈希；proofs 目录和 checkpoint 证明这些记录已写入医院的只增日志；policy.json 是服
务器声称的密钥；pack.json 说明本包包含哪些问诊、由谁在何时因何导出（这些说明不在日志中，日志不为其作
证）。

怎样校验（需要 Python 3.11 以上和 cryptography，不需要网络，也不需要医院的任何系统）
1. python3 -m pip install cryptography
2. python3 -m zipfile -e PACK.zip pack
3. python3 pack/verify.pyz PACK.zip --log-key '日志公钥' --witness '见证方公钥'
公钥请从医院以外的途径取得（例如合同、监管部门、见证方自己的网站）。不给 --log-key 时，校验程序使用
包内的密钥，这只能说明本包前后一致，不能说明它没有被整体伪造。校验程序本身也请从可信途径取得，不要只
用包内的这一份；它会显示自己的 SHA-256 以及包内那一份的 SHA-256。

三种结论
已损坏（broken，退出码 2）：至少有一处与日志不符，或未达到您要求的见证人数；每一处都会指明问诊和条目。
与该服务器密钥一致（intact，退出码 0）：记录与服务器签名的日志一致；若服务器自己重写整个日志，仅凭这
一点看不出来。
一致并由 N 方见证（witnessed，退出码 0）：另有 N 个独立见证方在签名时确认日志只增不改。
退出码 1 表示输入无法使用（例如文件不存在）。

已依法销毁的内容
正文和盐值为空的条目，其密钥已依法销毁；条目的时间、作者、种类和在日志中的位置仍可校验。
没有结束条目的会话（not closed）可能还有后续内容，本包无法证明其后没有条目。


EVIDENCE PACK

What this is
Televisit {version}, an online hospital, made this pack from its archive of consultations. The
folder records has what was said and done, each entry with its salt, its commitment and its hash.
The folder proofs and the file checkpoint show that these entries are in the hospital's append-only
log. policy.json has the keys that the server claims. pack.json says which consultations are here,
and who asked for them, when and why (the log does not vouch for that).

How to verify (Python 3.11 or newer and cryptography; no network, and nothing of the hospital's)
1. python3 -m pip install cryptography
2. python3 -m zipfile -e PACK.zip pack
3. python3 pack/verify.pyz PACK.zip --log-key 'LOG KEY' --witness 'WITNESS KEY'
Get the keys elsewhere: from a contract, from the authority, from the witness itself. Without
--log-key the verifier takes the keys in the pack; that shows that the pack agrees with itself, not
that it was not forged as a whole. Get the verifier elsewhere too, rather than trusting the one in
here: it shows its own SHA-256 and that of the one in the pack.

The three verdicts
broken (exit code 2): something does not agree with the log, or fewer witnesses signed than you
asked for. Each finding names the conversation and the entry.
intact (exit code 0): the records agree with a log that this server's key signed. A server that
rewrote its whole log could still show this.
witnessed (exit code 0): besides, N independent witnesses signed that the log had only ever grown.
Exit code 1: the input cannot be used; the file is not there, for example.

What was lawfully destroyed
Of an entry without body and salt the key was destroyed. Its time, author, kind and place in the log
stay verifiable. The verifier notes when it was destroyed, by whom and under which rule.
A conversation without a closing entry (not closed) may go on: a pack cannot show that nothing
follows.
"""


def readme(version: str) -> str:
    """Return README.txt as this version of Televisit writes it."""
    return _README.format(version=version)
