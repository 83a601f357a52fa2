"""A fresh installation is made ready once, also where two start it at the same moment."""

import pytest

from data.partnership import Partnership
from data.publishing import bootstrap as fresh
from data.store import PublishConflictError, Store


def test_of_two_that_start_at_once_the_later_one_leaves_it_to_the_other(
    store: Store, partnership: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(_store: Store, _partnership: Partnership) -> None:
        raise PublishConflictError("En anden har udgivet nye tal imens.")

    monkeypatch.setattr(fresh, "serves_example", lambda: True)
    monkeypatch.setattr(fresh, "bootstrap", overtaken)
    assert fresh.ready(store, partnership) == "En anden opstart er ved at gøre data klar."
