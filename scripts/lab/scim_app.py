"""scim2-server as a WSGI application: HTTP/1.1 with keep-alive needs a server like gunicorn."""

import io
import json
import os
import pathlib
import secrets
import time

from scim2_models import ScimProvider
from scim2_server.memory import InMemoryStorage
from scim2_server.service import ScimService
from scim2_server.testserver.application import BEARER_TOKEN_SCHEME, BearerTokenApplication
from scim2_server.utils import (
    load_default_resource_types,
    load_default_schemas,
    load_default_service_provider_config,
)

config = load_default_service_provider_config()
config.authentication_schemes = [*(config.authentication_schemes or []), BEARER_TOKEN_SCHEME]
provider = ScimProvider.from_discovery(
    load_default_schemas().values(), load_default_resource_types().values(), config=config
)


class RequestLog:
    """Writes each request and, where it is refused, the answer as a line of JSON before the client has the answer."""

    def __init__(self, application, path):
        self.application = application
        self.log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def __call__(self, environ, start_response):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        statuses, began = [], time.time()

        def start(status, *rest):
            statuses[:] = [status]
            return start_response(status, *rest)

        answer = b"".join(self.application(environ, start))
        line = {
            "time": began, "agent": environ.get("HTTP_USER_AGENT", ""), "method": environ["REQUEST_METHOD"],
            "path": environ["PATH_INFO"], "status": int(statuses[0].split()[0]),
        }
        if body:
            line["body"] = json.loads(body)
        if line["status"] >= 400:
            line["answer"] = answer.decode(errors="replace")
        if line["status"] == 201:
            line["id"] = json.loads(answer)["id"]
        os.write(self.log, (json.dumps(line) + "\n").encode())
        return [answer]


app = BearerTokenApplication(
    InMemoryStorage(),
    provider,
    service=ScimService(provider, secret=secrets.token_urlsafe(32)),
    bearer_tokens=[pathlib.Path(os.environ["SCIM_TOKEN_FILE"]).read_text()],
)
if path := os.environ.get("SCIM_REQUEST_LOG"):
    app = RequestLog(app, path)
