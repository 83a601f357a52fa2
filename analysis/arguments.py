"""Checks what callers hand to the statistics and says plainly what is wrong with it."""

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
Booleans: TypeAlias = NDArray[np.bool_]
# What a vectorised function answers: one number when every input was one, otherwise an array. Any, as in
# NumPy's own signatures, because which of the two it is shows only in the values handed over.
Figure: TypeAlias = Any


def numbers(name: str, value: ArrayLike) -> Floats:
    """Return `value` as floats, with missing entries (None, NaN, NA) as NaN.

    Raises ValueError where an entry is not a number or is infinite.
    """
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        try:
            entries = np.asarray(value, dtype=object)
            array = np.array([_number(entry) for entry in entries.ravel()]).reshape(entries.shape)
        except (TypeError, ValueError) as error:
            raise ValueError(f"{name} = {value!r} is not numeric; allowed: numbers or missing") from error
    if np.isinf(array).any():
        raise ValueError(f"{name} holds an infinite value; allowed: finite numbers or missing")
    return array


def _number(entry: object) -> float:
    """Turn one entry into a float; pandas' NA becomes NaN."""
    if entry is None or type(entry).__name__ == "NAType":
        return float("nan")
    return float(entry)  # type: ignore[arg-type]


def shares(name: str, value: ArrayLike) -> Floats:
    """Return shares in [0, 1]; a share written in percent raises ValueError."""
    array = numbers(name, value)
    _refuse(name, array, (array < 0) | (array > 1), "0 to 1 (a share, not percent)")
    return array


def positive(name: str, value: ArrayLike) -> Floats:
    """Return numbers above 0; zero and negative numbers raise ValueError."""
    array = numbers(name, value)
    _refuse(name, array, array <= 0, "above 0")
    return array


def not_negative(name: str, value: ArrayLike) -> Floats:
    """Return numbers of 0 or more; negative numbers raise ValueError."""
    array = numbers(name, value)
    _refuse(name, array, array < 0, "0 or more")
    return array


def at_least(name: str, value: ArrayLike, smallest: float) -> Floats:
    """Return numbers of `smallest` or more; lower ones raise ValueError."""
    array = numbers(name, value)
    _refuse(name, array, array < smallest, f"{smallest:g} or more")
    return array


def whole(name: str, array: Floats) -> None:
    """Raise ValueError where a number is not whole: no one reports half an offence."""
    _refuse(name, array, ~np.isnan(array) & (array != np.round(array)), "whole numbers")


def directions(name: str, value: ArrayLike) -> Floats:
    """Return directions: 1 where more is better, -1 where less is better; anything else raises ValueError."""
    array = numbers(name, value)
    _refuse(name, array, ~np.isin(array, (1, -1)), "1 or -1")
    return array


def between(name: str, value: float, low: float, high: float) -> float:
    """Return one number strictly between `low` and `high`; otherwise raise ValueError."""
    if not low < value < high:
        raise ValueError(f"{name} = {value!r} is not allowed; allowed: above {low:g} and below {high:g}")
    return float(value)


def one(name: str, array: Floats) -> float:
    """Return the single number in `array`; several numbers raise ValueError."""
    if array.ndim:
        raise ValueError(f"{name} has shape {array.shape}; allowed: one number")
    return float(array)


def like(result: Floats, *inputs: Floats) -> Figure:
    """Return a float where every input was a single number, otherwise the array."""
    return result if any(np.ndim(item) for item in inputs) else float(result)


def same_length(names: Iterable[str], *arrays: NDArray[np.generic]) -> None:
    """Raise ValueError where one-dimensional inputs that belong together differ in length."""
    lengths = [array.shape for array in arrays]
    if len(set(lengths)) > 1:
        stated = ", ".join(f"{name} {shape}" for name, shape in zip(names, lengths, strict=True))
        raise ValueError(f"shapes differ: {stated}; allowed: the same shape")


def _refuse(name: str, array: Floats, wrong: Booleans, allowed: str) -> None:
    """Raise ValueError naming the first wrong value and the allowed range."""
    if wrong.any():
        first = array[wrong].flat[0] if array.ndim else array
        raise ValueError(f"{name} = {float(first):g} is not allowed; allowed: {allowed}")
