"""The real servers that the adapters are tested against."""

from tests.servers import redis_server as redis_server
from tests.servers import smtp_server as smtp_server
