"""Publishing for many partnerships at once: cut into pieces, each built on its own, and put together in one release."""
