"""What a table must keep to be loaded: its columns, how they are read and checked, and how a fault is told."""

from data.contracts.definitions import CONTRACTS
from data.contracts.problems import ContractError, Problem
from data.contracts.validation import check

__all__ = ["CONTRACTS", "ContractError", "Problem", "check"]
