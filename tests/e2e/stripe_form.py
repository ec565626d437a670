"""A stand-in for Stripe.js, which nobody else may serve; the payment itself is localstripe's.

It plays the part of the published interface that the page uses: a form for one intent, and confirming it.
What is typed goes from the browser past the hospital, as with the real one.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from providers.payments import Way, WayKind
from tests.integration.providers.payments.tills import StripeTill, order

_SCRIPT = """
window.Stripe = (key) => {
  const origin = new URL(document.querySelector("script[src$='/v3/']").src).origin;
  return {
    elements: ({ clientSecret }) => {
      const field = document.createElement('input');
      field.setAttribute('aria-label', 'Card number');
      return {
        secret: clientSecret,
        field,
        create: () => ({
          mount: (place) => place.append(field),
          unmount: () => field.remove(),
          on: (event, told) => event === 'ready' && setTimeout(told),
        }),
      };
    },
    confirmPayment: async ({ elements }) => {
      const said = JSON.stringify({ key, secret: elements.secret, number: elements.field.value });
      const answer = await fetch(`${origin}/pay`, { method: 'POST', body: said });
      return answer.json();
    },
  };
};
"""


@asynccontextmanager
async def stripe_form(localstripe: str) -> AsyncIterator[str]:
    """Serve the script at /v3/ while the block runs; give the origin."""
    async with aiohttp.ClientSession() as http:
        till = StripeTill(localstripe, http)

        async def script(_request: web.Request) -> web.Response:
            return web.Response(text=_SCRIPT, content_type="text/javascript")

        async def pay(request: web.Request) -> web.Response:
            said = json.loads(await request.text())
            assert said["key"].startswith("pk_"), "the page knows the public key alone"
            intent = said["secret"].partition("_secret_")[0]
            status = await till.pay(order(), Way(WayKind.FORM, intent), said["number"])
            failure = {"error": {"type": "card_error", "code": "card_declined"}}
            return web.json_response(
                {} if status == 200 else failure, headers={"Access-Control-Allow-Origin": "*"}
            )

        app = web.Application()
        app.router.add_get("/v3/", script)
        app.router.add_post("/pay", pay)
        async with TestServer(app) as server:
            yield str(server.make_url("/")).rstrip("/")
