"""Files that used to be refused with a remedy for something else: they load, or the remedy is theirs."""

import pytest

from data.contracts.problems import ContractError
from data.intake.examination import check_files
from data.intake.tables import read
from data.partnership import our_partnership
from data.store import Store
from tests.data.test_wrong_in_silence import FILES
from tests.data.test_wrong_in_silence import shipped as shipped


@pytest.mark.parametrize("name", ["09-px.csv", "09-titel.csv", "09-fodnote.csv"])
def test_a_title_above_and_a_note_below_are_no_part_of_the_table(shipped: Store, name: str) -> None:
    (table,) = check_files([FILES / name], shipped, our_partnership())
    assert table.frame["count"].tolist() == [541]


def test_straf11_from_statbanks_own_page_simply_loads(shipped: Store) -> None:
    (table,) = check_files([FILES / "08-STRAF11.xlsx"], shipped, our_partnership())
    rows = table.frame.set_index(["area_id", "period"])["count"]
    assert rows.to_dict() == {
        ("herlev", "2025K3"): 530, ("herlev", "2025K4"): 541, ("ballerup", "2025K3"): 401, ("ballerup", "2025K4"): 410,
    }  # fmt: skip
    assert set(table.frame["category"]) == {"TOT"}


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("10-gammelt.xls", "gem det som .xlsx"), ("kort.tab", "QGIS"), ("rapport.pdf", "Excel eller CSV")],
)
def test_a_kind_of_file_that_is_not_read_gets_its_own_remedy(name: str, remedy: str) -> None:
    with pytest.raises(ContractError, match=remedy):
        read((FILES / "10-gammelt.xls").read_bytes(), name)
