"""Files that used to be read wrong without a word: each is read right, or refused with what to do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from data.contracts.problems import ContractError
from data.intake.examination import check_files, examine_files
from data.partnership import our_partnership
from data.publishing.bootstrap import shipped_files
from data.store import Store, migrate, open_store

FILES = Path(__file__).parent / "files"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the shipped areas, sources, initiatives, population and outlines; no test writes to it."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('shipped') / 'store.db'}")
    migrate(store)
    wanted = ("areas", "sources", "initiatives", "population", "municipalities", "housing_areas", "population_example")
    store.load(
        check_files([file for file in shipped_files() if file.stem in wanted], store, our_partnership()), by="test"
    )
    yield store
    store.engine.dispose()


def refusal(store: Store, *paths: Path) -> str:
    with pytest.raises(ContractError) as error:
        check_files(paths, store, our_partnership())
    return str(error.value)


def csv(tmp_path: Path, text: str, name: str = "fil.csv", encoding: str = "utf-8") -> Path:
    (tmp_path / name).write_bytes(text.encode(encoding))
    return tmp_path / name


SURVEY = "Måling;Område;Indikator;Serie;Andel;Antal svar;Effektivt antal svar;Afrundet;Oprindelse;Kilde-id\n"
INCIDENTS = "Periode;Område;Kategori;Antal;Oprindelse;Kilde-id\n"


# The contract is as strict as the grid ---------------------------------------------------------------------------


def test_a_cell_that_the_grid_does_not_have_is_refused_with_the_cell_that_may_be_meant(shipped: Store) -> None:
    said = refusal(shipped, FILES / "00-felter.csv")
    assert "række 2, kolonne »Felt«: feltet findes ikke" in said
    assert "stedet ligger i 250m_617775_71225" in said


def test_a_cell_abroad_is_refused(shipped: Store, tmp_path: Path) -> None:
    text = (FILES / "00-felter.csv").read_text(encoding="utf-8").replace("250m_617780_71225", "250m_071225_61777")
    assert "feltet ligger uden for Danmark" in refusal(shipped, csv(tmp_path, text))


# The same row twice ------------------------------------------------------------------------------------------------


def test_a_hidden_sheet_is_left_out_and_said_so(shipped: Store) -> None:
    examined = examine_files([FILES / "01-anmeldelser.xlsx"], shipped, our_partnership())
    assert [table.frame["count"].tolist() for table in examined.incoming] == [[541]]
    assert "01-anmeldelser.xlsx, ark »Gammelt«: arket er skjult og er ikke læst." in examined.remarks


def test_two_files_that_disagree_are_refused_with_both_places(shipped: Store, tmp_path: Path) -> None:
    first = csv(tmp_path, INCIDENTS + "2025K4;Herlev;TOT;541;officiel;dst-straf11\n", "en.csv")
    second = csv(tmp_path, INCIDENTS + "2025K4;Herlev;TOT;111;officiel;dst-straf11\n", "to.csv")
    said = refusal(shipped, first, second)
    assert (
        "Filen »to.csv«, række 2, kolonne »Periode«: samme række står med et andet indhold i »en.csv«, række 2" in said
    )


def test_two_files_that_agree_are_no_problem(shipped: Store, tmp_path: Path) -> None:
    text = INCIDENTS + "2025K4;Herlev;TOT;541;officiel;dst-straf11\n"
    assert (
        len(check_files([csv(tmp_path, text, "en.csv"), csv(tmp_path, text, "to.csv")], shipped, our_partnership()))
        == 2
    )


# What Excel says of the cells --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["02-uden-gemt-vaerdi.xlsx", "02-gemt-vaerdi-0.xlsx"])
def test_a_formula_that_nobody_has_worked_out_is_no_figure(shipped: Store, name: str) -> None:
    said = refusal(shipped, FILES / name)
    assert "række 2, kolonne »D«: formlen er ikke regnet ud" in said
    assert "Åbn filen i Excel, gem den igen" in said


def book(tmp_path: Path, *rows: list[object]) -> Path:
    made = Workbook()
    made.active.append(INCIDENTS.strip().split(";"))
    for row in rows:
        made.active.append(row)
    made.save(tmp_path / "bog.xlsx")
    return tmp_path / "bog.xlsx"


ROW = ["2025K4", "Herlev", "TOT", 541, "officiel", "dst-straf11"]
OTHER = ["2025K4", "Ballerup", "TOT", 410, "officiel", "dst-straf11"]


def test_hidden_rows_and_columns_are_told_of(shipped: Store, tmp_path: Path) -> None:
    path = book(tmp_path, ROW, OTHER)
    opened = load_workbook(path)
    opened.active.row_dimensions[3].hidden = True
    opened.active.column_dimensions["C"].hidden = True
    opened.active.auto_filter.ref = "A1:F3"
    opened.save(path)
    remarks = examine_files([path], shipped, our_partnership()).remarks
    assert "bog.xlsx, ark »Sheet«: 1 skjult række er læst med (et filter er slået til)." in remarks
    assert "bog.xlsx, ark »Sheet«: 1 skjult kolonne er læst med." in remarks


def test_merged_cells_below_the_headings_are_refused(shipped: Store, tmp_path: Path) -> None:
    path = book(tmp_path, ROW, [*OTHER[:3], None, *OTHER[4:]])
    opened = load_workbook(path)
    opened.active.merge_cells("D2:D3")
    opened.save(path)
    assert "kolonne »D«: celler er flettet sammen" in refusal(shipped, path)


def test_a_truth_value_is_no_figure(shipped: Store, tmp_path: Path) -> None:
    assert "der skal stå et helt tal (der står »SAND«)" in refusal(shipped, book(tmp_path, [*ROW[:3], True, *ROW[4:]]))


# Figures against what they are figures of --------------------------------------------------------------------------


def test_more_answers_than_residents_and_hardly_any_effective_ones_are_refused(shipped: Store, tmp_path: Path) -> None:
    said = refusal(shipped, FILES / "05-tryghed.csv")
    assert "række 3, kolonne »Effektivt antal svar«: det effektive antal er under en halvtredsindstyvendedel" in said
    only = csv(tmp_path, SURVEY + "2025;Høje Gladsaxe;tryg_i_nabolag;jm;0,816;290.512;;0;eksempel;eksempeldata\n")
    assert "antallet læses som 290.512 svar, men i området bor der" in refusal(shipped, only)


def test_a_small_figure_in_a_column_of_per_cents_is_asked_about(shipped: Store, tmp_path: Path) -> None:
    rows = [f"2025;{area};utryg_i_nabolag;jm;{share};200;;0;eksempel;eksempeldata\n"
            for area, share in (("Grantoften", "8,1"), ("Hjortegården", "0,9"), ("Værebro Park", "7,4"))]  # fmt: skip
    said = refusal(shipped, csv(tmp_path, SURVEY + "".join(rows)))
    assert "række 3, kolonne »Andel«: resten af kolonnen er i procent" in said


def test_a_cell_is_held_against_the_place_of_its_area(shipped: Store) -> None:
    said = refusal(shipped, FILES / "18-felter.csv")
    assert "række 2, kolonne »Område«: feltet ligger i Ballerup, ikke i Herlev" in said
    assert "række 3" in said


# Headings ----------------------------------------------------------------------------------------------------------


def test_a_heading_that_differs_in_signs_only_is_read(shipped: Store) -> None:
    (table,) = check_files([FILES / "14-tryghed.csv"], shipped, our_partnership())
    assert table.frame["deff"].tolist() == [3.8]


def test_a_heading_that_resembles_an_optional_column_is_asked_about(shipped: Store, tmp_path: Path) -> None:
    text = (FILES / "14-tryghed.csv").read_text(encoding="utf-8").replace("Design-effekt (deff)", "Desineffekten")
    said = refusal(shipped, csv(tmp_path, text))
    assert "kolonne »Desineffekten«: kolonnen ligner »Designeffekt«, men hedder noget andet" in said


def test_a_column_that_nobody_asked_for_is_told_of(shipped: Store, tmp_path: Path) -> None:
    text = INCIDENTS.replace("Antal", "Antal;Ugenummer") + "2025K4;Herlev;TOT;541;52;officiel;dst-straf11\n"
    remarks = examine_files([csv(tmp_path, text)], shipped, our_partnership()).remarks
    assert remarks == ("fil.csv: »Ugenummer« er ikke en kolonne i anmeldelser og er ikke læst.",)


# Letters -----------------------------------------------------------------------------------------------------------


def test_letters_that_a_mac_or_a_pdf_takes_apart_are_put_together(shipped: Store) -> None:
    (table,) = check_files([FILES / "16-nfd.csv"], shipped, our_partnership())
    assert table.frame["area_id"].tolist() == ["herlev"]


@pytest.mark.parametrize("name", ["07-dobbelt.csv", "07-mac.csv", "07-mojibake.xlsx"])
def test_garbled_letters_are_refused(shipped: Store, name: str) -> None:
    said = refusal(shipped, FILES / name)
    assert "række 2, kolonne »text«: tegnene er kodet forkert" in said


def test_look_alike_dashes_and_blanks_are_read(shipped: Store, tmp_path: Path) -> None:
    text = (
        INCIDENTS
        + "2025K4;Høje\u2011Taastrup;TOT;5;officiel;dst\u2011straf11\n"
        + "2025K3;Hele\u00a0landet;TOT;6;officiel;dst-straf11\n"
    )
    (table,) = check_files([csv(tmp_path, text)], shipped, our_partnership())
    assert table.frame["area_id"].tolist() == ["hoeje-taastrup", "hele-landet"]


def test_koebenhavn_is_not_taken_for_the_police_district(shipped: Store, tmp_path: Path) -> None:
    said = refusal(shipped, csv(tmp_path, INCIDENTS + "2025K4;København;TOT;5;officiel;dst-straf11\n"))
    assert "området kendes ikke" in said
    assert "koebenhavns-vestegn" not in said


# Outlines ----------------------------------------------------------------------------------------------------------


def outline_names(store: Store, path: Path) -> dict[str, str]:
    (table,) = check_files([path], store, our_partnership())
    return dict(zip(table.frame["area_id"], table.frame["name"], strict=True))


def test_housing_areas_with_a_municipal_code_do_not_become_municipalities(shipped: Store) -> None:
    said = refusal(shipped, FILES / "03-boligomraader.geojson")
    assert (
        "det nye omrids har kun 0 pct. til fælles med det, der gælder nu" in said
    )  # the housing areas, by their names
    assert "Gladsaxe«" not in said.replace("Høje Gladsaxe«", "")


def test_a_name_that_is_not_the_codes_is_refused(shipped: Store, tmp_path: Path) -> None:
    text = (FILES / "03-boligomraader.geojson").read_text(encoding="utf-8").replace("Høje Gladsaxe", "Parken")
    assert "koden er Gladsaxe, men fladen hedder »Parken«" in refusal(shipped, csv(tmp_path, text, "nye.geojson"))


def test_a_foreign_municipality_in_parts_does_not_stop_a_national_file(shipped: Store) -> None:
    from data.intake.outlines import fetch_outlines

    said = " ".join(fetch_outlines(shipped, str(FILES / "11-kommuner.geojson")).sentences)
    assert "1 område, som ikke er vores, er sprunget over" in said


@pytest.mark.parametrize("name", ["12-cp850-uden-cpg", "12-cpg-1258", "12-latin1-siger-utf8", "12-utf8-siger-latin1"])
def test_a_shapefile_is_read_in_the_letters_it_is_written_in_whatever_its_cpg_says(name: str) -> None:
    from geo.boundaries import read

    names = "".join(read(FILES / f"{name}.zip")["name"])
    assert set("æøåÆØÅ") & set(names)
    assert not set("ÃÂ‘›†¿¾\ufffd") & set(names)
