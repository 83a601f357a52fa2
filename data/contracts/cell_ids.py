"""Whether a grid cell that a file names exists: the contract is as strict as the grid itself."""

from data.contracts.values import UnreadableError
from geo.grid import EASTINGS, NORTHINGS, Cell, parse


def existing_cell(text: str) -> str:
    """The id as it stands; raises UnreadableError, with the cell that may be meant, where the grid has no such cell.

    Text that is no id at all is left for the pattern of the contract to refuse.
    """
    try:
        parse(text)
    except ValueError:
        prefix, _, numbers = text.partition("_")
        size = {"100m": 100, "250m": 250, "1km": 1000}.get(prefix)
        parts = numbers.split("_")
        if size is None or len(parts) != 2 or not all(part.isdecimal() for part in parts):
            return text
        unit = 10 if size == 250 else size
        north, east = (int(part) * unit for part in parts)
        if not (NORTHINGS[0] <= north < NORTHINGS[1] and EASTINGS[0] <= east < EASTINGS[1]):
            raise UnreadableError(
                "feltet ligger uden for Danmark", "Ret feltets navn; nord står først, fx 250m_618125_71925"
            ) from None
        near = Cell(size, north // size * size, east // size * size).id
        raise UnreadableError(
            f"feltet findes ikke: hjørnet af et felt på {size} meter ligger på hele {size} meter",
            f"Ret feltets navn; stedet ligger i {near}",
        ) from None
    return text


def existing_cells(text: str) -> str:
    """The ids of cells parted by semicolons as they stand; raises as `existing_cell` for one that does not exist."""
    for cell in text.split(";"):
        existing_cell(cell)
    return text
