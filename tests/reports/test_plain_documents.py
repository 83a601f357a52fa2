"""The credits and the record of processing: what the law and the licences want said."""

import datetime as dt

from data.partnership import PersonalData
from data.store.accounts import _HELD
from reports.credits_page import NOTHING, PARTS, credits_html
from reports.processing_record import HELD, NOT_FILLED_IN, record_html

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
