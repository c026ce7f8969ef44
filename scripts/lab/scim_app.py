"""scim2-server as a WSGI application: HTTP/1.1 with keep-alive needs a server like gunicorn."""

import os
import pathlib
import secrets

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
app = BearerTokenApplication(
    InMemoryStorage(),
    provider,
    service=ScimService(provider, secret=secrets.token_urlsafe(32)),
    bearer_tokens=[pathlib.Path(os.environ["SCIM_TOKEN_FILE"]).read_text()],
)
