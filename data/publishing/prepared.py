"""What a preview and the publication after it have in common: read and protected once, while nothing else changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from data.partnership import Partnership
from data.progress import ProgressCallback
from data.publishing.told_before import shares_before
from data.release.audiences import SHARES_BEFORE
from data.release.protect import Protected
from data.release.shelf import NO_SHELF, Shelf
from data.store import Incoming, Store


@dataclass(frozen=True)
class Prepared:
    """All that would be loaded, with the protected counts by threshold, and what they rest on."""

    incoming: tuple[Incoming, ...]
    read_until: int
    newest: int | None
    loaded: Mapping[str, pd.DataFrame]
    protected: Mapping[int, Protected]

    def holds(self, store: Store, incoming: Sequence[Incoming]) -> bool:
        """Whether it is still what the store and these very tables come to; drafts count, for readers saw them too."""
        same = len(incoming) == len(self.incoming) and all(map(_is, incoming, self.incoming))
        return same and (self.read_until, self.newest) == (store.newest_load(), _newest(store))


def prepare(
    store: Store,
    partnership: Partnership,
    incoming: Sequence[Incoming],
    progress: ProgressCallback,
    before: Prepared | None = None,
    shelf: Shelf = NO_SHELF,
) -> Prepared:
    """Read all that is loaded with these tables, and protect small counts; `before` is taken where it still holds.

    What `shelf` has from an earlier publication is not worked out again.

    Raises StoreError where a hidden count could be worked out too closely.
    """
    if before is not None and before.holds(store, incoming):
        return before
    from data.publishing.publish import as_built, protections, refuse_unsafe

    progress(0.05, "Læser alt, der er indlæst")
    newest = _newest(store)
    read_until, loaded = store.trial(incoming)
    loaded, newest_names = as_built(loaded, partnership)
    loaded[SHARES_BEFORE] = shares_before(store, [each.id for each in partnership.audiences], newest_names)
    progress(0.1, "Beskytter små tal")
    protected = protections(store, partnership, loaded, newest_names, shelf)
    for each in protected.values():
        refuse_unsafe(each)
    return Prepared(tuple(incoming), read_until, newest, loaded, protected)


def _is(one: object, other: object) -> bool:
    return one is other


def _newest(store: Store) -> int | None:
    heads = store.releases(drafts=True)
    return heads[0].id if heads else None
