"""Wide tables of shares: areas, waves or indicators along the top, with or without the answers behind each share."""

import re
from collections.abc import Callable, Mapping

import pandas as pd

from data.contracts.look_alikes import alike
from data.contracts.turned_cells import numbered
from data.intake.percents import PERCENT, as_share, in_percents, number_in
from data.intake.table_shape import ABOVE
from data.intake.wide_words import YEAR, Answer, Wide, Words, figures, is_mark, labels

NO_ANSWERS = (
    "antal svar er ikke med, så andelene vises uden usikkerhed, og kriterier, der hviler på dem, prøves ikke; kan I få "
    "antallet, så tag det med i en kolonne ved siden af"
)
_SHARE = {
    "pct", "procent", "andel", "andele", "andelen", "vægtet", "i", "der", "har", "er", "føler", "sig", "tryg", "trygge",
    "tryghed", "utryg", "utrygge", "utryghed", "tillid",
}  # fmt: skip
"""Words that a heading of shares consists of, beside the wave, area or indicator; none at all is a share too."""
_ANSWERS = {
    "n", "antal", "svar", "besvarelser", "respondenter", "personer", "base", "uvægtet", "uvægtede", "svarpersoner",
    "stikprøve", "interview", "interviews", "deltagere", "vægtet",
}  # fmt: skip
"""Words that a heading of answers consists of."""
BELOW, BESIDE = -2, -1
"""Where the answers of a share stand that have no column for each: in one row of the table, in one column of it."""
_SAYS_SHARES = re.compile(r"tryg|tillid|andel|\bpct|procent|%|måling|survey", re.IGNORECASE)


def shares_along(frame: pd.DataFrame, words: Words, source: Callable[[str, set[str]], str]) -> Wide | None:
    """How a table that nobody knows is one of shares, or None.

    Where whole numbers up to 100 stand under years and no word says that they are shares, `guess.kind` is "".
    """
    headings = [str(name) for name in frame.columns]
    for along in ("wave", "area_id", "indicator"):
        parted = {place: _parted(name, along, words) for place, name in enumerate(headings)}
        shares = [place for place, (said, what) in parted.items() if said and what == "share"]
        counts = {said: place for place, (said, what) in parted.items() if said and what == "n"}
        used = [*shares, *counts.values()]
        if not shares or len(used) == len(headings) or not figures(frame, used):
            continue
        body = frame[~_rows_of_answers(frame, used)]
        cells = [text for place in shares for text in _without_sums(body, place, used, words)]
        doubt = in_percents(cells, "%" if any("%" in name or "pct" in name.casefold() for name in headings) else "")
        is_share = doubt is not None or _are_shares(cells)
        dimensions = tuple(each for each in ("area_id", "wave", "indicator") if each != along)
        places = labels(body, used, dimensions, words)
        one_n = next((p for p, name in enumerate(headings) if p not in (*used, *places.values()) and _is_n(name)), None)
        if not is_share or "area_id" not in {along, *places} or not {along, *places} & {"wave", "indicator"}:
            continue
        if one_n is not None and figures(frame, [one_n]):
            places = {**places, "n": one_n}
        return _understood(body, along, shares, parted, counts, places, cells, words, source, len(body) < len(frame))
    return None


def _understood(
    frame: pd.DataFrame, along: str, shares: list[int], parted: Mapping[int, tuple[str, str]],
    counts: Mapping[str, int], places: Mapping[str, int], cells: list[str], words: Words,
    source: Callable[[str, set[str]], str], below: bool,
) -> Wide:  # fmt: skip
    headings = [str(name) for name in frame.columns]
    above = str(frame.attrs.get(ABOVE, ""))
    areas = {parted[place][0] for place in shares} if along == "area_id" else {
        words.says("area_id", text) for text in frame.iloc[:, places["area_id"]]
    }  # fmt: skip
    said = " ".join([above, *headings])
    indicator = next((found for word, found in words.indicators.items() if word in alike(said)), "")
    doubt = in_percents(cells, "tallene")
    guess = {"indicator": indicator, "source_id": source("survey", areas - {""})}
    years = set(YEAR.findall(above))
    guess["wave"] = years.pop() if len(years) == 1 else ""
    guess["unit"] = "" if _doubtful(cells) else PERCENT if doubt else "share"
    asks = tuple(name for name in ("indicator", "wave") if name not in {along, *places})
    asks += ("unit",) if not guess["unit"] else ()
    sure = bool(
        _SAYS_SHARES.search(said)
        or counts
        or below
        or "n" in places
        or any(re.search(r"[.,%]", text) for text in cells)
    )
    left = tuple(
        name for place, name in enumerate(headings) if place not in (*shares, *counts.values(), *places.values())
    )
    counted = not sure and along == "wave" and "indicator" not in places
    asks += ("category",) if counted else ()
    return Wide(
        along, tuple(shares), places, (*asks, "source_id"), Answer("survey" if sure else "", guess), len(frame),
        ("survey", "incidents") if counted else ("survey",), {place: parted[place][0] for place in shares},
        {place: counts[parted[place][0]] for place in shares if parted[place][0] in counts} if counts
        else dict.fromkeys(shares, BELOW) if below else dict.fromkeys(shares, BESIDE) if "n" in places else {},
        left, above, doubt,
    )  # fmt: skip


