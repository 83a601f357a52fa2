"""What files of Danmarks Administrative Geografiske Inddeling are known by, and whom they are credited to."""

COLUMNS = ("dagi_id", "dagiid")
"""The columns that only such files have."""
CREDIT = "Klimadatastyrelsen, DAGI, CC BY 4.0"
