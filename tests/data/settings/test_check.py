"""The settings file is checked as a data file is: one Danish sentence a fault, with line and remedy, all at once."""

from pathlib import Path

import pytest

from data.contracts.problems import ContractError
from data.partnership import PARTNERSHIP_FILE
from data.settings.check import check_settings

GOOD = """
[partnership]
name = "Trygt Fjordby"
short_name = "Trygt Fjordby"
members = ["fjordby"]
agreement_from = 2024-01-01

[[focus_areas]]
id = 1
title = "Unge"

[[categories]]
id = "TYV"
title = "Tyveri"
noun = "anmeldte tyverier"
breaks = [1, 2, 3, 4]

[[audiences]]
id = "sekretariat"
title = "Sekretariat"
sees = ["fjordby"]
threshold = 0
"""


def sentences(text: str) -> list[str]:
    """What is said of a settings file, without the file's name."""
    with pytest.raises(ContractError) as refused:
        check_settings(text, folder=Path(__file__).parent)
    return [problem.sentence.removeprefix("Filen »partnership.toml«, ") for problem in refused.value.problems]


def with_line(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_the_shipped_settings_keep_the_contract() -> None:
    settings = check_settings(PARTNERSHIP_FILE.read_text(encoding="utf-8"), folder=PARTNERSHIP_FILE.parent)
    assert [row["id"] for row in settings["focus_areas"]] == [1, 2, 3, 4]


def test_what_is_not_written_has_its_default() -> None:
    settings = check_settings(GOOD)
    assert settings["partnership"]["product"] == "Tryghedsoverblik"
    assert settings["partnership"]["police_district"] == ""
    assert settings["partnership"]["total_category"] is None
    assert settings["indicators"] == []
    assert settings["audiences"][0]["shares"] is True


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "breaks = [1, 2, 3, 4]", "breaks = [1, 3, 2, 4]",
            "linje 16, »categories.breaks«: tallene stiger ikke (der står »[1, 3, 2, 4]«). "
            "Skriv dem fra mindst til størst, fx [1, 2, 3, 4].",
        ),
        (
            'sees = ["fjordby"]', 'sees = ["fjordbi"]',
            "linje 21, »audiences.sees«: navnet står ikke blandt partnerskabets medlemmer (members) "
            "(der står »fjordbi«). Skriv fjordby.",
        ),
        (
            "agreement_from = 2024-01-01", 'agreement_from = "1. januar 2024"',
            "linje 6, »partnership.agreement_from«: der skal stå en dato uden anførselstegn "
            "(der står »1. januar 2024«). Skriv fx agreement_from = 2024-01-01.",
        ),
        (
            'noun = "anmeldte tyverier"\n', "",
            "linje 12, »categories.noun«: indstillingen mangler. "
            'Skriv noun = "anmeldte tyverier" (flere af dem, i en sætning).',
        ),
        (
            "threshold = 0", "treshold = 0\nthreshold = 0",
            "linje 22, »audiences.treshold«: indstillingen findes ikke (der står »0«). "
            "Mente du »threshold«? Ellers slet den.",
        ),
        (
            "[[focus_areas]]", "[focus_areas]",
            "linje 8, »focus_areas«: der kan være flere, og hver har sit eget afsnit. "
            "Skriv [[focus_areas]] på en linje for sig foran hver.",
        ),
        (
            "threshold = 0", "threshold = -1",
            "linje 22, »audiences.threshold«: tallet er for lille (der står »-1«). Skriv mindst 0.",
        ),
        (
            'id = "TYV"', 'id = ""',
            "linje 13, »categories.id«: teksten er tom (der står »\"\"«). "
            'Skriv kort navn, som filerne henviser til, fx "TYV".',
        ),
        (
            "agreement_from = 2024-01-01", 'agreement_from = 2024-01-01\ntotal_category = "ALT"',
            "linje 7, »partnership.total_category«: navnet står ikke blandt [[categories]] (der står »ALT«). "
            "Skriv TYV.",
        ),
        (
            'title = "Unge"', 'title = "Unge',
            "linje 10: linjen kan ikke læses (der står »title = \"Unge«). Skriv navn = værdi, med tekst i "
            'anførselstegn og lister i kantede parenteser, fx name = "Trygt Nordby".',
        ),
        (
            'members = ["fjordby"]', "members = []",
            "linje 5, »partnership.members«: listen har 0 (der står »[]«). Skriv 1 til 200 (kommunernes område-id).",
        ),
        (
            "threshold = 0", "threshold = 2",
            "linje 22, »audiences.threshold«: så lille en grænse skjuler intet (der står »2«). "
            "Skriv 0, eller mindst 3 (fx 5).",
        ),
        (
            "threshold = 0", "threshold = 5\npublishes = true",
            "linje 23, »audiences.publishes«: den, der udgiver, ser alle tal, inden de skjules (der står »true«). "
            "Skriv threshold = 0 og alle kommuner i sees, eller publishes = false.",
        ),
        (
            "threshold = 0", "threshold = 0\nopen_links = true",
            "linje 23, »audiences.open_links«: så kan enhver med et link se små tal uden konto (der står »true«). "
            "Skriv threshold = 5 og sees_cells = false, eller open_links = false.",
        ),
        (
            'sees = ["fjordby"]', "sees = []\nproposes = true",
            "linje 22, »audiences.proposes«: den ser ingen kommuner at foreslå noget for (der står »true«). "
            "Skriv kommunerne i sees, eller proposes = false.",
        ),
        (
            'agreement_from', 'police_district = "fjordby"\nagreement_from',
            "linje 6, »partnership.police_district«: politikredsen er en af kommunerne (members) (der står »fjordby«). "
            "Skriv politikredsens eget område-id, eller lad den være tom.",
        ),
        (
            'agreement_from', 'product = ""\nagreement_from',
            "linje 6, »partnership.product«: teksten er tom (der står »\"\"«). "
            'Skriv navnet øverst på hver side, fx "Tryghedsoverblik".',
        ),
        (
            'title = "Unge"', 'title = "Unge\\nog gamle"',
            "linje 10, »focus_areas.title«: teksten indeholder linjeskift eller tegn, der ikke kan vises "
            "(der står »Unge og gamle«). Skriv teksten igen på én linje.",
        ),
        (
            'title = "Unge"', 'title = "' + "U" * 141 + '"',
            f"linje 10, »focus_areas.title«: teksten er for lang (141 tegn) (der står »{'U' * 59}…«). "
            "Skriv højst 140 tegn.",
        ),
        (
            "breaks = [1, 2, 3, 4]", "breaks = [1, 2000]",
            "linje 16, »categories.breaks«: tallet er for stort (der står »[1, 2000]«). Skriv højst 1000.",
        ),
        (
            "[[categories]]", '[[activity_kinds]]\nid = "Vandring"\nmany = "vandringer"\n\n[[categories]]',
            "linje 13, »activity_kinds.id«: navnet har ikke den rette form (der står »Vandring«). "
            "Skriv ordet med små bogstaver, fx tryghedsvandring.",
        ),
        (
            "[[categories]]", '[[forums]]\nid = "raad"\ntitle = "Råd"\nlocal = true\n\n[[categories]]',
            "linje 12, »forums«: alle fora hører til én kommune. "
            "Tilføj et forum uden local = true: det, hele partnerskabet mødes i.",
        ),
        (
            "[[categories]]",
            '[levels.municipality]\none = "by"\ndefinite = "byen"\nmany = "boligområder"\n\n[[categories]]',
            "linje 15, »levels.municipality.many«: ordet bruges også om housing_area (der står »boligområder«). "
            "Giv dem hver sit ord.",
        ),
        (
            "[[audiences]]", '[reports]\ntemplate = "intet.pptx"\n\n[[audiences]]',
            "linje 19, »reports.template«: filen findes ikke som PowerPoint-fil (.pptx) (der står »intet.pptx«). "
            "Læg en .pptx-fil ved siden af indstillingerne, og skriv dens navn, eller lad den være tom.",
        ),
    ],
)  # fmt: skip
def test_a_fault_names_its_line_what_stands_there_and_what_may_stand(old: str, new: str, sentence: str) -> None:
    assert sentence in sentences(with_line(old, new))


