"""A drill: databases that older commits made, upgraded and opened by today's code.

    python -m tests.faults.upgrades [COMMIT ...]

Each commit is checked out beside this tree, makes its shipped database and a shared link with its own code, and
today's code migrates that database. What was released must be the same to the byte, nothing may be called damaged,
the link must open, and each page must draw without an error.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.navigation import PAGES, is_for
from components.session import AUDIENCE
from data.partnership import our_partnership
from data.sharing import opened
from data.store import Store, migrate, open_store
from data.store.verification import verify

ROOT = Path(__file__).parents[2]
COMMITS = ("6f4338d", "f37b73b", "387623b", "6761ae7", "946cc43", "b96326e", "11804ba", "290f6cc", "9646b55")
"""From the first with audiences to the last before this drill."""
KEY = "upgrades" * 5
RELEASED = ("releases", "documents")
_MAKES = f"""
import json, sys
try:
    from data.publishing.bootstrap import bootstrap
except ImportError:
    from data.bootstrap import bootstrap
from data.partnership import read_partnership
from data.store import open_store
store, ours = open_store(sys.argv[1]), read_partnership()
bootstrap(store, ours)
token = ""
try:
    from data.sharing import share
except ImportError:
    pass
else:
    try:
        from data.views.view import View
    except ImportError:
        from data.view import View
    token = share(store, ours, sender=ours.audiences[0], by="drill", page="omraade",
                  view=View(areas=("vaerebro-park",)), release=store.newest().id,
                  receiver=ours.audiences[0].id, days=365, note="", keys=({KEY!r},)).token
print(json.dumps(token))
"""


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    """A working tree of a commit, which is gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        tree = Path(name) / "tree"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(tree), commit], cwd=ROOT, check=True)
        try:
            yield tree
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=ROOT, check=True)


def made_by(commit: str, url: str) -> str:
    """Let a commit make its database; returns the token of the link it shared, "" where it could not share yet."""
    with checked_out(commit) as tree:
        making = [sys.executable, "-W", "ignore", "-c", _MAKES, url]
        with_its_code = os.environ | {"PYTHONPATH": str(tree)}
        ran = subprocess.run(making, cwd=tree, check=True, stdout=subprocess.PIPE, text=True, env=with_its_code)
    token: str = json.loads(ran.stdout.splitlines()[-1])
    return token


def _checksum(store: Store, table: str, columns: list[str]) -> str:
    names: list[sa.ColumnClause[object]] = [sa.column(name) for name in columns]
    with store.engine.connect() as connection:
        rows = sa.select(*names).select_from(sa.table(table)).order_by(*names[:3])
        return hashlib.sha256(repr([tuple(row) for row in connection.execute(rows)]).encode()).hexdigest()


def faults_after(store: Store, url: str, token: str) -> Iterator[str]:
    """Upgrade a database and say what does not hold."""
    schema = sa.inspect(store.engine)  # only what stood there: a column that came later may be added
    columns = {name: [str(each["name"]) for each in schema.get_columns(name)] for name in RELEASED}
    before = {name: _checksum(store, name, columns[name]) for name in RELEASED}
    migrate(store)
    yield from (
        f"{name} is not what it was" for name in RELEASED if _checksum(store, name, columns[name]) != before[name]
    )
    yield from (f"called damaged: {damage.said}" for damage in verify(store.engine))
    if token and opened(store, token, (KEY,)) is None:
        yield "the link does not open"
    os.environ["DATABASE_URL"] = url
    st.cache_resource.clear()
    for entry in PAGES:
        page = AppTest.from_file(str(ROOT / "components" / "frame.py"), default_timeout=300)
        page.session_state[AUDIENCE] = next(each.id for each in our_partnership().audiences if is_for(entry, each))
        page.run()
        page = page if entry is PAGES[0] else page.switch_page(f"../pages/{entry.file}").run()
        yield from (f"{entry.title}: {error.value}" for error in (*page.exception, *page.error))
        if not page.title:
            yield f"{entry.title}: nothing is drawn"


def main(commits: tuple[str, ...]) -> int:
    """Run the drill; returns a process exit code."""
    broken = 0
    for commit in commits:
        with tempfile.TemporaryDirectory() as name:
            url = f"sqlite:///{Path(name) / 'old.db'}"
            token = made_by(commit, url)
            store = open_store(url)
            faults = list(faults_after(store, url, token))
            store.engine.dispose()
        broken += len(faults)
        print(f"{commit}  {'a link, ' if token else ''}{'as it was' if not faults else '; '.join(faults)}", flush=True)
    return min(broken, 1)


if __name__ == "__main__":
    raise SystemExit(main(tuple(sys.argv[1:]) or COMMITS))
