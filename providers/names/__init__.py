"""Name registers behind one port: demo and Tencent Cloud, each in a file of its own.

Never called inside a transaction. What a register says is an opinion: the staff decides.
"""

from providers.names.demo import DemoRegister
from providers.names.port import NameRegister, QuestionsSpent, RegisterRefused
from providers.names.tencent import TencentRegister

__all__ = ["DemoRegister", "NameRegister", "QuestionsSpent", "RegisterRefused", "TencentRegister"]
