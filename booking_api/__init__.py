"""The HTTP edge: small aiohttp handlers per resource, and the OpenAPI document made from their models."""
