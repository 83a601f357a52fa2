"""The settings file partnership.toml as a contract: what may stand in it, its check, and a new one to begin with."""
