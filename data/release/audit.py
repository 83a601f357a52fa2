"""Says in plain words how well each audience's figures are protected, for the one who publishes."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from data import danish
from data.partnership import Audience, Partnership
from data.release.audiences import municipalities
from data.release.protect import Protected


def audit_report(areas: pd.DataFrame, partnership: Partnership, protected: Mapping[int, Protected]) -> list[str]:
    """One line per audience: how many counts of housing areas, how many are hidden and why, and the narrowest range.

    `areas` has the columns of its contract; `protected` the protected counts by threshold.
    """
    home = municipalities(areas)
    audits = {threshold: each.audit(exact=True) for threshold, each in protected.items()}
    return [
        f"{audience.title}: "
        + (_said(audience, home, protected[audience.threshold], audits[audience.threshold])
           if audience.threshold else "ingen tal skjules.")
        for audience in partnership.audiences
    ]  # fmt: skip


def _said(audience: Audience, home: Mapping[str, str], protected: Protected, audit: pd.DataFrame) -> str:
    cells = protected.cells
    cells = cells[cells["area_id"].map(home).isin(audience.sees) & (cells["area_id"].map(home) != cells["area_id"])]
    if cells.empty:
        return "ser ingen tal for boligområder."
    reasons = cells["reason"].value_counts()
    ours = audit[audit["asked"] & audit["area_id"].map(home).isin(audience.sees)]
    sentence = (
        f"{danish.plural(len(cells), 'tal', 'tal')} for boligområder; "
        f"{danish.number(reasons.get('primary', 0))} skjult, fordi de er under {audience.threshold}, "
        f"og {danish.number(reasons.get('secondary', 0))}, fordi de ellers røber et skjult tal."
    )
    kept = ours[ours["wanted"] >= audience.threshold - 1]
    if len(kept):
        width = (kept["high"] - kept["low"]).to_numpy()
        row = kept.iloc[int(width.argmin())]
        sentence += f" Det smalleste, et skjult tal kan regnes ud til, er {_range(row['low'], row['high'])}."
    unavoidable = ours[ours["wanted"] < audience.threshold - 1]
    if len(unavoidable):
        sentence += (
            f" {danish.plural(len(unavoidable), 'skjult tal er', 'skjulte tal er')} smallere, fordi kommunens eget tal "
            "er offentligt og lille, eller fordi tallet er vist før."
        )
    unsafe = int((~ours["safe"]).sum())
    waiting = int(cells["waits"].sum())
    if waiting:
        sentence += (
            f" {danish.plural(waiting, 'rettelse venter', 'rettelser venter')}, fordi den ellers røber et skjult tal."
        )
    return f"{sentence} {danish.plural(unsafe, 'tal kan', 'tal kan')} regnes ud for tæt." if unsafe else sentence


def _range(low: float, high: float) -> str:
    top = "og op" if np.isinf(high) else f"til {danish.decimal(high, 0 if high == round(high) else 1)}"
    return f"{danish.decimal(low, 0 if low == round(low) else 1)} {top}"
