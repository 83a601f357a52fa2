"""The page that counts on this machine: it answers itself only, gives what the command gives, and keeps nothing."""

import base64
import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from data.aggregate.page import Counter
from data.intake.tables import read

PERSON = "q12-svar-nr-4711"
ANSWERS = "År;Område;q12;Vægt;Løbenummer\n" + "".join(f"2025;163;{each % 5 + 1};1;{PERSON}\n" for each in range(40))
ASKED = {"kind": "survey", "name": "svar.csv", "columns": "tryg_i_nabolag=q12", "example": "on"}


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with Counter(0, tmp_path / "husk.toml") as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(counter: Counter, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", counter.server_address[1], timeout=60)
    connection.request(method, path, body or None, {name.replace("_", "-"): said for name, said in headers.items()})
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_it_listens_on_this_machine_alone(counter: Counter) -> None:
    assert counter.server_address[0] == "127.0.0.1"
    status, page = ask(counter, "GET", "/")
    assert (status, counter.word in page.decode()) == (200, True)


@pytest.mark.parametrize("headers", [{}, {"X_Word": "gættet"}, {"Host": "ond.example"}])
def test_another_site_gets_neither_page_nor_count(counter: Counter, headers: dict[str, str]) -> None:
    if "Host" in headers:
        assert ask(counter, "GET", "/", **headers)[0] == 404
        headers = headers | {"X_Word": counter.word}
    said = {name: word.encode().decode("latin-1") for name, word in headers.items()}
    assert ask(counter, "POST", f"/tael?{urlencode(ASKED)}", ANSWERS.encode(), **said)[0] == 403


def test_a_file_is_counted_as_the_command_counts_it_and_written_nowhere(counter: Counter, tmp_path: Path) -> None:
    status, said = ask(counter, "POST", f"/tael?{urlencode(ASKED)}", ANSWERS.encode(), X_Word=counter.word)
    told = json.loads(said)
    assert status == 200
    made = base64.b64decode(told["file"])
    (row,) = {table.sheet: table.frame for table in read(made, "tal.xlsx")}["Tryghedsmåling"].to_dict("records")
    assert (row["Område"], row["Antal svar"], row["Andel"]) == ("herlev", "40", "0.6")
    assert told["account"]
    kept = list(tmp_path.rglob("*.*"))
    assert [file.name for file in kept] == ["husk.toml"]
    assert PERSON.encode() not in b"".join(file.read_bytes() for file in kept) + made + said


@pytest.mark.parametrize(
    ("asked", "body", "remedy"),
    [
        ({"kind": "andet"}, b"x", "Vælg, om filen har sager eller svar"),
        (ASKED | {"columns": "q12"}, b"x", "mangler et lighedstegn"),
        (ASKED, b"", "Filen er tom"),
        (ASKED | {"name": "svar.sav"}, b"\x00\x01", "kan ikke læses som SPSS"),
        (ASKED, b"a;b\n1;2\n", "område"),
    ],
)
def test_what_cannot_be_counted_is_told_in_danish(
    counter: Counter, asked: dict[str, str], body: bytes, remedy: str
) -> None:
    _, said = ask(counter, "POST", f"/tael?{urlencode(asked)}", body, X_Word=counter.word)
    assert set(json.loads(said)) == {"error"}
    assert remedy in json.loads(said)["error"]
