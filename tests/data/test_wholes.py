"""A part is not larger than its whole: a kind of offence, an area in a municipality, the quarters of a year."""

from pathlib import Path

import pytest

from data.contracts.problems import ContractError
from data.intake.examination import check_files, examine_files
from data.intake.plausibility import unusual_in
from data.partnership import our_partnership
from data.store import Store
from tests.data.test_wrong_in_silence import INCIDENTS, SURVEY, csv
from tests.data.test_wrong_in_silence import shipped as shipped


def told(store: Store, tmp_path: Path, *rows: str) -> str:
    text = INCIDENTS + "".join(f"{row};eksempel;eksempeldata\n" for row in rows)
    examined = examine_files([csv(tmp_path, text)], store, our_partnership())
    return " ".join(each.sentence for each in unusual_in(examined, store, our_partnership()))


def test_a_kind_of_offence_is_not_more_than_all(shipped: Store, tmp_path: Path) -> None:
    said = told(shipped, tmp_path, "2025K4;Herlev;TOT;5", "2025K4;Herlev;1320;50")
    assert said == (
        "Indbrud i beboelser i Herlev i 4. kvartal 2025: 50 er flere end alle anmeldelser der, 5; "
        "se efter, om tallene er byttet om."
    )


def test_an_area_has_not_more_than_its_municipality(shipped: Store, tmp_path: Path) -> None:
    said = told(shipped, tmp_path, "2025K4;Herlev;TOT;541", "2025K4;Hjortegården;TOT;5410")
    assert "i Hjortegården i 4. kvartal 2025: 5.410 er flere end i hele Herlev, 541" in said


def test_quarters_are_not_more_than_their_year(shipped: Store, tmp_path: Path) -> None:
    said = told(shipped, tmp_path, "2024;Herlev;TOT;541", "2024K3;Herlev;TOT;400", "2024K4;Herlev;TOT;300")
    assert "i Herlev i 2024: 541 er færre end de kvartaler, der er oplyst, tilsammen, 700" in said


def test_parts_that_fit_and_counts_that_are_not_known_say_nothing(shipped: Store, tmp_path: Path) -> None:
    rows = ("2024;Herlev;TOT;900", "2024K3;Herlev;TOT;400", "2024K4;Herlev;TOT;", "2024K3;Herlev;1320;400",
            "2024K3;Hjortegården;TOT;400", "2024K4;Hjortegården;TOT;30")  # fmt: skip
    assert "flere end" not in told(shipped, tmp_path, *rows)
    assert "færre end" not in told(shipped, tmp_path, *rows)


def test_a_share_of_nobodys_answers_is_refused(shipped: Store, tmp_path: Path) -> None:
    text = f"{SURVEY}2025;Høje Gladsaxe;tryg_i_nabolag;jm;0,816;0;;0;eksempel;eksempeldata\n"
    with pytest.raises(ContractError, match="en andel kan ikke hvile på 0 svar"):
        check_files([csv(tmp_path, text)], shipped, our_partnership())


@pytest.mark.parametrize("word", ["Indbrud i beboelser", "indbrud i beboelser", "1320 Indbrud i beboelser"])
def test_an_offence_may_be_written_as_its_title(shipped: Store, tmp_path: Path, word: str) -> None:
    text = f"{INCIDENTS}2025K4;Herlev;{word};41;eksempel;eksempeldata\n"
    (table,) = check_files([csv(tmp_path, text)], shipped, our_partnership())
    assert table.frame["category"].tolist() == ["1320"]


def test_a_question_may_be_written_as_its_title(shipped: Store, tmp_path: Path) -> None:
    text = f"{SURVEY}2025;Høje Gladsaxe;Tryghed i nabolaget;jm;0,816;290;;0;eksempel;eksempeldata\n"
    (table,) = check_files([csv(tmp_path, text)], shipped, our_partnership())
    assert table.frame["indicator"].tolist() == ["tryg_i_nabolag"]
