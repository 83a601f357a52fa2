"""Each kind of bad file gets clear Danish and leaves the store as it was: the list the secretariat was promised."""

import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from data.__main__ import main
from data.counters import LOAD_REFUSED, counted
from data.partnership import Partnership
from data.store import Store, open_store
from tests.copies import copied

SURVEY = "wave,area_id,indicator,series,share,n,rounded,provenance,source_id\n"
GOOD = "2025,grantoften,tryg_i_nabolag,jm,0.83,210,0,example,eksempeldata\n"
INCIDENTS = "period,area_id,category,count,provenance,source_id\n"


@pytest.fixture
def shipped_store(small_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A copy of the shipped data cut down, which DATABASE_URL points to."""
    url = copied(small_database, tmp_path / "copy.db")
    monkeypatch.setenv("DATABASE_URL", url)
    return open_store(url)


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def zip_bomb() -> bytes:
    """A small .xlsx whose sheet unfolds to 600 MB."""
    content = io.BytesIO(workbook(["wave"], ["2025"]))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/bomb.xml", "w") as member:
        for _ in range(600):
            member.write(b" " * 1_000_000)
    return content.getvalue()


def outline(*points: tuple[float, float], crs: str = "") -> bytes:
    feature = {
        "type": "Feature",
        "properties": {"area_id": "grantoften", "navn": "Grantoften"},
        "geometry": {"type": "Polygon", "coordinates": [list(points)]},
    }
    collection: dict[str, object] = {"type": "FeatureCollection", "features": [feature]}
    if crs:
        collection["crs"] = {"type": "name", "properties": {"name": crs}}
    return json.dumps(collection).encode()


SQUARE = ((12.34, 55.72), (12.35, 55.72), (12.35, 55.73), (12.34, 55.73))

BAD_FILES: dict[str, tuple[str, bytes, list[str]]] = {
    "missing column": (
        "tryghed.csv",
        b"wave,area_id,indicator,series,n,rounded,provenance,source_id\n2025,grantoften,tryg_i_nabolag,jm,9,0,example,e\n",
        ["tryghed.csv", "Andel", "mangler"],
    ),
    "text in a number": (
        "tryghed.csv",
        (SURVEY + GOOD + GOOD.replace("2025", "2024").replace("0.83", "mange")).encode(),
        ["tryghed.csv", "række 3", "share", "mange"],
    ),
    "share above 1": (
        "tryghed.csv",
        (SURVEY + GOOD.replace("0.83", "1.2")).encode(),
        ["række 2", "share", "1.2", "mellem 0 og 1"],
    ),
    "share in per cent": (
        "tryghed.csv",
        (SURVEY + GOOD.replace("0.83", "83")).encode(),
        ["række 2", "share", "83", "0,83"],
    ),
    "duplicate key": ("tryghed.csv", (SURVEY + GOOD + GOOD).encode(), ["række 3", "række 2"]),
    "unknown area": (
        "tryghed.csv",
        (SURVEY + GOOD.replace("grantoften", "grandtoften")).encode(),
        ["række 2", "area_id", "grandtoften", "grantoften"],
    ),
    "unknown category": (
        "anmeldelser.csv",
        (INCIDENTS + "2025K1,grantoften,9999,4,example,eksempeldata\n").encode(),
        ["række 2", "category", "9999"],
    ),
    "negative count": (
        "anmeldelser.csv",
        (INCIDENTS + "2025K1,grantoften,12,-4,example,eksempeldata\n").encode(),
        ["række 2", "count", "-4"],
    ),
    "future period": (
        "anmeldelser.csv",
        (INCIDENTS + "2199K1,grantoften,12,4,example,eksempeldata\n").encode(),
        ["række 2", "period", "2199K1"],
    ),
    "empty file": ("tryghed.csv", b"", ["tryghed.csv", "tom"]),
    "a file that is no spreadsheet": ("tryghed.xlsx", b"not a workbook", ["tryghed.xlsx"]),
    "zip bomb": ("tryghed.xlsx", zip_bomb(), ["tryghed.xlsx", "fylder"]),
    "wrong encoding": ("tryghed.csv", (SURVEY + GOOD).encode("utf-16")[:-1], ["tryghed.csv", "UTF-16"]),
    "unclosed polygon": ("omrids.geojson", outline(*SQUARE), ["omrids.geojson", "lukke"]),
    "self-intersection": (
        "omrids.geojson",
        outline(SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]),
        ["omrids.geojson", "krydser"],
    ),
    "wrong projection": (
        "omrids.geojson",
        outline(*((719000.0 + 100 * x, 6181000.0 + 100 * y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 0)))),
        ["omrids.geojson", "25832"],
    ),
    "CPR number": (
        "tryghed.csv",
        (SURVEY.replace("source_id", "source_id,note") + GOOD.replace("\n", ",se 010190-1234\n")).encode(),
        ["række 2", "note", "CPR"],
    ),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_explained_and_changes_nothing(
    name: str, shipped_store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file_name, content, words = BAD_FILES[name]
    path = tmp_path / file_name
    path.write_bytes(content)
    loads = shipped_store.loads()
    assert main(["load", str(path)]) == 1
    said = capsys.readouterr().err
    assert [word for word in words if word.casefold() not in said.casefold()] == [], said
    assert shipped_store.loads() == loads


def test_a_file_of_200_mb_is_refused_before_it_is_read(
    shipped_store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "stor.csv"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    assert main(["load", str(path)]) == 1
    assert "stor.csv" in capsys.readouterr().err


def test_a_cpr_number_is_never_repeated(
    shipped_store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "tryghed.csv"
    path.write_bytes(BAD_FILES["CPR number"][1])
    main(["load", str(path)])
    assert "1234" not in capsys.readouterr().err


def test_one_bad_file_among_good_ones_stops_them_all(shipped_store: Store, tmp_path: Path) -> None:
    good, bad = tmp_path / "god.csv", tmp_path / "daarlig.csv"
    good.write_text(SURVEY + GOOD)
    bad.write_text(SURVEY + GOOD.replace("0.83", "83"))
    loads = shipped_store.loads()
    assert main(["load", str(good), str(bad)]) == 1
    assert shipped_store.loads() == loads


def test_all_problems_in_all_files_are_told_at_once(
    shipped_store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("en.csv", "to.csv"):
        (tmp_path / name).write_text(SURVEY + GOOD.replace("0.83", "83").replace("grantoften", "atlantis"))
    main(["check", str(tmp_path / "en.csv"), str(tmp_path / "to.csv")])
    said = capsys.readouterr().err
    assert [said.count(word) for word in ("en.csv", "to.csv")] == [2, 2]


@pytest.mark.parametrize(
    ("encoding", "separator", "share"),
    [("utf-8-sig", ";", "0,83"), ("iso-8859-1", ";", "0,83"), ("utf-8", ",", "0.83")],
)
def test_what_danish_excel_writes_is_read(
    encoding: str, separator: str, share: str, shipped_store: Store, tmp_path: Path
) -> None:
    rows = SURVEY.replace("source_id", "source_id,note") + GOOD.replace("\n", ",målt på ny\n")
    text = rows.replace(",", separator).replace("0.83", share)
    path = tmp_path / "tryghed.csv"
    path.write_bytes(text.encode(encoding))
    assert main(["load", str(path)]) == 0
    survey = shipped_store.loaded("survey")
    row = survey[(survey["wave"] == "2025") & (survey["area_id"] == "grantoften")]
    row = row[row["indicator"] == "tryg_i_nabolag"].iloc[0]
    assert (row["share"], row["note"]) == (0.83, "målt på ny")


def test_an_official_code_with_four_digits_names_its_municipality(shipped_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "anmeldelser.csv"
    path.write_text(INCIDENTS + "2025K4,0163,12,36,official,dst-straf11\n")
    assert main(["load", str(path)]) == 0
    incidents = shipped_store.loaded("incidents")
    row = incidents[(incidents["area_id"] == "herlev") & (incidents["period"] == "2025K4")]
    assert row[row["category"] == "12"]["count"].tolist() == [36]


def test_a_template_can_be_filled_in_and_loaded(shipped_store: Store, tmp_path: Path, partnership: Partnership) -> None:
    path = tmp_path / "skabelon.xlsx"
    assert main(["template", "population", "-o", str(path)]) == 0
    assert {"Vejledning", "Koder"} <= set(openpyxl.load_workbook(path).sheetnames)
    # As it comes it holds one example row, which keeps the contract.
    assert main(["check", str(path)]) == 0


def test_loading_and_publishing_makes_a_new_release_with_the_new_figure(shipped_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "tryghed.csv"
    path.write_text(SURVEY + GOOD)
    assert main(["load", str(path)]) == 0
    assert main(["publish", "--note", "ny måling", "--meeting", "2026-06-10"]) == 0
    release = shipped_store.release(audience="ledelse")
    rows = release.survey[(release.survey["area_id"] == "grantoften") & (release.survey["wave"] == "2025")]
    assert rows[rows["indicator"] == "tryg_i_nabolag"]["share"].tolist() == [0.83]
    assert release.head.note == "ny måling"


def test_a_refused_delivery_is_counted_for_those_who_run_the_app(shipped_store: Store, tmp_path: Path) -> None:
    before = counted(LOAD_REFUSED)
    file = tmp_path / "tryghed.csv"
    file.write_text(SURVEY + GOOD.replace("0.83", "83"), encoding="utf-8")
    assert main(["check", str(file)]) != 0
    assert counted(LOAD_REFUSED) == before + 1
