"""The settings file partnership.toml as a contract: what may stand in it, the check of it, and a new one to begin with."""
