"""The HTTP edge: small aiohttp handlers per resource, and the OpenAPI document made from their models.

`attach` puts it onto an application. A request's way: serving.py, then the handler that routes.py names,
then one action; failures become problem documents in problems.py.
"""

from booking_api.attaching import attach
from booking_api.edge import FileDesk, HospitalSettings, SignOn

__all__ = ["FileDesk", "HospitalSettings", "SignOn", "attach"]
