"""Example population and survey waves of the housing areas."""

import numpy as np

from generate.example.profiles import JM_WAVES, PROFILES, PT_WAVES, TOO_FEW_ANSWERS, Profile
from generate.example.tables import Row, marked_as_example

FIRST_YEAR, LAST_YEAR = 2016, 2025


def population_rows(rng: np.random.Generator) -> list[Row]:
    """Residents of each housing area on 1 January, from dwellings, household size and slow growth."""
    rows: list[Row] = []
    for profile in PROFILES:
        start = profile.dwellings * profile.persons_per_dwelling
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            residents = start * (1 + profile.growth) ** (year - FIRST_YEAR) * rng.normal(1, 0.004)
            rows.append({"period": f"{year}K1", "area_id": profile.area_id, "residents": round(residents)})
    return marked_as_example(rows)


def survey_rows(rng: np.random.Generator, official_areas_with_waves: set[tuple[str, str]]) -> list[Row]:
    """Waves 2016–2019 and 2021–2025 of every housing area, for three indicators.

    Each share is the true one of the profile plus the sampling noise of n / deff independent answers.
    An area and wave that has any official figure gets no constructed one beside it, and neither do
    the other waves of that series: the line shows either what was measured or what was made up.
    """
    measured = {(area_id, _series(wave)) for area_id, wave in official_areas_with_waves}
    rows: list[Row] = []
    for profile in PROFILES:
        for wave in (*PT_WAVES, *JM_WAVES):
            drawn = _wave(rng, profile, wave)
            if (profile.area_id, _series(wave)) not in measured:
                rows += drawn
    return marked_as_example(rows)


def _series(wave: str) -> str:
    return "jm" if wave in JM_WAVES else "pt"


def _wave(rng: np.random.Generator, profile: Profile, wave: str) -> list[Row]:
    drawn = round(profile.answers * rng.uniform(0.9, 1.1))
    n = TOO_FEW_ANSWERS.get((profile.area_id, wave), drawn)
    deff = round(rng.uniform(1.2, 1.5), 2)
    effective = round(n / deff)
    safe, trust = profile.safe.at(wave), profile.trust.at(wave)
    unsafe = (1 - safe) * profile.unsafe_of_rest
    safe_count, between, unsafe_count = (
        int(count) for count in rng.multinomial(effective, [safe, 1 - safe - unsafe, unsafe])
    )
    if between == 0:  # someone always answers in the middle, so safe and unsafe never fill the whole
        safe_count -= 1
    shares = {
        "tryg_i_nabolag": safe_count / effective,
        "utryg_i_nabolag": unsafe_count / effective,
        "tillid_til_politiet": int(rng.binomial(effective, trust)) / effective,
    }
    return [
        {
            "wave": wave,
            "area_id": profile.area_id,
            "indicator": indicator,
            "series": _series(wave),
            "share": f"{share:.3f}",
            "n": n,
            "deff": deff,
            "rounded": 0,
        }
        for indicator, share in shares.items()
    ]
