"""Puts the edge onto an application."""

from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

from aiohttp import web

from actions.context import UnitOfWork
from actions.guests import GuestDesk
from actions.passwords import PasswordHasher
from actions.sealing_status import SealingStatus
from booking_api import document, pages, public_log
from booking_api.edge import Edge, FileDesk, HospitalSettings, SignOn
from booking_api.route import READING
from booking_api.routes import ROUTES
from booking_api.security_headers import CardForm, security_headers
from booking_api.serving import guarded, serving
from domain.client_address import networks
from domain.passkeys import rp_id_of
from domain.retention import RetentionPolicy
from providers.his import PatientIndex
from providers.passkeys import RelyingParty
from providers.payments import PaymentProvider
from providers.throttle import Throttle


def attach(
    app: web.Application,
    *,
    work: UnitOfWork,
    passwords: PasswordHasher,
    throttle: Throttle,
    hospital: HospitalSettings,
    public_url: str,
    web_folder: Path,
    version: str,
    trusted_proxies: Iterable[str],
    sealing: SealingStatus | None = None,
    witness_keys: Iterable[str] = (),
    retention: RetentionPolicy | None = None,
    files: FileDesk | None = None,
    guests: GuestDesk | None = None,
    calling_code: str = "86",
    payments: PaymentProvider | None = None,
    card_form: CardForm | None = None,
    sign_on: SignOn | None = None,
    patients: PatientIndex | None = None,
) -> None:
    """Add the API, the API browser and the web app to `app`, and security headers to all its answers.

    `public_url` is how browsers reach us; over https cookies demand it. `web_folder` is the built web app,
    which may be missing or appear later. `trusted_proxies` are addresses or networks whose X-Forwarded-For
    is believed. `sealing` is how sealing goes in this process, `witness_keys` are the verifier keys of
    those that the log is shown to, `retention` are the hospital's terms, the law's unless given.
    `calling_code` is that of the hospital's country. `payments` takes the money for visits that cost
    something, `card_form` is where its form in our page comes from. `sign_on` is the OpenID provider of the
    staff, `patients` the patient index of the hospital's own system, `guests` says whether a third person
    can be invited. Raise ValueError for a network or a time zone that is none.
    """
    rp_id = rp_id_of(public_url)
    edge = Edge(
        work=work,
        passwords=passwords,
        throttle=throttle,
        hospital=hospital,
        zone=ZoneInfo(hospital.time_zone),
        public_url=public_url,
        version=version,
        openapi=document.text(),
        trusted_proxies=networks(trusted_proxies),
        sealing=sealing or SealingStatus(),
        witness_keys=tuple(witness_keys),
        retention=retention or RetentionPolicy(),
        files=files,
        guests=guests,
        calling_code=calling_code,
        payments=payments,
        relying_party=None if rp_id is None else RelyingParty(rp_id, hospital.name, public_url),
        sign_on=sign_on,
        patients=patients,
    )
    add = app.router.add_route
    for route in ROUTES:
        for method in route.methods:
            add(method, route.path, guarded(route.name, serving(edge, route)))
    for path in {route.path for route in ROUTES if "{" not in route.path}:
        # A word is no id: no method that it lacks is given to a route that has an id in its place.
        add("*", path, guarded("api_elsewhere", pages.api_elsewhere()))
    for path, (name, serve) in public_log.paths(edge).items():
        for method in READING:
            add(method, path, guarded(name, serve))
    for method in READING:
        add(method, "/api/docs", guarded("api_docs", pages.to_api_browser))
        add(method, "/api/docs/{name:.*}", guarded("api_docs", pages.api_browser(web_folder)))
    add("*", "/api{rest:(/.*)?}", guarded("api_elsewhere", pages.api_elsewhere()))
    # Last: it takes every path that nothing else on the application claims.
    for method in READING:
        add(method, "/{path:.*}", guarded("page", pages.web_app(web_folder)))
    app.on_response_prepare.append(security_headers(card_form))
