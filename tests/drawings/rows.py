"""Small visible rows for the tests of pictures."""

import math

import pandas as pd


def survey_row(wave: str = "2023", area: str = "Herlev", share: float = 0.8, **changed: object) -> dict[str, object]:
    row = {
        "wave": wave, "area_id": area.lower(), "name": area, "level": "municipality", "indicator": "tryg",
        "series": "jm", "share": share, "n": 300, "n_eff": 300, "low": share - 0.05, "high": share + 0.04,
        "quality": "A", "comparable": True, "state": "published", "provenance": "example",
        "hover": f"{area} {wave}",
    }  # fmt: skip
    return row | changed


def incident_row(period: str, count: float, area: str = "Herlev", **changed: object) -> dict[str, object]:
    row = {
        "period": period, "area_id": area.lower(), "name": area, "category": "12", "count": count,
        "rate": count / 30, "low": count / 40, "high": count / 20, "mean": math.nan, "lower": math.nan,
        "upper": math.nan, "signal": "", "state": "published", "provenance": "official", "hover": f"{area} {period}",
    }  # fmt: skip
    return row | changed


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows))


HIDDEN = {"share": math.nan, "low": math.nan, "high": math.nan, "state": "hidden"}
UNKNOWN = {"low": math.nan, "high": math.nan, "quality": ""}
YEAR = [incident_row(f"2024K{quarter}", count) for quarter, count in ((1, 50), (2, 60), (3, 55), (4, 52))]
