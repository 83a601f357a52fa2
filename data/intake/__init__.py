"""Files in: reading, checking and loading what partners and Statistics Denmark deliver."""
