"""pgbouncer in front of a site's database, lending connections by the transaction."""

import os
import shutil
import subprocess
from urllib.parse import parse_qs, urlsplit

from tests.faults.site import free_port

PROGRAM = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
SETTINGS = """
[databases]
* = host={socket} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {folder}/people
pool_mode = transaction
default_pool_size = 5
"""


class Pooler:
    """`with Pooler(database, folder) as pooler:`; `pooler.url` is the way through it."""

    def __init__(self, database, folder):
        port = free_port()
        self.url = f"postgres://postgres@127.0.0.1:{port}/postgres"
        self._owner = database.folder.stat().st_uid
        folder.mkdir()
        (folder / "people").write_text('"postgres" ""\n')
        socket = parse_qs(urlsplit(database.url).query)["host"][0]
        self._settings = folder / "settings.ini"
        self._settings.write_text(SETTINGS.format(socket=socket, port=port, folder=folder))

    def __enter__(self):
        # It refuses to run as root, and only the owner of the database's folder finds the socket in it.
        user = self._owner if os.geteuid() == 0 else None
        self._process = subprocess.Popen([PROGRAM, "-q", self._settings], user=user)
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(15)