def _parted(heading: str, along: str, words: Words) -> tuple[str, str]:
    """What a heading says of a dimension, and whether the column below holds shares, answers or something else."""
    if said := words.says(along, heading):
        return said, "share"
    text = heading.strip()
    if along == "wave" and (begun := _wave_first(text, words)):
        said, rest = begun
    elif along == "wave":
        years = YEAR.findall(text)
        rest = YEAR.sub("", text)
        said = years[0] if len(years) == 1 else ""
    else:
        known = words.areas if along == "area_id" else words.indicators
        word = max((each for each in known if alike(text).startswith(f"{each} ")), key=len, default="")
        said, rest = known.get(word, ""), alike(text)[len(word) :]
    rest = alike(re.sub(r"[()\[\],:;/=.–-]|%", " ", rest.replace("%", " pct ")))
    if not said:
        return "", ""
    return said, "share" if set(rest.split()) <= _SHARE else "n" if set(rest.split()) <= _ANSWERS else ""


def _wave_first(heading: str, words: Words) -> tuple[str, str] | None:
    """The wave that a heading begins with, "1. halvår 2025, antal svar", and what it says besides."""
    parts = heading.split()
    for many in range(len(parts), 0, -1):
        if said := words.says("wave", " ".join(parts[:many]).rstrip(",:;")):
            return said, " ".join(parts[many:])
    return None


def _is_n(heading: str) -> bool:
    said = set(alike(re.sub(r"[()=.,]", " ", heading)).split())
    return bool(said) and said <= _ANSWERS


def _without_sums(frame: pd.DataFrame, place: int, used: list[int], words: Words) -> list[str]:
    first = next(p for p in range(frame.shape[1]) if p not in used)
    kept = ~frame.iloc[:, first].map(lambda text: words.is_sum("area_id", text)).astype(bool)
    return [text for text in frame.loc[kept].iloc[:, place].str.strip() if not is_mark(text)]


def _rows_of_answers(frame: pd.DataFrame, used: list[int]) -> "pd.Series[bool]":
    """The one row whose label says that it holds the numbers of answers; no row where several do."""
    label = next(place for place in range(frame.shape[1]) if place not in used)
    rows = frame.iloc[:, label].map(_is_n).astype(bool)
    return rows if rows.sum() == 1 else rows & False


def _are_shares(cells: list[str]) -> bool:
    numbers = [number_in(text) for text in cells if text not in ("", "..", "-")]
    return bool(numbers) and all(number is not None and number <= 1 for number in numbers)


def _doubtful(cells: list[str]) -> bool:
    """Whether unmarked figures stand on both sides of 1: 0,9 among per cents may be 0,9 or 90 per cent."""
    plain = [number for text in cells if "%" not in text and "pct" not in text and (number := number_in(text))]
    return any(number > 1 for number in plain) and any(number <= 1 for number in plain)


def answered_shares(
    frame: pd.DataFrame, wide: Wide, answer: Answer, words: Words, named: Mapping[str, "pd.Series[str]"]
) -> pd.DataFrame:
    """The table as rows of the survey: one share a row, with its answers where they are there."""
    used = [*wide.columns, *(place for place in wide.answers.values() if place >= 0)]
    below = _rows_of_answers(frame, used) if BELOW in wide.answers.values() else frame.index != frame.index
    counted, frame = frame[below], frame[~below]
    labels_of = {name: cells[~below] for name, cells in named.items() if name != "n"}
    percent = answer.values.get("unit") == PERCENT
    parts = []
    for place in wide.columns:
        cells = frame.iloc[:, place].str.strip()
        behind = wide.answers.get(place)
        if behind is None or behind == BELOW:
            answers = pd.Series("" if behind is None else counted.iat[0, place], index=frame.index, dtype=cells.dtype)
        else:
            answers = frame.iloc[:, wide.places["n"] if behind == BESIDE else behind]
        part = pd.DataFrame({**labels_of, "share": cells.map(as_share) if percent else cells, "n": answers})
        parts.append((str(frame.columns[place]), part.assign(**{wide.along: wide.says[place]})))
    long = numbered(parts, "share")
    long = long[long["share"].str.strip() != ""]
    for name in ("indicator", "wave"):
        if name not in long:
            long[name] = answer.values.get(name, "")
    series = answer.values.get("series", "")
    whole = all(number is None or number * 100 % 1 == 0 for number in map(number_in, long["share"]))
    return long.assign(series=series or long["wave"].map(words.series_of), rounded="1" if whole else "0")
