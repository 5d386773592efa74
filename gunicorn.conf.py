"""How gunicorn serves the portal; `make run` and a server in production start with the same."""

import multiprocessing
import os

wsgi_app = "perhekeskus.wsgi"
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", min(multiprocessing.cpu_count(), 4)))
# What takes long, such as a large table, keeps its own thread busy; the worker goes on and is not ended by `timeout`.
worker_class = "gthread"
# Four half-sent requests would hold a worker: in production a proxy that reads requests whole stands before it.
threads = 4
loglevel = "warning"
# gunicorn would keep a control socket in the home folder; nobody uses it here.
control_socket_disable = True
# The proxy before it is told apart by Django's own settings (BEHIND_PROXY), not by who asks.
forwarder_headers = ""
secure_scheme_headers = {}


def post_worker_init(worker):
    """What goes wrong outside Django is written down with its address: as carefully as by Django."""
    from perhekeskus.logs import WithoutPeople  # noqa: PLC0415 -- the portal is not there before

    for handler in worker.log.error_log.handlers:
        handler.setFormatter(WithoutPeople(worker.log.error_fmt, worker.log.datefmt))
