"""Which quarters are one large case and not a development."""

import numpy as np
import pytest

from analysis.mass_registrations import mass_registrations

# Reported offences by quarter from 2016K1 (Statistics Denmark, STRAF11, retrieved 2025).
GLADSAXE_VIOLENCE = [
    28, 51, 41, 53, 43, 43, 45, 56, 40, 68, 63, 56, 43, 54, 65, 50, 51, 74, 76, 79,
    90, 58, 61, 63, 76, 476, 71, 58, 57, 66, 58, 61, 60, 89, 73, 55, 68, 67, 72, 78,
]  # fmt: skip
HERLEV_WEAPONS = [
    12, 11, 7, 10, 8, 17, 10, 12, 15, 21, 23, 28, 39, 29, 26, 15, 16, 11, 18, 14,
    320, 14, 18, 15, 14, 14, 3, 7, 8, 12, 15, 9, 10, 19, 11, 12, 4, 22, 7, 14,
]  # fmt: skip
HERLEV_ALL = [
    629, 710, 559, 667, 565, 591, 676, 733, 641, 714, 693, 718, 681, 698, 601, 891, 1170, 530, 709, 523,
    821, 431, 569, 489, 466, 511, 671, 520, 545, 702, 472, 646, 629, 626, 704, 536, 523, 572, 541, 541,
]  # fmt: skip
GLADSAXE_ALL = [
    1088, 1188, 1195, 1332, 1101, 1275, 1106, 1109, 941, 1163, 1237, 1247, 1056, 1105,
    1047, 1127, 903, 861, 1439, 886, 816, 826, 745, 913, 978, 1457, 972, 1045,
    1808, 1216, 1092, 1013, 1117, 1342, 1146, 1182, 1040, 941, 1098, 1102,
]  # fmt: skip


@pytest.mark.parametrize(
    ("series", "flagged"),
    [
        (GLADSAXE_VIOLENCE, [476]),
        (HERLEV_WEAPONS, [320]),
        (HERLEV_ALL, [1170]),
        (GLADSAXE_ALL, [1439, 1808]),
    ],
    ids=["gladsaxe-vold", "herlev-vaabenlov", "herlev-i-alt", "gladsaxe-i-alt"],
)
def test_the_known_mass_registrations_are_flagged_and_little_else(series: list[int], flagged: list[int]) -> None:
    marks, _ = mass_registrations(series)
    assert np.array(series)[marks].tolist() == flagged


def test_the_baseline_is_what_the_area_otherwise_sees() -> None:
    marks, baseline = mass_registrations(GLADSAXE_VIOLENCE)
    assert baseline[marks] == pytest.approx([62])
    assert np.nanmax(baseline) < 80


def test_several_series_get_what_each_gets_alone() -> None:
    marks, baseline = mass_registrations([GLADSAXE_VIOLENCE, HERLEV_WEAPONS])
    assert marks[1].tolist() == mass_registrations(HERLEV_WEAPONS)[0].tolist()
    assert baseline[0].tolist() == mass_registrations(GLADSAXE_VIOLENCE)[1].tolist()


def test_a_lasting_rise_is_no_mass_registration() -> None:
    assert not mass_registrations([50, 55, 48, 52, 50, 51, 49, 53, 50, 52, 150, 148, 152, 149, 151, 150])[0].any()


def test_a_season_that_comes_every_year_is_no_mass_registration() -> None:
    assert not mass_registrations([40, 42, 41, 90] * 6)[0].any()


def test_a_few_more_in_a_small_series_are_no_mass_registration() -> None:
    assert not mass_registrations([1, 0, 2, 1, 0, 1, 12, 1, 0, 2, 1, 0, 1, 1])[0].any()


def test_the_newest_quarter_can_be_flagged_before_the_next_is_known() -> None:
    assert mass_registrations([*HERLEV_WEAPONS[:20], 320])[0].tolist() == [False] * 20 + [True]


def test_a_missing_quarter_is_neither_flagged_nor_a_zero_in_the_baseline() -> None:
    series = [np.nan if value == 14 else value for value in HERLEV_WEAPONS]
    marks, baseline = mass_registrations(series)
    assert np.array(series)[marks].tolist() == [320]
    assert baseline[marks][0] > 10


def test_one_case_registered_over_two_quarters_is_flagged_in_both() -> None:
    series = [*HERLEV_WEAPONS[:20], 190, 130, *HERLEV_WEAPONS[22:]]
    marks, baseline = mass_registrations(series)
    assert np.array(series)[marks].tolist() == [190, 130]
    assert baseline[marks].max() < 30


def test_two_high_quarters_at_the_end_may_be_a_lasting_rise_and_are_not_flagged_as_one_case() -> None:
    assert not mass_registrations([*HERLEV_WEAPONS[22:], 150, 148])[0].any()


def test_too_short_a_series_has_no_baseline_and_no_flag() -> None:
    marks, baseline = mass_registrations([10, 12, 400, 11, 9, 10, 12, 11])
    assert not marks.any()
    assert np.isnan(baseline).all()


def test_ordinary_overdispersed_counts_are_hardly_ever_flagged() -> None:
    draw = np.random.default_rng(3)
    counts = draw.poisson(draw.gamma(20, 3, (2000, 40)))
    assert mass_registrations(counts)[0].mean() < 0.001


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="counts = -3 is not allowed; allowed: 0 or more"):
        mass_registrations([1, -3])
