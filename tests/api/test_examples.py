"""Every operation has an example of its request and of every answer, and the server gives these answers."""

import json

import pytest
from jsonschema import Draft202012Validator

from geoplan_api import Settings, create_app
from geoplan_api.examples import recorded
from tests.api.example_requests import Asker

JSON_FORMS = ("application/json", "application/problem+json")


@pytest.fixture(scope="module")
def description(atlas):
    return create_app(Settings(), atlas=atlas).openapi()


@pytest.fixture(scope="module")
def asked_again(description, atlas):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEOPLAN_HOME", "/dev/null")
        return json.loads(json.dumps(Asker(description, atlas).record()))


def contents(description):
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            for status, response in operation["responses"].items():
                for media_type, content in response.get("content", {}).items():
                    yield f"{method.upper()} {path}", status, media_type, content


def shape(value):
    """Names and kinds: numbers and days of an example may grow old, its form may not."""
    if isinstance(value, dict):
        return {name: shape(one) for name, one in value.items()}
    if isinstance(value, list):
        return [shape(one) for one in value[:1]]
    return (
        "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__
    )


def test_no_answer_lacks_an_example(description):
    missing = [where[:3] for where in contents(description) if not where[3].get("examples")]
    assert missing == [], "ask again: python -m tests.api.example_requests"


def test_no_request_lacks_an_example(description):
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            for parameter in operation.get("parameters", ()):
                if parameter["required"]:
                    assert "example" in parameter, (method, path, parameter["name"])
            for content in operation.get("requestBody", {}).get("content", {}).values():
                assert content["examples"], (method, path)


def test_no_example_is_left_over(description):
    known = {
        f"{method.upper()} {path}" for path, methods in description["paths"].items() for method in methods
    }
    assert set(recorded()) == known


def test_examples_are_as_described(description):
    for name, status, media_type, content in contents(description):
        if media_type in JSON_FORMS:
            schema = {**content["schema"], "components": description["components"]}
            errors = list(Draft202012Validator(schema).iter_errors(content["examples"]["example"]["value"]))
            assert errors == [], (name, status, errors[:1])


def test_bodies_are_as_described(description):
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                schema = {**content["schema"], "components": description["components"]}
                Draft202012Validator(schema).validate(content["examples"]["example"]["value"])
                assert method in ("post", "put"), path


def test_the_server_answers_so(asked_again):
    assert asked_again.keys() == recorded().keys()
    for name, example in recorded().items():
        again = asked_again[name]
        assert again["parameters"] == example["parameters"], name
        for status, answers in example["responses"].items():
            assert shape(again["responses"][status]) == shape(answers), (name, status)


def test_answers_that_stand_elsewhere_are_there(client, description):
    for name, _, media_type, content in contents(description):
        address = content["examples"]["example"].get("externalValue")
        if address is not None and "plan" not in name and "text/plain" not in media_type:
            answer = client.get(address, headers={"Accept": media_type})
            assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (
                200, media_type.split(";")[0],
            ), address  # fmt: skip
