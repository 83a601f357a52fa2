"""The path below which the app is served (`server.baseUrlPath`), and what a request's path says below it."""


def normalised(base: str) -> str:
    """The base as addresses begin with it: "" at the root of the host, else "/tryghed" without a slash at its end."""
    return f"/{base.strip('/')}".rstrip("/")


def below(path: str, base: str) -> str:
    """What a path says below a normalised base, beginning with a slash; a path that lies elsewhere stays as it is.

    "/tryghed" is the front page and "/tryghedens-dag" lies elsewhere: the base ends where a part of the path ends.
    """
    if path == base:
        return "/"
    return path.removeprefix(base) if path.startswith(f"{base}/") else path
