"""Wide tables, titles and two rows of headings: turned with one answer, and never taken for somebody else's figures."""

import re
from pathlib import Path

import pytest
from openpyxl import Workbook

from data.__main__ import main
from data.intake.examination import Delivered, Examined, Shapes, examine
from data.intake.plausibility import cautions
from data.intake.tables import preview_rows
from data.intake.wide import Answer
from data.partnership import our_partnership
from data.store import Store
from tests.data.test_wrong_in_silence import FILES, csv
from tests.data.test_wrong_in_silence import shipped as shipped

OFFENCES = Answer("incidents", {"category": "TOT", "source_id": "dst-straf11"})
QUARTERS = "Område;2025K3;2025K4\nHerlev;530;541\nBallerup;401;410\n"


def examined(store: Store, path: Path, answer: Answer | None = None, row: int | None = None) -> Examined:
    sheets = preview_rows(path, path.name)
    shapes = Shapes(
        {(path.name, sheet): row for sheet in sheets} if row else {},
        {(path.name, sheet): answer for sheet in sheets} if answer else {},
    )
    return examine([Delivered(path.name, path)], store, our_partnership(), shapes=shapes)


def figures(found: Examined) -> dict[tuple[str, str], int]:
    assert found.problems == ()
    (table,) = found.incoming
    name = "count" if table.kind == "incidents" else "residents"
    return {
        (area, period): number
        for area, period, number in zip(table.frame["area_id"], table.frame["period"], table.frame[name], strict=True)
    }


EXPECTED = {
    ("herlev", "2025K3"): 530, ("herlev", "2025K4"): 541, ("ballerup", "2025K3"): 401, ("ballerup", "2025K4"): 410,
}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        QUARTERS,
        QUARTERS.replace("2025K3", "3. kvt. 2025").replace("2025K4", "2025 4. kvartal"),
        "Periode;Herlev;Ballerup\n2025K3;530;401\n2025K4;541;410\n",
        "Område;2025;2025\n;K3;K4\nHerlev;530;541\nBallerup;401;410\n",
        "Område;2025;\n;3. kvartal;4. kvartal\nHerlev;530;541\nBallerup;401;410\n",
        "Anmeldelser pr. kvartal\n\n" + QUARTERS + "I alt;931;951\nKilde: politiet\n",
        "Periode;Område;TOT\n2025K3;Herlev;530\n".replace("TOT", "TOT;3410").replace("530", "530;12")
        + "2025K4;Herlev;541;13\n2025K3;Ballerup;401;9\n2025K4;Ballerup;410;8\n",
    ],
    ids=["quarters", "words", "areas along the top", "two heads", "merged head", "title, sum and note", "categories"],
)
def test_a_wide_table_is_asked_about_and_turned(shipped: Store, tmp_path: Path, text: str) -> None:
    path = csv(tmp_path, text)
    asked = examined(shipped, path)
    assert asked.incoming == ()
    assert "på tværs" in asked.problems[0].message
    assert asked.sheets[0].wide is not None
    found = examined(shipped, path, OFFENCES)
    (table,) = found.incoming
    total = table.frame[table.frame["category"] == "TOT"]
    assert dict(zip(zip(total["area_id"], total["period"], strict=True), total["count"], strict=True)) == EXPECTED
    assert set(table.frame["source_id"]) == {"dst-straf11"}
    assert any("vendt til anmeldelser" in remark for remark in found.remarks)


def test_somebody_elses_quarters_are_never_taken_for_straf11(shipped: Store, tmp_path: Path) -> None:
    text = "Område;Kategori;2025K3;2025K4\nHerlev;TOT;530;541\n"
    found = examined(shipped, csv(tmp_path, text))
    assert found.incoming == ()
    assert "Bekræft kilde" in found.problems[0].remedy
    from_statbank = text.replace("Kategori", "overtrædelsens art")
    assert figures(examined(shipped, csv(tmp_path, from_statbank)))["herlev", "2025K4"] == 541


