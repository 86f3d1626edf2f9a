"""Pages over HTTP, live alerts over WebSocket."""

import gc
import os
import re

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.urls import get_resolver

from caseflow.bodies import LimitedBodies
from caseflow.origins import SameOrigin
from caseflow.threads import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caseflow.settings")
UUID = "[0-9a-f-]{36}"
# Files of cases have 50 MB at most, and a form around them.
LARGER = {
    re.compile(
        rf"/attachments/{UUID}/add/|/api/v1/case-files/{UUID}/files/|/council/decisions/{UUID}/move/[a-z_]+/"
    ): 52 * 1024**2
}
pages = LimitedBodies(get_asgi_application(), larger=LARGER)  # loads the models that the sockets need

from notifications.routing import websocket_urlpatterns  # noqa: E402  see above

# The first compares the page's origin with the host that is asked, the second that host with ALLOWED_HOSTS.
sockets = SameOrigin(AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns))))

application = ProtocolTypeRouter({"http": pages, "websocket": sockets})

# What is loaded now stays. Not looked through again and again by the collector, which stops every thread for 0.3 s.
_ = get_resolver().reverse_dict  # reads all routes and views
gc.collect()
gc.freeze()
# A page makes tens of thousands of objects, hardly one in a circle: looked through every 700 they cost 7 % of it.
gc.set_threshold(50_000, 20, 100)
