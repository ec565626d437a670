"""The built web app and the API browser, as files. Everything else is in the route table."""

import asyncio
from pathlib import Path

from aiohttp import hdrs, web

from booking_api.problems import problem_of
from booking_api.routes import routes_at
from booking_api.serving import Serve
from domain.errors import Code, NotFound, UserFault

API_DOCS = "api-docs"
"""The folder of the API browser in the built web app."""

_HASHED = "assets"
"""The build puts a file's digest into the names in this folder: what they hold never changes."""
_FOREVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
_NOT_BUILT = """\
<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Televisit</title></head>
  <body>
    <h1>{what} is not built</h1>
    <p>Run <code>make web</code> in the project's folder, then reload this page.</p>
  </body>
</html>
"""


def api_elsewhere() -> Serve:
    """Return what answers below /api where no route is: 405 when the path has other methods, else 404."""

    async def serve(request: web.Request, request_id: str) -> web.StreamResponse:
        methods = sorted({method for route in routes_at(request.path) for method in route.methods})
        if not methods:
            raise NotFound("address")
        fault = UserFault(Code.METHOD_NOT_ALLOWED, f"This address has no {request.method}.")
        response = problem_of(fault, request_id)
        response.headers[hdrs.ALLOW] = ", ".join(methods)
        return response

    return serve


def api_browser(web_folder: Path) -> Serve:
    """Return what serves the API browser's files below /api/docs/."""
    folder = web_folder / API_DOCS

    async def serve(request: web.Request, request_id: str) -> web.StreamResponse:
        name = request.match_info["name"] or "index.html"
        found = await asyncio.to_thread(_find, folder, name)
        if found is None and name == "index.html":
            return _not_built("The API browser")
        if found is None:
            raise NotFound("page")
        return _file(found, _ASK_AGAIN)

    return serve


async def to_api_browser(request: web.Request, request_id: str) -> web.StreamResponse:
    """GET /api/docs: the browser's files are addressed from a folder."""
    return web.Response(status=308, headers={hdrs.LOCATION: "/api/docs/"})


def web_app(web_folder: Path) -> Serve:
    """Return what serves the built web app: its files, and its page for every address of its own."""

    async def serve(request: web.Request, request_id: str) -> web.StreamResponse:
        path = request.match_info["path"]
        found = await asyncio.to_thread(_find, web_folder, path) if path else None
        if found is not None:
            hashed = path.startswith(f"{_HASHED}/")
            return _file(found, _FOREVER if hashed else _ASK_AGAIN)
        # The addresses of the app's own pages are known to the app alone; a missing file is a missing file.
        is_page = not path or "text/html" in request.headers.get(hdrs.ACCEPT, "")
        if not is_page or path.startswith(f"{_HASHED}/"):
            raise NotFound("page")
        index = await asyncio.to_thread(_find, web_folder, "index.html")
        return _not_built("The web app") if index is None else _file(index, _ASK_AGAIN)

    return serve


def _find(folder: Path, name: str) -> Path | None:
    """Return the file of this name inside the folder; None when there is none or the name leads out of it."""
    try:
        root = folder.resolve()
        found = (root / name.lstrip("/")).resolve()
        return found if found.is_relative_to(root) and found.is_file() else None
    except (OSError, ValueError):
        # A name that is too long or holds a zero byte is no file's.
        return None


def _file(path: Path, cache: str) -> web.FileResponse:
    return web.FileResponse(path, headers={hdrs.CACHE_CONTROL: cache})


def _not_built(what: str) -> web.Response:
    return web.Response(
        status=503,
        text=_NOT_BUILT.format(what=what),
        content_type="text/html",
        headers={hdrs.CACHE_CONTROL: "no-store"},
    )
