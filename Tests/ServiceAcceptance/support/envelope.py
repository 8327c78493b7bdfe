"""What every answer of the API looks like."""

import json


def refusal(answer, status: int, code: int, pointer: str | None = None) -> dict:
    """Checks a refusal's status, envelope and first error, which is returned."""
    assert answer.status_code == status, answer.text
    error = check_refusal(answer.headers.get("content-type"), answer.content)
    assert error["code"] == code, error
    if pointer is not None:
        assert error.get("source") == {"pointer": pointer}, error
    return error


def check_refusal(content_type: str | None, body: bytes) -> dict:
    assert (content_type or "").startswith("application/json"), content_type
    envelope = json.loads(body)
    assert set(envelope) == {"result", "success", "errors", "messages"}
    assert envelope["result"] is None and envelope["success"] is False and envelope["messages"] == []
    for error in envelope["errors"]:
        assert error["code"] >= 1000 and isinstance(error["message"], str) and "\n" not in error["message"]
        assert set(error) <= {"code", "message", "documentation_url", "source"}
    return envelope["errors"][0]


def result(answer, *messages: int):
    """The result of a success, which says nothing besides but messages of these codes."""
    assert answer.status_code == 200, answer.text
    envelope = answer.json()
    assert list(envelope) == ["result", "success", "errors", "messages"]
    assert envelope["success"] is True and envelope["errors"] == []
    assert [message["code"] for message in envelope["messages"]] == list(messages)
    return envelope["result"]
