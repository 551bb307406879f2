"""The web server process: granian with a few workers, each of which ends when its parent has gone."""

import argparse
import importlib
import os

from granian import Granian
from granian.constants import Interfaces

from ina.ops.parent import die_with_parent

WORKERS = 2
THREADS = 2  # per worker; a thread holds two database connections while it works
APPLICATION = "ina.config.wsgi"


def load_application(_target: str | None = None):
    """Called once in each worker process."""
    die_with_parent()
    return importlib.import_module(APPLICATION).application


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    die_with_parent()
    os.environ["INA_PARENT"] = str(os.getpid())  # for the workers, however they are made
    server = Granian(
        APPLICATION,
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=5,
        log_access=False,  # addresses of pages are personal data; the trail is in the database
        websockets=False,
    )
    server.serve(target_loader=load_application, wrap_loader=False)


if __name__ == "__main__":
    main()
