"""A PostgreSQL of one's own in a temporary folder, for as long as it is needed."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.patience import PATIENCE

USERS = ("postgres", "nobody")


def programs():
    """The folder of PostgreSQL's programs; None where it is not installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("initdb")
    folders += [Path(found).resolve().parent] if found else []
    return next((f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()), None)


class Postgres:
    """A server that listens on a socket in its folder; it may be killed and started again."""

    def __init__(self):
        self.bin = programs()
        # Short: the path of a socket may not be longer than about 100 letters.
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        self.as_user = {}
        if os.geteuid() == 0:  # the server refuses to run as root
            user = next(u for u in USERS if u in {p.pw_name for p in pwd.getpwall()})
            entry = pwd.getpwnam(user)
            os.chown(self.folder, entry.pw_uid, entry.pw_gid)
            self.as_user = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        self._run("initdb", "-D", str(self.folder / "data"), "-U", "tester", "-A", "trust", "-N",
                  "--no-instructions")  # fmt: skip
        self.process = None
        self.start()

    @property
    def url(self):
        return self.url_of("postgres")

    def url_of(self, database):
        return f"postgresql://tester@/{database}?host={self.folder}"

    def new_url(self):
        """The URL of a new, empty database."""
        name = f"d{uuid.uuid4().hex}"
        self.ask(f"CREATE DATABASE {name} STRATEGY file_copy")
        return self.url_of(name)

    def ask(self, statement):
        """Let psql run a statement."""
        self._run("psql", "-h", str(self.folder), "-U", "tester", "-c", statement, "postgres")

    def _run(self, name, *arguments):
        subprocess.run([self.bin / name, *arguments], check=True, capture_output=True,
                       cwd=self.folder, env={"LC_ALL": "C", "PATH": os.environ["PATH"]},
                       **self.as_user)  # fmt: skip

    def start(self):
        """Start it, again and again while remains of the last one are in the way."""
        deadline = time.time() + PATIENCE
        while time.time() < deadline:
            self.process = subprocess.Popen(
                [self.bin / "postgres", "-D", self.folder / "data", "-k", self.folder,
                 "-c", "listen_addresses="],
                cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                start_new_session=True, env={"LC_ALL": "C"}, **self.as_user,
            )  # fmt: skip
            while self.process.poll() is None and time.time() < deadline:
                try:
                    self.ask("SELECT 1")
                    return
                except subprocess.CalledProcessError:
                    time.sleep(0.1)
            time.sleep(0.3)
        raise AssertionError("PostgreSQL did not start")

    @contextmanager
    def hanging(self):
        """Every process of it stands still for as long as this lasts."""
        stopped = self._processes()
        for process in stopped:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in stopped:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGCONT)

    def _processes(self):
        """Its first process, then those that it started."""
        ours = str(self.process.pid)
        parents = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                parents[int(stat.parent.name)] = stat.read_text().rpartition(")")[2].split()[1]
        return [self.process.pid, *(each for each, of in parents.items() if of == ours)]

    def kill(self):
        """kill -9 of the server and everything it started."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)

    def stop(self):
        """End it, and remove its folder."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(PATIENCE)
        shutil.rmtree(self.folder, ignore_errors=True)