def test_figures_as_large_as_the_residents_are_proposed_as_residents(shipped: Store, tmp_path: Path) -> None:
    path = csv(tmp_path, "Folketal\n\n;2025K3;2025K4\nHerlev;29.500;29.600\nBallerup;52.000;52.100\n")
    (sheet,) = examined(shipped, path).sheets
    assert sheet.wide is not None
    assert (sheet.wide.guess.kind, sheet.wide.guess.values["source_id"]) == ("population", "dst-folk1a")
    assert figures(examined(shipped, path, sheet.wide.guess))["ballerup", "2025K4"] == 52_100


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Område;TOT;3410\nHerlev;541;4\nBallerup;401;2\n", "tabellen siger ikke, hvilken periode tallene er for"),
        ("Område;2025M01;2025M02\nHerlev;210;220\n", "ikke et helt kvartal"),
        ("Område;jan;feb;marts\nHerlev;210;220;200\n", "månederne øverst har ikke noget årstal"),
    ],
)
def test_what_cannot_be_turned_is_refused_with_what_is_lacking(
    shipped: Store, tmp_path: Path, text: str, said: str
) -> None:
    assert said in examined(shipped, csv(tmp_path, text)).problems[0].message


def test_merged_headings_over_two_rows_of_a_workbook_are_one(shipped: Store, tmp_path: Path) -> None:
    book = Workbook()
    for row in (["Område", "2025", None], [None, "K3", "K4"], ["Herlev", 530, 541], ["Ballerup", 401, 410]):
        book.active.append(row)
    book.active.merge_cells("B1:C1")
    book.save(tmp_path / "bog.xlsx")
    assert figures(examined(shipped, tmp_path / "bog.xlsx", OFFENCES)) == EXPECTED


def test_our_headings_are_found_wherever_they_stand(shipped: Store, tmp_path: Path) -> None:
    text = "Rapport;fra;politiet;;;\nLavet;af;os;;;\nPeriode;Område;Kategori;Antal;Oprindelse;Kilde-id\n" + (
        "2025K4;Herlev;TOT;541;officiel;dst-straf11\n"
    )
    path = csv(tmp_path, text)
    assert figures(examined(shipped, path)) == {("herlev", "2025K4"): 541}  # found by its headings
    assert examined(shipped, csv(tmp_path, text.replace("TOT", "XX"))).problems[0].row == 4


def test_headings_that_nobody_knows_are_pointed_at(shipped: Store, tmp_path: Path) -> None:
    text = "Rapport;fra;politiet\nLavet;af;os\nSted;3. kvt. 2025;4. kvt. 2025\nHerlev;530;541\nBallerup;401;410\n"
    path = csv(tmp_path, text)
    assert "så vælg deres række" in examined(shipped, path).problems[0].remedy
    assert preview_rows(path, path.name)[""][2][:2] == ["Sted", "3. kvt. 2025"]
    assert figures(examined(shipped, path, OFFENCES, row=3)) == EXPECTED


def test_the_commands_take_the_same_answers(
    shipped: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", shipped.engine.url.render_as_string(hide_password=False))
    path = csv(tmp_path, QUARTERS)
    assert main(["check", str(path)]) == 1
    assert "--wide incidents --category TOT" in capsys.readouterr().err
    assert main(["check", str(path), "--wide", "incidents"]) == 1
    assert "--source" in capsys.readouterr().err
    assert main(["check", str(path), "--wide", "incidents", "--source", "dst-straf11"]) == 0
    assert "vendt til anmeldelser, 4 tal" in capsys.readouterr().out


def test_every_caution_has_its_title_on_the_page() -> None:
    from components.data_page.verdict import CAUTIONS

    source = Path(cautions.__code__.co_filename).read_text(encoding="utf-8")
    kinds = set(re.findall(r'Caution\(\s*"([a-z_]+)"', source))
    assert len(kinds) > 5
    assert kinds <= set(CAUTIONS)


def test_statbanks_own_file_needs_no_answer(shipped: Store) -> None:
    assert figures(examined(shipped, FILES / "08-STRAF11.xlsx")) == EXPECTED
