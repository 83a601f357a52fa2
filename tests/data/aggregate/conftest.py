"""A made-up file of cases and one of answers; no person stands behind any of them."""

import datetime as dt
from pathlib import Path

import pytest

HEADINGS = "Sagsnr;Gerningsdato;Time;Gerningskode;X;Y"
INSIDE = {"hjortegaarden": ("715001,0", "6182624,0"), "herlev": ("715336,5", "6181705,0")}


def case(number: int, day: dt.date, hour: int, code: str, place: str = "herlev") -> str:
    x, y = INSIDE[place]
    return f"{number};{day:%d-%m-%Y};{hour:02d}:30;{code};{x};{y}"


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """Every third day of 2024 a burglary in Herlev at 14, and in December three of violence at night."""
    days = [dt.date(2024, 1, 1) + dt.timedelta(3 * k) for k in range(122)]
    lines = [case(k, day, 14, "1320") for k, day in enumerate(days)]
    lines += [case(900 + k, dt.date(2024, 12, 20), 1, "1215") for k in range(3)]
    file = tmp_path / "sager.csv"
    file.write_text("\n".join([HEADINGS, *lines, ""]), encoding="utf-8")
    return file
