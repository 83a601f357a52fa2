"""The page Data: what is dropped is understood, checked, corrected, previewed and published, and can be undone."""

import io
import json
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from components.data_page import delivery
from components.navigation import PAGES, is_for
from components.session import AUDIENCE
from data.intake.streets import CREDITS
from data.partnership import our_partnership
from data.release.shelf import Shelf
from data.settings.chosen import VAR
from data.store import Store, open_store
from data.store.headings import remembered
from data.store.links import links
from data.store.street_sets import ROADS, newest
from data.store.verification import Damage
from server import daily_check
from tests.pages.conftest import FRAME, DrawFrom, first_visit, seen, seen_by, tables, words
from tests.statbank import statbank as statbank

ENTRY = next(entry for entry in PAGES if entry.file == "data.py")
CPR = "010190-1234"
POPULATION = "period;area_id;residents;provenance;source_id\n2026K1;herlev;{};official;dst-folk1a\n"


@pytest.fixture
def own_store(
    small_store: Store, shelf: Shelf, draw_from: DrawFrom, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Store:
    """The cut-down data in a database of the test's own, which the app uses; what the app writes lies beside it."""
    monkeypatch.setenv(VAR, str(tmp_path))
    monkeypatch.setattr(delivery, "our_shelf", lambda: shelf)
    draw_from(str(small_store.engine.url))
    return small_store


@pytest.fixture
def page(own_store: Store) -> AppTest:
    """The page as the secretariat has it."""
    app = AppTest.from_file(FRAME, default_timeout=120)
    app.session_state[AUDIENCE] = "sekretariat"
    return first_visit(app, ENTRY)


def dropped(app: AppTest, **files: str | bytes) -> AppTest:
    """Lay files in the drop zone; a keyword names the file, its last "_" standing for the point."""
    named = []
    for name, content in files.items():
        stem, _, ending = name.rpartition("_")
        named.append((f"{stem}.{ending}", content.encode() if isinstance(content, str) else content, "text/csv"))
    zone = next(each for each in app.file_uploader if each.key.startswith("drop_"))
    return zone.set_value(named).run()


def errors(app: AppTest) -> list[str]:
    return [seen(each.value) for each in app.error]


def problems(app: AppTest) -> list[list[str]]:
    """The list of problems, without the file's name."""
    return [list(row) for table in tables(app) for row in table.to_numpy()]


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def may_publish(app: AppTest) -> bool:
    return not app.button(key="publish").disabled


def test_only_who_publishes_has_the_page() -> None:
    assert [each.id for each in our_partnership().audiences if is_for(ENTRY, each)] == ["sekretariat"]


def test_the_six_steps_stand_in_order(page: AppTest) -> None:
    assert [each.value[:2] for each in page.header] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert not may_publish(page)


def test_a_file_is_recognised_and_checked_at_once(page: AppTest) -> None:
    app = dropped(page, folketal_csv=POPULATION.format(29_500))
    assert app.selectbox(key="kind_folketal.csv__population").value == "population"
    assert any("Ingen fejl. 1 række er klar." in each.value for each in app.success)


def test_every_problem_is_listed_with_its_place_and_remedy(page: AppTest) -> None:
    bad = POPULATION.format("mange") + "2026K1;grandtoften;12;official;dst-folk1a\n"
    app = dropped(page, folketal_csv=bad)
    assert any("2 fejl i 1 fil" in said for said in errors(app))
    assert [row[:2] for row in problems(app)] == [["2", "residents"], ["3", "area\\_id".replace("\\", "")]]
    assert not may_publish(app)


def test_a_column_of_another_name_is_to_be_chosen_before_the_file_is_mended(page: AppTest) -> None:
    app = dropped(page, folketal_csv=POPULATION.format(29_500).replace("residents", "folk i alt"))
    assert any("Vælg kolonnen i trin 2, eller ret filen, og læg den ind igen." in said for said in errors(app))
    assert any(row[-1].startswith("Vælg kolonnen i trin 2, eller tilføj en kolonne") for row in problems(app))


def test_an_unknown_file_is_to_be_told_what_it_is(page: AppTest) -> None:
    app = dropped(page, gåde_csv="a;b\n1;2\n")
    assert any("Vælg i trin 2, hvad filen er, eller ret filen, og læg den ind igen." in said for said in errors(app))
    assert any(row[-1].startswith("Vælg i trin 2, hvad filen er, eller brug en skabelon") for row in problems(app))


def test_several_files_are_checked_together_and_all_problems_told(page: AppTest) -> None:
    app = dropped(page, et_csv=POPULATION.format("mange"), to_csv=POPULATION.format(-3))
    assert any("2 fejl i 2 filer" in said for said in errors(app))


def test_the_mended_file_takes_the_place_of_the_first(page: AppTest) -> None:
    app = dropped(page, folketal_csv=POPULATION.format("mange"))
    app = dropped(app, folketal_csv=POPULATION.format(29_500))
    assert errors(app) == []


def test_the_problems_come_as_an_excel_file_with_the_cells_marked(page: AppTest) -> None:
    from data.intake.examination import Delivered, examine
    from data.intake.problem_workbook import problem_workbook

    file = Delivered("folketal.csv", POPULATION.format("mange").encode())
    store = open_store()
    found = examine([file], store, our_partnership()).problems
    store.engine.dispose()
    book = openpyxl.load_workbook(io.BytesIO(problem_workbook([file], found)))
    assert all(sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.print_title_rows for sheet in book)
    cell = book["folketal.csv"]["C2"]
    assert (cell.value, cell.fill.fgColor.rgb[-6:], "tal" in cell.comment.text) == ("mange", "F8D0D0", True)
    assert book["Fejl"]["C2"].value == "2"


def test_a_column_with_another_name_is_mapped_once_and_remembered(page: AppTest, own_store: Store) -> None:
    theirs = POPULATION.format(29_500).replace("residents", "Borgere i alt")
    app = dropped(page, folketal_csv=theirs)
    app.selectbox(key="map_folketal.csv__population_residents").set_value("Borgere i alt")
    app = press(app.run(), "remember_folketal.csv_")
    assert errors(app) == []
    assert remembered(own_store.engine) == {"population": {"borgere i alt": "residents"}}
    app = dropped(app, senere_csv=theirs.replace("herlev", "ballerup"))
    assert errors(app) == []


def test_a_mapped_column_can_be_forgotten(page: AppTest, own_store: Store) -> None:
    app = dropped(page, folketal_csv=POPULATION.format(29_500).replace("residents", "Borgere"))
    app.selectbox(key="map_folketal.csv__population_residents").set_value("Borgere")
    app = press(app.run(), "remember_folketal.csv_")
    press(app, "forget_population_borgere")
    assert remembered(own_store.engine) == {}


def test_a_table_that_is_not_recognised_can_be_told_what_it_is_or_left_out(page: AppTest) -> None:
    app = dropped(page, andet_csv="a;b\n1;2\n")
    assert any("1 fejl i 1 fil" in said for said in errors(app))
    app = app.selectbox(key="kind_andet.csv__None").set_value("population").run()
    assert any("Kolonnen mangler" in cell for row in problems(app) for cell in row)
    app = app.selectbox(key="kind_andet.csv__population").set_value("").run()
    assert errors(app) == []


def test_a_file_with_personal_data_is_let_go_of_and_its_cells_named_but_not_repeated(page: AppTest) -> None:
    app = dropped(page, personer_csv=POPULATION.format(CPR), folketal_csv=POPULATION.format(29_500))
    assert "personer.csv ser ud til at rumme personoplysninger" in words(app)
    assert ["2", "residents", "······-····"] in [row[:3] for row in problems(app)]
    assert set(app.session_state["delivery"].files) == {"folketal.csv"}
    assert CPR not in str(app.session_state["delivery"])
    assert not may_publish(app)


def test_what_is_unusual_is_told_apart_from_errors_and_has_to_be_seen(page: AppTest) -> None:
    app = dropped(page, folketal_csv=POPULATION.format(60_000))
    assert errors(app) == []
    assert "Spring i folketallet" in words(app)
    app = press(app, "make_preview")
    assert not may_publish(app)
    app = next(each for each in app.checkbox if each.key.startswith("cautions_")).check().run()
    assert may_publish(app)


def test_the_preview_tells_what_changes_and_writes_nothing(page: AppTest, own_store: Store) -> None:
    before = own_store.newest_load()
    app = press(dropped(page, anmeldelser_csv=new_quarter(own_store)), "make_preview")
    assert any(each.label.startswith("Nye tal: ") for each in app.expander)
    assert (own_store.newest_load(), len(own_store.releases())) == (before, 2)


def test_the_preview_lapses_when_the_delivery_changes(page: AppTest) -> None:
    app = press(dropped(page, folketal_csv=POPULATION.format(29_500)), "make_preview")
    app = dropped(app, folketal_csv=POPULATION.format(29_501))
    assert "Noget er ændret siden forhåndsvisningen" in words(app)
    assert not may_publish(app)


def new_quarter(store: Store) -> str:
    rows = store.loaded("incidents").drop(columns="load_id")
    return str(rows[rows["period"] == "2025K4"].assign(period="2026K1").to_csv(index=False, sep=";"))


def ready(page: AppTest, **files: str | bytes) -> AppTest:
    """Drop files, and look at what changes and at the warnings."""
    app = press(dropped(page, **files) if files else page, "make_preview")
    for box in app.checkbox:
        box.check()
    return app.run()


def published(page: AppTest, key: str = "publish", **files: str | bytes) -> AppTest:
    """Drop files, look at what changes, and publish or keep a draft."""
    app = ready(page, **files)
    app.text_input(key="release_note").set_value("Nye folketal")
    return press(app.run(), key)


def test_publishing_loads_and_publishes_and_empties_the_delivery(page: AppTest, own_store: Store) -> None:
    app = published(page, folketal_csv=POPULATION.format(29_500))
    assert any("Udgave 3 er udgivet" in each.value for each in app.success)
    head = own_store.newest()
    assert head is not None
    assert (head.id, head.note) == (3, "Nye folketal")
    rows = own_store.loaded("population").set_index(["period", "area_id"])["residents"]
    assert rows["2026K1", "herlev"] == 29_500
    assert app.session_state["delivery"].is_empty
    assert app.text_input(key="release_note").value == ""


def test_what_was_published_is_shared_with_the_councils_and_undone(page: AppTest, own_store: Store) -> None:
    app = press(published(page, folketal_csv=POPULATION.format(29_500)), "share_with_councils")
    assert {(link.audience, link.release_id) for link in links(own_store.engine)} == {
        (f"lokalraad-{municipality}", 3) for municipality in ("herlev", "ballerup", "gladsaxe")
    }
    assert "Lokalråd Herlev" in words(app)
    app.session_state["ask_undo_3"] = True
    app = press(app.run(), "undo_3")
    assert own_store.documents(4) == own_store.documents(2)
    assert not [each for each in app.button if each.key == "share_with_councils"]


def test_a_note_with_personal_data_is_refused(page: AppTest, own_store: Store) -> None:
    app = press(page, "make_preview")
    app.text_input(key="release_note").set_value(f"Ring til {CPR}")
    app = press(app.run(), "publish")
    assert any("personoplysninger" in said for said in errors(app))
    assert len(own_store.releases()) == 2


def test_when_another_publishes_meanwhile_nothing_is_loaded(
    page: AppTest, own_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = ready(page, folketal_csv=POPULATION.format(29_500))
    original = Store.publish_documents

    def overtaken(store: Store, *arguments: object, **keywords: object) -> object:
        monkeypatch.setattr(Store, "publish_documents", original)
        store.rollback(1, by="en anden")
        return original(store, *arguments, **keywords)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "publish_documents", overtaken)
    before = own_store.newest_load()
    app = press(app, "publish")
    assert any("En anden har udgivet nye tal imens" in said for said in errors(app))
    assert own_store.newest_load() == before
    assert not app.session_state["delivery"].is_empty


def test_a_draft_is_seen_by_the_secretariat_alone_until_it_is_published(page: AppTest, own_store: Store) -> None:
    app = published(page, key="draft", folketal_csv=POPULATION.format(29_500))
    assert any("Kladde 3 er gemt" in each.value for each in app.success)
    newest = own_store.newest()
    assert newest is not None
    assert newest.id == 2
    assert "Du ser kladde 3" in words(seen_by("sekretariat", udgave="3"))
    assert "Den udgave findes ikke" in words(seen_by("ledelse", udgave="3"))
    app.session_state["ask_publish_draft_3"] = True
    app = press(app.run(), "publish_draft_3")
    newest = own_store.newest()
    assert newest is not None
    assert newest.id == 3


def test_a_release_is_rolled_back_after_one_has_confirmed(page: AppTest, own_store: Store) -> None:
    assert not [each for each in page.button if each.key == "rollback_1"]
    page.session_state["ask_rollback_1"] = True
    app = press(page.run(), "rollback_1")
    assert any("Udgave 3 er udgivet med tallene fra udgave 1" in seen(each.value) for each in app.success)
    assert own_store.documents(3) == own_store.documents(1)


def test_the_list_tells_who_when_note_and_sources(page: AppTest) -> None:
    assert "Udgave 2" in words(page)
    assert "opstart" in words(page)
    assert "Leverede data, andet møde" in words(page)
    assert "Nyt siden udgaven før: hours_example.csv" in words(page)


def test_two_releases_can_be_compared(page: AppTest) -> None:
    app = press(page, "differences")
    assert any(each.label.startswith("Nye tal: ") for each in app.expander)


def test_a_loaded_file_is_taken_back(page: AppTest, own_store: Store) -> None:
    app = published(page, folketal_csv=POPULATION.format(29_500))
    number = own_store.newest_load()
    app.session_state["loaded_files"] = True
    app.session_state[f"ask_take_back_{number}"] = True
    app = press(app.run(), f"take_back_{number}")
    rows = own_store.loaded("population").set_index(["period", "area_id"])["residents"]
    assert ("2026K1", "herlev") not in rows.index


def test_without_a_network_one_is_told_and_nothing_changes(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, own_store: Store
) -> None:
    from data.intake import download, statbank

    monkeypatch.setenv(statbank.ADDRESS, "http://127.0.0.1:9/v1")
    monkeypatch.setattr(download.time, "sleep", lambda _seconds: None)
    app = press(page, "fetch_statbank")
    assert any("Der er ikke forbindelse til Danmarks Statistik" in said for said in errors(app))


# Tables that lie otherwise ----------------------------------------------------------------------------------------

WIDE = "Område;1. kvt. 2026;2. kvt. 2026\nHerlev;29.500;29.600\nBallerup;52.000;52.100\n"


def test_a_wide_table_is_turned_with_one_answer(page: AppTest) -> None:
    app = dropped(page, folketal_csv=WIDE)
    assert any("Svar på spørgsmålet ved filen i trin 2." in said for said in errors(app))
    assert "2 rækker og 2 kvartaler på tværs" in words(app)
    assert app.selectbox(key="wide_kind_folketal.csv_").value == "population"
    assert "kommandolinjen" not in str(problems(app))
    app = press(app, "wide_turn_folketal.csv_")
    assert any("Ingen fejl. 4 rækker er klar." in each.value for each in app.success)
    assert "vendt til befolkning, 4 tal" in words(app)


def test_a_long_table_that_lacks_category_and_source_is_asked_about_and_read(page: AppTest) -> None:
    rows = "Herlev;2026;1;541\nBallerup;2026;1;401\n"
    app = dropped(page, anmeldelser_csv=f"Kommune;År;Kvartal;Anmeldelser\n{rows}")
    assert "2 rækker med ét tal i hver" in words(app)
    assert app.button(key="wide_turn_anmeldelser.csv_").label == "Læs tabellen"
    app = press(app, "wide_turn_anmeldelser.csv_")
    assert any("Ingen fejl. 2 rækker er klar." in each.value for each in app.success)
    assert "»År« og »Kvartal« er læst som én periode" in words(app)


def test_whole_numbers_under_years_are_read_as_what_one_says_they_are(page: AppTest) -> None:
    app = dropped(page, tal_csv="Kommune;2024;2025\nHerlev;81;80\n")
    assert "Tallene kan være andele i procent eller antal anmeldelser" in words(app)
    app = app.selectbox(key="wide_kind_tal.csv_").set_value("incidents").run()
    app = app.selectbox(key="wide_category_tal.csv_").set_value("3410").run()
    app = app.selectbox(key="wide_source_tal.csv_").set_value("dst-straf11").run()
    app = press(app, "wide_turn_tal.csv_")
    assert any("Ingen fejl. 2 rækker er klar." in each.value for each in app.success)


SHARES = "Kommune;2021;2023\nHerlev;81;80,5\nBallerup;79;78\n"


def test_a_wide_table_of_shares_asks_what_was_measured_and_is_turned(page: AppTest) -> None:
    app = dropped(page, tryghed_csv=SHARES)
    assert "Tallene læses som procent" in words(app)
    assert app.button(key="wide_turn_tryghed.csv_").disabled
    app = app.selectbox(key="wide_indicator_tryghed.csv_").set_value("tryg_i_nabolag").run()
    app = app.selectbox(key="wide_source_tryghed.csv_").set_value("dst-straf11").run()
    app = press(app, "wide_turn_tryghed.csv_")
    assert any("Ingen fejl. 4 rækker er klar." in each.value for each in app.success)
    assert "antal svar er ikke med, så andelene vises uden usikkerhed" in words(app)


PERCENTS = (
    "Måling;Område;Indikator;Serie;Andel;Antal svar;Afrundet;Oprindelse;Kilde-id\n"
    "2025;Herlev;tryg_i_nabolag;jm;81;300;0;eksempel;eksempeldata\n"
)


def test_shares_in_per_cent_are_asked_about_and_read(page: AppTest) -> None:
    app = dropped(page, tryghed_csv=PERCENTS)
    assert any("Svar på spørgsmålet ved filen i trin 2." in said for said in errors(app))
    assert "»Andel« ser ud til at være i procent" in words(app)
    app = press(app, "use_unit_tryghed.csv_")
    assert any("Ingen fejl. 1 række er klar." in each.value for each in app.success)
    assert app.button(key="use_unit_tryghed.csv_").disabled  # said already; another answer may be given


def test_the_row_of_headings_is_pointed_at(page: AppTest) -> None:
    app = dropped(page, rapport_csv=f"Rapport;fra;kommunen\nTal;til;rådet\n{WIDE.replace('Område', 'Sted')}")
    app = app.selectbox(key="heading_row_rapport.csv_").set_value(3).run()
    app = press(app, "wide_turn_rapport.csv_")
    assert any("Ingen fejl. 4 rækker er klar." in each.value for each in app.success)


def test_a_file_with_personal_data_shows_no_first_rows(page: AppTest) -> None:
    app = dropped(page, svar_csv=f"Navn;Nummer\nBo;{CPR}\n")
    assert not [each for each in app.selectbox if str(each.key).startswith("heading_row")]
    assert CPR not in words(app)


def test_what_the_daily_check_found_damaged_stands_on_the_page_with_its_remedy(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not errors(page)
    monkeypatch.setattr(daily_check, "_last", None)
    daily_check.check_now(lambda: [Damage("load", "3", "Indlæsning 3 er beskadiget. Indlæs filen igen", "")])
    assert errors(page.run()) == ["Indlæsning 3 er beskadiget. Indlæs filen igen"]


def street_zone(app: AppTest) -> AppTest:
    """The page with what lies beneath the maps unfolded."""
    app.session_state["streets"] = True
    return app.run()


def lines(**roads: tuple[float, float]) -> bytes:
    """GeoJSON of roads by name (an underscore stands for a space), each some hundred metres east of its beginning."""
    features = [
        {
            "type": "Feature", "properties": {"name": name.replace("_", " "), "highway": "residential"},
            "geometry": {"type": "LineString", "coordinates": [[east, north], [east + 0.004, north]]},
        }
        for name, (east, north) in roads.items()
    ]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def street_file(app: AppTest, content: bytes, name: str = "veje.geojson") -> AppTest:
    zone = next(each for each in app.file_uploader if each.key.startswith("street_drop_"))
    return zone.set_value([(name, content, "application/geo+json")]).run()


def test_roads_are_looked_at_before_they_lie_beneath_the_maps(page: AppTest, own_store: Store) -> None:
    app = street_zone(page)
    assert "**Veje nu:** dem, der følger med." in words(app)
    app = street_file(app, lines(Egevej=(12.36, 55.73), Nyhavn=(12.59, 55.68)))
    assert "veje.geojson: 1 vej, 1 med navn. Blandt andet Egevej." in words(app)
    assert "Ballerup: 1" in words(app)
    assert "Herlev: ingen. Er det den rigtige fil?" in words(app)
    assert newest(own_store.engine, ROADS) is None
    app = press(app, "keep_streets")
    loaded = newest(own_store.engine, ROADS)
    assert loaded is not None
    assert (loaded.rows, loaded.credit) == (1, CREDITS["geodanmark"])
    assert any("1 vej er indlæst, 1 med navn. Kortene viser dem med det samme" in each.value for each in app.success)
    assert "**Veje nu:** veje.geojson (1)." in words(app)


def test_whose_the_map_data_are_must_be_said(page: AppTest, own_store: Store) -> None:
    app = street_file(street_zone(page), lines(Egevej=(12.36, 55.73)))
    app = app.selectbox(key="street_owner").select("andre").run()
    app = press(app, "keep_streets")
    assert "Skriv, hvem der skal krediteres for kortdataene." in errors(app)
    app = app.text_input(key="street_credit").set_value("Ballerup Kommune").run()
    press(app, "keep_streets")
    loaded = newest(own_store.engine, ROADS)
    assert loaded is not None
    assert loaded.credit == "Ballerup Kommune"


@pytest.mark.parametrize(
    ("content", "problem"),
    [(lines(Nyhavn=(12.59, 55.68)), "veje.geojson har ingen veje i vores kommuner."), (b"intet", "veje.geojson")],
)
def test_a_file_that_holds_no_roads_of_ours_is_told_in_danish(
    page: AppTest, own_store: Store, content: bytes, problem: str
) -> None:
    app = street_file(street_zone(page), content)
    assert any(problem in each for each in errors(app))
    assert not [button for button in app.button if button.key == "keep_streets"]
    assert newest(own_store.engine, ROADS) is None
