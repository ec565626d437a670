"""Answers made of models."""

from aiohttp import web

from booking_api.models import Model


def answered(answer: Model, status: int) -> web.Response:
    """Return a model as the JSON body of an answer."""
    return web.Response(status=status, text=answer.model_dump_json(), content_type="application/json")
