"""From raw rows to aggregates, on the machine of whoever holds the rows: no database, no network, no row kept.

`python -m data aggregate incidents|survey` and the page that `make aggregate` opens are the two ways in. What comes out
is a workbook of counts and shares that passes `python -m data check`, with an account of every row that is not in it.
"""
