"""The credits and the record of processing: what the law and the licences want said."""

import datetime as dt
from importlib.metadata import metadata

from data.partnership import PersonalData
from data.store.accounts import _HELD
from reports.credits_page import NOTHING, PARTS, credits_html
from reports.processing_record import HELD, NOT_FILLED_IN, record_html
from server.vendor import VENDOR

SOURCE = {"title": "STRAF11 <b>", "publisher": "Danmarks Statistik", "licence": "CC BY 4.0", "coverage": "2016–2025",
          "retrieved": dt.date(2026, 3, 4), "url": "https://www.statbank.dk/STRAF11",
          "provenance": "official"}  # fmt: skip
HOME = "https://tryghed.example/"


def credit(*sources: dict[str, object]) -> str:
    return credits_html(sources, ["Indeholder data fra GeoDanmark"], "Partnerskabet", HOME)[0]


def test_each_source_stands_with_publisher_licence_day_and_next_figures() -> None:
    page = credit(SOURCE, SOURCE | {"provenance": "example", "next_figures": dt.date(2026, 6, 1), "licence": ""})
    for said in ("STRAF11 &lt;b&gt;", "Danmarks Statistik", "CC BY 4.0", "4. marts 2026", "1. juni 2026", "ikke oplyst",
                 "(eksempeldata)", "GeoDanmark", "www.statbank.dk",
                 *(part.name for part in PARTS)):  # fmt: skip
        assert said in page
    assert "<script" not in page
    assert NOTHING in credit()


def licence_files() -> dict[str, str]:
    """What the licence file of each part that the browser fetches from us says, on one line, by the part's name."""
    files = {"Leaflet": next(VENDOR.glob("leaflet-*/LICENSE")), "Inter": VENDOR / "inter" / "LICENSE"}
    return {name: " ".join(path.read_text(encoding="utf-8").split()) for name, path in files.items()}


def test_each_part_is_credited_as_its_own_licence_file_says() -> None:
    credited = {part.name: part for part in PARTS}
    files = licence_files()
    assert {path.parent.name.split("-")[0] for path in VENDOR.glob("*/LICENSE")} == {"leaflet", "inter"}
    assert "BSD 2-Clause License" in files["Leaflet"]
    assert credited["Leaflet"].licence == "BSD 2-Clause"
    assert credited["Leaflet"].whose.removesuffix(" m.fl.") in files["Leaflet"]
    assert "SIL Open Font License, Version 1.1" in files["Inter"]
    assert credited["Inter"].licence == "SIL Open Font License 1.1"
    assert credited["Inter"].whose.removeprefix("The ") in files["Inter"]
    assert metadata("streamlit")["License-Expression"] == "Apache-2.0"
    assert credited["Streamlit"].licence == "Apache 2.0"


def record(data: PersonalData) -> str:
    return record_html(data, {"log": 1234, "links": 5}, "Partnerskabet", HOME)[0]


def test_the_record_names_joint_controllers_the_officer_how_long_and_how_much() -> None:
    page = record(PersonalData(("Herlev Kommune", "Gladsaxe Kommune"), "Herlev Kommune", "dpo@herlev.example", 24))
    for said in ("Fælles dataansvarlige", "Herlev Kommune og Gladsaxe Kommune", "dpo@herlev.example", "24 måneder",
                 "1.234", "Artikel 6"):  # fmt: skip
        assert said in page
    assert NOT_FILLED_IN not in page


def test_a_record_that_is_not_filled_in_says_so() -> None:
    assert NOT_FILLED_IN in record(PersonalData())
    assert "uden grænse" in record(PersonalData())


def test_everything_that_holds_an_account_stands_in_the_record() -> None:
    assert HELD.keys() == _HELD.keys()
