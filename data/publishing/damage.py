"""What damage in the database means for publishing: what stands in the way, and what one may go on in spite of."""

from collections.abc import Sequence

from data import danish
from data.store import DamagedError, DamagedReleaseError, Incoming, Store
from data.store.verification import DATABASE, LOAD, RELEASE, Damage, in_one_line, verify

_NOT_PUBLISHED = "Der er ikke udgivet noget."


def refuse_damaged(store: Store, incoming: Sequence[Incoming] = (), *, despite_damage: bool = False) -> list[str]:
    """Raise DamagedError where what is to be published rests on something damaged.

    A load that `incoming` brings back, because it is the same file, does not stand in the way. Nor, where
    `despite_damage` is given, do damaged earlier releases: what readers saw in them is then not reckoned with. Their
    numbers are returned, to be written down. Links and the log change no figure, and are told at /klar instead.
    """
    damage = verify(store.engine, thorough=False)
    brought = {(table.kind, table.checksum) for table in incoming}
    back = {str(load.id) for load in store.loads() if (load.kind, load.checksum) in brought}
    figures = [each for each in damage if each.what in (LOAD, DATABASE) and each.number not in back]
    if figures:
        raise DamagedError(f"{_NOT_PUBLISHED} {in_one_line(figures)}")
    earlier = [each for each in damage if each.what == RELEASE]
    if earlier and not despite_damage:
        raise DamagedReleaseError(_said(earlier))
    return [each.number for each in earlier]


def _said(earlier: Sequence[Damage]) -> str:
    one = len(earlier) == 1
    them = f"udgave {earlier[0].number}" if one else f"udgaverne {danish.join(each.number for each in earlier)}"
    return (
        f"{_NOT_PUBLISHED} {in_one_line(earlier)} Uden {them} kan ingen regne efter, om nye tal sammen med de gamle "
        f"røber et skjult tal. Hent {'den' if one else 'dem'} tilbage først, eller udgiv trods skaden: --despite-damage"
    )