def test_breaks_of_a_share_are_shares() -> None:
    indicator = (
        '[[series]]\nid = "panel"\ntitle = "Panelet"\n[[indicators]]\nid = "tryg"\ntitle = "Tryg"\n'
        'statement = "er trygge"\nquestion = "Er du tryg?"\nscale = "1–5"\ndirection = 2\nbreaks = [60, 70]\n'
    )
    assert sentences(GOOD + indicator) == [
        "linje 32, »indicators.direction«: værdien er ikke en af de tilladte (der står »2«). "
        "Skriv 1 eller -1 (1, hvis mere er bedre; -1, hvis mindre er bedre).",
        "linje 33, »indicators.breaks«: 60 er for stort (der står »[60, 70]«). "
        "Skriv tal under 1; 60 pct. skrives 0.60.",
    ]


def test_all_faults_are_told_at_once_in_the_order_of_their_lines() -> None:
    text = with_line("threshold = 0", "threshold = true").replace("id = 1", 'id = "1"').replace("[1, 2, 3, 4]", "[4]")
    faults = sentences(text.replace('members = ["fjordby"]', 'members = ["Fjord By"]'))
    assert [fault.split(",")[0] for fault in faults] == ["linje 5", "linje 9", "linje 22"]


def test_two_of_one_section_cannot_share_an_id() -> None:
    again = '[[audiences]]\nid = "sekretariat"\ntitle = "Andre"\nsees = []\nthreshold = 5\n'
    assert sentences(GOOD + again) == [
        "linje 24, »audiences.id«: navnet bruges allerede i linje 19 (der står »sekretariat«). Giv den et andet."
    ]


