"""Keeps small counts hidden: what may be shown of a table whose totals are shown too, and how well it is hidden.

`cube` lays out the cells of a fixed lattice, `protect` decides which of them to show, `audit` says how closely an
attacker who knows everything shown can determine the rest.
"""

from analysis.disclosure.audit import audit
from analysis.disclosure.axes import REMAINDER, Sum, is_unseen, overlap
from analysis.disclosure.lattice import Cube, cube
from analysis.disclosure.protection import protect

__all__ = ["REMAINDER", "Cube", "Sum", "audit", "cube", "is_unseen", "overlap", "protect"]
