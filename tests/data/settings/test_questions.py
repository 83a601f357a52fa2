"""Six questions, each asked again until its answer can be used."""

from data.settings.new import Answers, Level, Measured
from data.settings.questions import USUAL_AUDIENCES, ask


def asked(*answers: str) -> tuple[Answers, list[str]]:
    """What the answers mean, and everything that was said."""
    said: list[str] = []
    waiting = iter(answers)
    return ask(read=lambda _prompt: next(waiting), say=said.append), said


def test_six_answers_are_enough() -> None:
    answers, said = asked(
        "Trygt Fjordby", "Fjordby Kommune", "Bydel, bydelen, bydele",
        "Utryghed om aftenen; føler sig utrygge om aftenen; mindre er bedre",
        "Sekretariat, Borgerråd", "Alle anmeldelser*, Tyveri, Vold",
    )  # fmt: skip
    assert len(said) == 6
    assert answers == Answers(
        "Trygt Fjordby",
        ("Fjordby",),
        Level("bydel", "bydelen", "bydele"),
        Measured("Utryghed om aftenen", "føler sig utrygge om aftenen", more_is_better=False),
        ("Sekretariat", "Borgerråd"),
        ("Alle anmeldelser", "Tyveri", "Vold"),
        "Alle anmeldelser",
    )


def test_an_empty_answer_takes_what_is_usual() -> None:
    answers, _ = asked("Trygt Fjordby", "Fjordby", "", "Tryghed; er trygge; mere er bedre", "", "")
    assert answers.level == Level("boligområde", "boligområdet", "boligområder")
    assert answers.audiences == USUAL_AUDIENCES
    assert (answers.categories, answers.total) == ((), "")


def test_a_question_is_asked_again_until_it_is_answered() -> None:
    _, said = asked(
        "", "Trygt Fjordby", ",", "Fjordby", "bydel", "", "Tryghed", "", "A, a", "A", "", "Vold*, Tyveri*", "Vold"
    )
    assert [sentence.strip() for sentence in said if sentence.startswith("     ")] == [
        "Skriv et navn, fx Trygt Nordby.",
        "Skriv mindst én kommune, fx Nordby.",
        "Skriv tre ord med komma imellem, fx bydel, bydelen, bydele.",
        "Skriv tre ting med semikolon imellem, til sidst »mere er bedre« eller »mindre er bedre«.",
        "Det samme navn står to gange.",
        "Der skal være noget at følge: en måling eller mindst én slags anmeldelser.",
        "Kun én kan være summen af alle andre.",
    ]