def test_a_partnership_that_follows_nothing_is_told_so() -> None:
    without = GOOD[: GOOD.index("[[categories]]")] + GOOD[GOOD.index("[[audiences]]") :]
    assert sentences(without) == [
        "linje 2, »partnership«: der er intet at følge. "
        "Tilføj mindst ét [[indicators]] (målinger) eller ét [[categories]] (anmeldelser)."
    ]


def test_an_empty_file_says_which_sections_it_must_have() -> None:
    assert sentences("") == [
        "»partnership«: afsnittet [partnership] mangler. Skriv hvem partnerskabet er.",
        "»audiences«: der skal være mindst ét [[audiences]]. "
        "Tilføj et afsnit [[audiences]]: hvem der læser med, og hvad de må se.",
        "»partnership«: der er intet at følge. "
        "Tilføj mindst ét [[indicators]] (målinger) eller ét [[categories]] (anmeldelser).",
    ]


def test_two_that_a_reader_could_not_tell_apart_are_refused() -> None:
    again = (
        '[[categories]]\nid = "tyv"\ntitle = "Tyveri"\nnoun = "andre tyverier"\nbreaks = [1]\n'
        '[[audiences]]\nid = "andre"\ntitle = "sekretariat"\nsees = []\nthreshold = 5\n'
    )
    assert sentences(GOOD + again) == [
        "linje 24, »categories.id«: ligner »TYV« for meget (der står »tyv«). "
        "Giv den et andet navn, så de kan kendes fra hinanden.",
        "linje 25, »categories.title«: to [[categories]] hedder det samme (der står »Tyveri«). "
        "Giv den et andet navn, så de kan kendes fra hinanden.",
        "linje 30, »audiences.title«: to [[audiences]] hedder det samme (der står »sekretariat«). "
        "Giv den et andet navn, så de kan kendes fra hinanden.",
    ]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (
            'counts = ["7"]\nof = ["1", "2"]',
            "linje 34, »indicators.counts«: 7 står ikke blandt de gyldige svar (of) (der står »[7]«). "
            "Skriv alle gyldige svar i of, også dem i counts.",
        ),
        (
            'counts = ["1", "2"]\nof = ["1", "2"]',
            "linje 35, »indicators.of«: alle gyldige svar tæller med, så andelen er altid den samme "
            "(der står »[1, 2]«). Ret counts eller of.",
        ),
        (
            'counts = ["1"]\nof = ["1", "2"]\nunsure = ["2"]',
            "linje 36, »indicators.unsure«: 2 er også et gyldigt svar (of) (der står »[2]«). "
            "Lad hvert svar stå ét sted.",
        ),
        (
            "unsure_in_base = true",
            "linje 34, »indicators.unsure_in_base«: det er ikke sagt, hvilke svar der er »ved ikke« "
            "(der står »true«). Skriv dem i unsure, eller unsure_in_base = false.",
        ),
    ],
)
def test_answers_that_could_not_be_counted_are_refused(answers: str, sentence: str) -> None:
    indicator = (
        '[[series]]\nid = "panel"\ntitle = "Panelet"\n[[indicators]]\nid = "tryg"\ntitle = "Tryg"\n'
        'statement = "er trygge"\nquestion = "Er du tryg?"\nscale = "1–5"\ndirection = 1\nbreaks = [0.6, 0.7]\n'
    )
    assert sentences(GOOD + indicator + answers) == [sentence]


def test_what_refers_to_a_refused_section_waits() -> None:
    assert sentences(with_line('members = ["fjordby"]', 'members = ["fjordby", "fjordby"]')) == [
        "linje 5, »partnership.members«: det samme navn står to gange (der står »[fjordby, fjordby]«). "
        "Behold kun det ene."
    ]


def test_a_file_that_an_editor_began_with_a_byte_order_mark_is_read() -> None:
    assert check_settings("\ufeff" + GOOD)["partnership"]["name"] == "Trygt Fjordby"


def test_brackets_without_end_are_told_and_no_traceback() -> None:
    assert sentences("a = " + "[" * 5000) == [
        "Filen »partnership.toml«: linjen kan ikke læses. "
        "Skriv navn = værdi, med tekst i anførselstegn og lister i kantede parenteser, "
        'fx name = "Trygt Nordby".'
    ]
