import json
from collections import Counter
from pathlib import Path

from openapi_spec_validator import validate

from booking_api import document
from booking_api.routes import ROUTES

_COMMITTED = Path(__file__).parents[3] / "web" / "schema" / "openapi.json"


def test_the_document_is_valid_openapi() -> None:
    validate(document.document())


def test_the_committed_document_is_fresh() -> None:
    fresh = _COMMITTED.read_text(encoding="utf-8") == document.text()
    assert fresh, "run: python -m booking_api.openapi > web/schema/openapi.json"


def test_every_route_is_in_the_document_once() -> None:
    documented = [
        (method.upper(), path) for path, item in document.document()["paths"].items() for method in item
    ]
    assert Counter(documented) == Counter((route.method, route.path) for route in ROUTES)


def test_operations_have_names_of_their_own() -> None:
    assert len({route.name for route in ROUTES}) == len(ROUTES)


def test_no_model_appears_in_two_variants() -> None:
    names = document.document()["components"]["schemas"]
    assert [name for name in names if "Input" in name or "Output" in name or "__" in name] == []


def test_every_reference_resolves() -> None:
    text = json.dumps(document.document())
    used = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert used == set(document.document()["components"]["schemas"]) & used
