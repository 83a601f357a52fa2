"""What pages draw with: maps, charts, filters, status, tables and what the server sends with them."""
