"""What stands in front of several partnerships: the page that lists them, and nginx, which leads to each."""

import html
import os
import shutil
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template

from data.settings.several import title_of

ROOT = Path(__file__).parents[1]
TEMPLATE = ROOT / "deploy" / "several.nginx.conf"
NGINX = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else None)
PAGE = "index.html"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_STYLE = (
    "body{font:1.125rem/1.6 Inter,system-ui,sans-serif;color:#1b2a3a;background:#fff;margin:0}"
    "main{max-width:36rem;margin:12vh auto 4rem;padding:0 1.5rem}h1{font-size:1.75rem;line-height:1.25}"
    "ul{list-style:none;padding:0;border-top:1px solid #d9dfe5}li{border-bottom:1px solid #d9dfe5}"
    "a{display:block;padding:.75rem 0;color:#14506e}a:focus-visible{outline:3px solid #14506e;outline-offset:2px}"
    "@media(prefers-color-scheme:dark){body{color:#e6edf2;background:#10181f}ul,li{border-color:#2c3a45}"
    "a{color:#8cc8e2}a:focus-visible{outline-color:#8cc8e2}}"
)


@dataclass(frozen=True)
class Served:
    """One partnership: its name, which is its path, and the port of this machine that its process listens on."""

    name: str
    port: int

    @property
    def title(self) -> str:
        """What it calls itself."""
        return title_of(self.name)


def list_page(served: Sequence[Served], *, on_ports: bool = False) -> str:
    """The page that lists the partnerships, as HTML; each is a path of this address, or has a port of its own."""
    rows = "".join(
        f'<li><a href="{f"http://127.0.0.1:{each.port}" if on_ports else ""}/{each.name}/">'
        f"{html.escape(each.title)}</a></li>"
        for each in sorted(served, key=lambda each: each.title.casefold())
    )
    return (
        '<!doctype html><html lang="da"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Partnerskaber</title><style>{_STYLE}</style></head><body><main><h1>Vælg dit partnerskab</h1>"
        f"<ul>{rows}</ul></main></body></html>"
    )


def written_list(served: Sequence[Served], folder: Path) -> Path:
    """Write that page into a folder, and return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / PAGE
    page.write_text(list_page(served), encoding="utf-8")
    return page


def filled(
    served: Sequence[Served], listen: str, server_name: str, page: Path, certificate: str = "", key: str = ""
) -> str:
    """nginx' configuration for these partnerships: the file of deploy/ with its names in capitals filled in."""
    template = Template(TEMPLATE.read_text(encoding="utf-8"))
    upstreams = "\n".join(
        f"upstream partnership_{each.name} {{ server 127.0.0.1:{each.port}; keepalive 8; }}" for each in served
    )
    locations = "\n".join(
        f"    location = /{each.name} {{ return 301 /{each.name}/$is_args$args; }}\n"
        f"    location = /{each.name}/maalinger {{ return 404; }}\n"
        f"    location ^~ /{each.name}/_stcore/metrics {{ return 404; }}\n"
        f"    location /{each.name}/ {{ proxy_pass http://partnership_{each.name}; }}"
        for each in served
    )
    tls = f"ssl_certificate {certificate};\n    ssl_certificate_key {key};" if certificate else ""
    return template.safe_substitute(
        UPSTREAMS=upstreams, LOCATIONS=locations, LISTEN=listen, SERVER_NAME=server_name, TLS=tls,
        LIST_FOLDER=str(page.resolve().parent), LIST_PAGE=page.name, LIST_POLICY=POLICY,
    )  # fmt: skip


def own_nginx(served: Sequence[Served], listen: str, folder: Path) -> "subprocess.Popen[bytes]":
    """Start an nginx of our own in front of the partnerships, on this machine alone, with all its files in a folder."""
    assert NGINX is not None
    page = written_list(served, folder)
    content = filled(served, listen, "127.0.0.1 localhost", page)
    (folder / "several.conf").write_text(content.replace("/dev/stdout", str(folder / "access.log")), encoding="utf-8")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = " ".join(f"{each}_temp_path {folder}/{each};" for each in kinds)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; pid {folder}/nginx.pid; worker_processes 1; error_log {folder}/error.log;\n"
        f"events {{ worker_connections 1024; }}\nhttp {{ {places} include {folder}/several.conf; }}\n",
        encoding="utf-8",
    )
    command = [NGINX, "-c", str(folder / "nginx.conf"), "-p", str(folder), "-e", str(folder / "error.log")]
    return subprocess.Popen(command)


def serve_list(served: Sequence[Served], port: int) -> None:
    """Serve the page that lists the partnerships by their ports, on this machine alone, for as long as we run."""
    page = list_page(served, on_ports=True).encode()

    class Listing(BaseHTTPRequestHandler):
        """Answers the one page."""

        def do_GET(self) -> None:
            """Answer a request."""
            found = self.path.partition("?")[0] == "/"
            self.send_response(200 if found else 404)
            for name, value in (
                ("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", POLICY),
                ("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store"),
            ):  # fmt: skip
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(page if found else b"")

        def log_message(self, *_: object) -> None:
            """Say nothing of who looked."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Listing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
