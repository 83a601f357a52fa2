"""The app may be served below a path of a host that has other things too."""

import pytest

from server.base_path import below, normalised


@pytest.mark.parametrize(("configured", "base"), [("", ""), ("/", ""), ("tryghed", "/tryghed"), ("/a/b/", "/a/b")])
def test_a_base_begins_with_a_slash_and_ends_without(configured: str, base: str) -> None:
    assert normalised(configured) == base


@pytest.mark.parametrize(
    ("path", "base", "said"),
    [
        ("/omraade", "", "/omraade"),
        ("", "", "/"),
        ("/tryghed", "/tryghed", "/"),
        ("/tryghed/", "/tryghed", "/"),
        ("/tryghed/omraade", "/tryghed", "/omraade"),
    ],
)
def test_a_path_is_read_below_the_base(path: str, base: str, said: str) -> None:
    assert below(path, base) == said


@pytest.mark.parametrize("path", ["/tryghedens-dag", "/omraade", "/"])
def test_a_path_beside_the_base_is_not_ours(path: str) -> None:
    assert below(path, "/tryghed") == path
