"""Finds counts far from their own history in either direction: worth a second look before they are published."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.mass_registrations import CHANCE, MAD_FACTOR, mass_registrations

FAR = 5.0
"""How many times its usual variation a count must lie from its surroundings, on the scale of square roots."""


def far_from_history(counts: ArrayLike) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Return (flagged, usual) for many series of quarters (series × quarters); shapes as `counts`.

    `usual` is the median of the twelve nearest quarters without mass registrations, NaN with fewer than 8 of them;
    then nothing is flagged. Missing quarters (NaN) are left out. Variation is 1.4826 × the median absolute deviation
    of the series from its surroundings, and never below what chance gives a count.
    Method: Hampel identifier, Davies & Gather (1993), JASA 88:782; square roots: Anscombe (1948), Biometrika 35:246.
    """
    y = np.atleast_2d(np.asarray(counts, dtype=float))
    masses, usual = mass_registrations(y)
    distance = np.sqrt(y + 3 / 8) - np.sqrt(usual + 3 / 8)
    usual_distance = np.ma.masked_invalid(np.where(masses, np.nan, np.abs(distance)))
    variation = np.maximum(MAD_FACTOR * np.ma.median(usual_distance, axis=1).filled(0.0), CHANCE)
    with np.errstate(invalid="ignore"):
        flagged = np.abs(distance) >= FAR * variation[:, None]
    return flagged, usual
