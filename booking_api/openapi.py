"""`python -m booking_api.openapi` prints the OpenAPI document, as it is committed for the web's types."""

import sys

from booking_api.document import text

__all__ = ["text"]

if __name__ == "__main__":
    sys.stdout.write(text())
