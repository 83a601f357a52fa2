"""What a component of ours runs in the browser: its own script, after what all of them begin with."""

from pathlib import Path

_SHARED = Path(__file__).with_name("mount.js")


def with_mount(script: Path) -> str:
    """A component's script in a file, after `mounted`, `redrawn` and `made`, which make its elements."""
    return _SHARED.read_text("utf-8") + script.read_text("utf-8")
