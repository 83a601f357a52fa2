"""The deployment without containers: processes of the app, and Debian's nginx with the very file of deploy/."""

import contextlib
import os
import shutil
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from string import Template

from benchmarks.serving import ROOT, free_port

HALF_EACH, ONLY_B = "~[0-7]$ a; default b;", "default b;"
SECONDS_TO_START = 90
NGINX = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else None)


@dataclass
class Process:
    """One process of the app on a port of its own."""

    instance: str
    port: int
    database: str
    log: Path
    settings: dict[str, str] = field(default_factory=dict)
    running: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        """Where it answers, without the proxy."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it is ready."""
        own = {"DATABASE_URL": self.database, "TRYGHED_INSTANCE": self.instance, "TRYGHED_LOG": "json"}
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port)],
                cwd=ROOT,
                env=os.environ | own | self.settings,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        until(lambda: status(f"{self.address}/klar") == 200, self.said)

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        assert self.running is not None
        self.running.send_signal(signal.SIGKILL)
        self.running.wait()

    def stop(self) -> None:
        """Ask it to end, and wait."""
        if self.running is not None and self.running.poll() is None:
            self.running.terminate()
            self.running.wait(timeout=30)

    def measure(self, name: str) -> float:
        """One of the figures it gives to Prometheus."""
        with urllib.request.urlopen(f"{self.address}/maalinger", timeout=10) as answer:
            lines = answer.read().decode().splitlines()
        return next(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(f"{name} "))

    def said(self) -> str:
        """Everything in its log."""
        return self.log.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Proxy:
    """nginx in front of two processes, with a certificate of its own."""

    address: str
    trust: ssl.SSLContext
    folder: Path
    settings: dict[str, str]

    def send_newcomers(self, where: str) -> None:
        """Write the configuration with another line for newcomers and let nginx take it over, as in the runbook."""
        write_configuration(self.folder, self.settings | {"NEWCOMERS": where})
        nginx(self.folder, "-s", "reload")

    def status(self, path: str) -> int:
        """The status code of an answer."""
        return status(f"{self.address}{path}", self.trust)


@contextmanager
def proxied(a: Process, b: Process, folder: Path) -> Iterator[Proxy]:
    """Run nginx in front of two processes for as long as the block lasts."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    port = free_port()
    settings = {
        "APP_A": f"127.0.0.1:{a.port}",
        "APP_B": f"127.0.0.1:{b.port}",
        "NEWCOMERS": HALF_EACH,
        "LISTEN": f"127.0.0.1:{port} ssl",
        "SERVER_NAME": "127.0.0.1",
        "TLS_CERTIFICATE": str(certificate),
        "TLS_KEY": str(key),
    }
    write_configuration(folder, settings)
    proxy = Proxy(f"https://127.0.0.1:{port}", ssl.create_default_context(cafile=certificate), folder, settings)
    nginx(folder, "-t")
    nginx(folder)
    try:
        until(lambda: proxy.status("/sundhed") == 200, lambda: (folder / "error.log").read_text())
        yield proxy
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            nginx(folder, "-s", "stop")


def write_configuration(folder: Path, settings: dict[str, str]) -> None:
    """Fill in the file of deploy/ and put around it what Debian's nginx.conf has around conf.d."""
    filled = Template((ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")).safe_substitute(settings)
    # The only thing changed: where requests are logged, because a test has no journal.
    (folder / "tryghed.conf").write_text(filled.replace("/dev/stdout", str(folder / "access.log")), encoding="utf-8")
    places = "".join(
        f"{each}_temp_path {folder}/{each};" for each in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"pid {folder}/nginx.pid; worker_processes 2; user {'root' if os.geteuid() == 0 else 'nobody'};\n"
        f"error_log {folder}/error.log; events {{ worker_connections 1024; }}\n"
        f"http {{ {places} include {folder}/tryghed.conf; }}\n",
        encoding="utf-8",
    )


def nginx(folder: Path, *arguments: str) -> None:
    """Run nginx with the configuration in a folder."""
    assert NGINX is not None
    done = subprocess.run(
        [NGINX, "-c", str(folder / "nginx.conf"), "-p", str(folder), "-e", str(folder / "error.log"), *arguments],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def status(address: str, trust: ssl.SSLContext | None = None) -> int:
    """The status code of an answer; 0 where nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=10, context=trust) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def until(done: Callable[[], bool], complaint: Callable[[], str]) -> None:
    """Wait until something is so; fails with what was said meanwhile."""
    latest = time.monotonic() + SECONDS_TO_START
    while not done():
        assert time.monotonic() < latest, complaint()
        time.sleep(0.1)
