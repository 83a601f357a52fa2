"""What one publication worked out is there for the next, just as it was; what is damaged or outdated is never used."""

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.release import shelf as shelves
from data.release import table_to_parquet
from data.release.shelf import ENDING, Shelf, key_of

ROWS = pd.DataFrame({"area_id": ["herlev", "ballerup"], "count": [3.0, np.nan]})
RESULT = pd.DataFrame(
    {
        "area_id": ["herlev", ""],
        "share": [0.1 + 0.2, np.nan],
        "many": [1, 2],
        "hit": [True, False],
        "due": [dt.date(2026, 3, 4), dt.date(2026, 3, 5)],
        "word": pd.Series(["æ", "b"], dtype=object),
        "outline": [b"\x00\x01", b""],
    }
)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "worked-out")


def pieces(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "worked-out").glob(f"*{ENDING}"))


class Work:
    """Something to work out, and how often it was."""

    def __init__(self, result: pd.DataFrame = RESULT) -> None:
        self.done = 0
        self.result = result

    def __call__(self) -> pd.DataFrame:
        self.done += 1
        return self.result


def test_the_same_rows_are_worked_out_once_and_come_back_to_the_byte(shelf: Shelf) -> None:
    work = Work()
    first, second = (shelf.table("effects", work, ROWS, "settings") for _ in range(2))
    assert work.done == 1
    pd.testing.assert_frame_equal(second, first, check_exact=True)
    assert table_to_parquet(second) == table_to_parquet(RESULT)


@pytest.mark.parametrize(
    "rests_on",
    [
        (ROWS.assign(count=[3.0, 0.0]), "settings"),
        (ROWS.iloc[::-1], "settings"),
        (ROWS.astype({"count": object}), "settings"),
        (ROWS.rename(columns={"count": "many"}), "settings"),
        (ROWS, "other settings"),
        (ROWS.iloc[:1], "settings"),
    ],
)
def test_whatever_differs_in_what_it_rests_on_is_worked_out_anew(shelf: Shelf, rests_on: tuple[object, ...]) -> None:
    work = Work()
    shelf.table("effects", work, ROWS, "settings")
    shelf.table("effects", work, *rests_on)
    assert work.done == 2


def test_another_table_of_the_same_rows_is_another_piece(shelf: Shelf) -> None:
    assert key_of("effects", ROWS) != key_of("references", ROWS)


def test_what_another_version_of_the_program_worked_out_is_not_used(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Work()
    shelf.table("effects", work, ROWS)
    monkeypatch.setattr(shelves, "_program", lambda: "another version")
    shelf.table("effects", work, ROWS)
    assert work.done == 2


@pytest.mark.parametrize(
    "spoil", [lambda all: all[:-1], lambda all: b"", lambda all: all[:60] + bytes([all[60] ^ 1]) + all[61:]]
)
def test_a_piece_that_is_damaged_cut_short_or_empty_is_worked_out_anew(shelf: Shelf, tmp_path: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    work = Work()
    shelf.table("effects", work, ROWS)
    (piece,) = pieces(tmp_path)
    piece.write_bytes(spoil(piece.read_bytes()))
    assert shelf.table("effects", work, ROWS).equals(RESULT)
    assert (work.done, shelf.table("effects", work, ROWS).equals(RESULT), work.done) == (2, True, 2)


def test_a_table_that_would_not_come_back_as_it_is_is_not_kept(shelf: Shelf, tmp_path: Path) -> None:
    odd = Work(pd.DataFrame({"word": pd.Series(["a", None, np.nan], dtype=object)}))
    shelf.table("effects", odd, ROWS)
    shelf.table("effects", odd, ROWS)
    assert (odd.done, pieces(tmp_path)) == (2, [])


def test_without_a_folder_or_where_nobody_can_write_all_is_worked_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for shelf in (Shelf(), Shelf(tmp_path / "file" / "folder")):
        work = Work()
        shelf.table("effects", work, ROWS)
        assert shelf.table("effects", work, ROWS).equals(RESULT)
        assert work.done == 2


def test_only_its_owner_may_read_a_piece_and_the_oldest_give_way(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "MOST_PIECES", 3)
    for number in range(5):
        shelf.keep(str(number), {"values": b"1"})
    kept = pieces(tmp_path)
    assert len(kept) == 3
    assert {file.stat().st_mode & 0o077 for file in (*kept, kept[0].parent)} == {0}
