"""Every form of a key that people bring (StreamSigningTests/Vectors/key-forms), through the API and through the client."""

import base64
import http.server
import json
import threading

import pytest

from support import program
from support.account import VIDEO
from support.envelope import refusal, result

FILE = program.ROOT / "Tests/StreamSigningTests/Vectors/key-forms/forms.json"
FORMS = json.loads(FILE.read_text())
for number, form in enumerate(FORMS):
    form["number"] = number
    form["bytes"] = base64.b64decode(form["content"])
KEY = FORMS[0]["key"]
READ = [form for form in FORMS if "code" not in form]
REFUSED = [form for form in FORMS if "code" in form]


def name_of(form) -> str:
    return f"{form['form']}, from {form['from']}"


def text_of(form) -> str | None:
    """What can be a string in JSON."""
    try:
        return form["bytes"].decode()
    except UnicodeDecodeError:
        return None


def is_object(form) -> bool:
    try:
        return isinstance(json.loads(form["bytes"]), dict)
    except ValueError:
        return False


@pytest.fixture(scope="module")
def owner(accounts):
    """An account that has the key under another name, so that importing it again is a conflict."""
    account = accounts.take()
    result(account.import_key(pem=text_of(FORMS[0]), id="key-of-the-forms-" + account.id))
    return account


def imported(account, form, **body):
    """Imports a form. Of a set whose other keys are no use, the id picks the key, as it does of several; any other form is
    given an id of its own."""
    picked = form.get("id") if "passes_over" in form else form.get("pick")
    return account.import_key(id=picked or f"form-{form['number']}-{account.id}", **body)


@pytest.mark.parametrize("form", [form for form in READ if text_of(form) and form["key"] == KEY], ids=name_of)
def test_a_form_is_imported_as_the_key_that_it_holds(owner, form):
    refusal(imported(owner, form, pem=text_of(form)), 409, 20001)


@pytest.mark.parametrize("form", [form for form in READ if is_object(form) and form["key"] == KEY], ids=name_of)
def test_json_is_imported_as_an_object_too(owner, form):
    refusal(imported(owner, form, jwk=json.loads(form["bytes"])), 409, 20001)


@pytest.mark.parametrize("form", [form for form in REFUSED if text_of(form)], ids=name_of)
def test_what_is_not_a_key_is_called_by_its_name(owner, form):
    # Without an id where a set has several keys and none is named.
    body = {"pem": text_of(form)} | ({"id": form["pick"]} if "pick" in form else {})
    assert form["says"] in refusal(owner.import_key(**body), 400, 10005, "/pem")["message"]


@pytest.fixture(scope="module")
def website():
    """Serves each form under its number."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            content = FORMS[int(self.path.strip("/"))]["bytes"]
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def token(tmp_path_factory) -> str:
    file = tmp_path_factory.mktemp("forms") / "key.pem"
    file.write_bytes(FORMS[0]["bytes"])
    return program.output("token", VIDEO, "--key", file, "--key-id", "a").strip()


@pytest.mark.parametrize("form", [form for form in READ if form["key"] == KEY], ids=name_of)
def test_a_published_form_is_fetched_and_trusted(website, token, form):
    program.output("verify", token, "--keys", f"{website}/{form['number']}", "--key-id", "a", "--video", VIDEO)


@pytest.mark.parametrize("form", [form for form in REFUSED if form["code"] != "key_ambiguous"], ids=name_of)
def test_what_is_fetched_and_is_not_a_key_is_called_by_its_name(website, token, form):
    answer = program.run("verify", token, "--keys", f"{website}/{form['number']}", "--video", VIDEO)
    assert answer.returncode == 2 and form["says"] in answer.stderr, answer.stderr
