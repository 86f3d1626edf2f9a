"""Pages over HTTP, live alerts over WebSocket."""

import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application

from caseflow.bodies import LimitedBodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caseflow.settings")
pages = LimitedBodies(get_asgi_application())  # loads the models that the sockets need

from notifications.routing import websocket_urlpatterns  # noqa: E402  see above

# Browsers send cookies with a socket whatever page opened it, so pages of other hosts are turned away here.
sockets = AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns)))

application = ProtocolTypeRouter({"http": pages, "websocket": sockets})
