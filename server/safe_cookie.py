"""Every cookie leaves with what browsers need to keep it safe."""

from http.cookies import CookieError, SimpleCookie

from server.streamlit_internals import IDENTITY_COOKIES, SCRIPTS_MAY_READ


def safe_cookie(cookie: str, *, secure: bool, path: str = "") -> str:
    """A Set-Cookie value that no script reads (but for one), no other site sends, and https alone carries.

    With a path, one that is for the whole host is for what lies below the path alone; an identity, which Streamlit also
    takes off the whole host, stays where it is said to be.
    """
    try:
        (morsel,) = SimpleCookie(cookie).values()
    except (CookieError, ValueError):
        return cookie
    if morsel.key not in SCRIPTS_MAY_READ:
        morsel["httponly"] = True
    if not morsel["samesite"]:
        morsel["samesite"] = "Lax"
    if secure:
        morsel["secure"] = True
    if path and morsel["path"] in ("", "/") and not morsel.key.startswith(IDENTITY_COOKIES):
        morsel["path"] = path
    return morsel.OutputString()
