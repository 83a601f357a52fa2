"""The page Data: the secretariat's quarter, from files to a published release, and back."""
