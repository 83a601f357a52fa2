"""Packs coordinates into short text that a browser unpacks: whole steps from point to point, in base-32 digits."""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

# Fifth decimal of a degree: 1.1 m north and 0.6 m east in Denmark, finer than any outline we draw.
DECIMALS = 5
ALPHABET = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", dtype=np.uint8)

_DIGITS = {chr(letter): digit for digit, letter in enumerate(ALPHABET)}


def whole_points(coordinates: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return (longitude, latitude) as (latitude, longitude) in whole fifth decimals, without repeated points."""
    points = np.rint(coordinates[:, ::-1] * 10**DECIMALS).astype(np.int64)
    return points[np.r_[True, np.any(np.diff(points, axis=0) != 0, axis=1)]]


def codes(steps: NDArray[np.int64]) -> NDArray[np.str_]:
    """Return one string a point for an (n, 2) array of differences: low five bits first, bit six for "more follows"."""
    zigzag = (steps << 1) ^ (steps >> 63)
    digits = max(1, -(-int(zigzag.max(initial=0)).bit_length() // 5))
    shifted = zigzag[..., None] >> (5 * np.arange(digits))
    more = np.concatenate([shifted[..., 1:] > 0, np.zeros((*zigzag.shape, 1), dtype=bool)], axis=-1)
    letters = ALPHABET[(shifted & 31) | (more << 5)]
    letters[..., 1:][shifted[..., 1:] == 0] = 0
    rows = letters.reshape(len(steps), -1)
    kept = rows != 0
    flat = rows[kept].tobytes().decode("ascii")
    ends = np.cumsum(kept.sum(axis=1))
    starts = np.r_[0, ends[:-1]]
    return np.array([flat[start:end] for start, end in zip(starts, ends, strict=True)], dtype=object)


def unpacked(text: str) -> list[NDArray[np.float64]]:
    """Return what `packed` wrote: (longitude, latitude) of every point of each line, in degrees."""
    lines: list[NDArray[np.float64]] = []
    latitude = longitude = 0
    for part in text.split():
        numbers, value, shift = [], 0, 0
        for letter in part:
            digit = _DIGITS[letter]
            value |= (digit & 31) << shift
            if digit & 32:
                shift += 5
            else:
                numbers.append((value >> 1) ^ -(value & 1))
                value, shift = 0, 0
        points = []
        for north, east in zip(numbers[::2], numbers[1::2], strict=True):
            latitude, longitude = latitude + north, longitude + east
            points.append((longitude, latitude))
        lines.append(np.array(points, dtype=float) / 10**DECIMALS)
    return lines


def packed(lines: Sequence[BaseGeometry]) -> str:
    """Return lines (WGS84) as one string, parted by spaces, each point as the difference from the one before it."""
    points = [whole_points(shapely.get_coordinates(line)) for line in lines]
    if not points:
        return ""
    every = np.concatenate(points)
    coded = codes(every - np.vstack([np.zeros((1, 2), dtype=np.int64), every[:-1]]))
    return " ".join("".join(part) for part in np.split(coded, np.cumsum([len(line) for line in points])[:-1]))
