"""Files that are nearly right: cut, doubled, spliced and sprinkled with what readers stumble over."""

from hypothesis import strategies as st

from tests.fuzz.targets import Target, repacked

# What has tripped readers elsewhere: ends of text, quotes, separators, huge and odd numbers, markup, formulas.
AWKWARD = (
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"\r", b";;;;", b"\x1f", b"1e999", b"-0", b"NaN", b"9" * 40,
    b"\xc3", b"=1+1", b"<", b"]]>", b"&a;", b"{", b"[" * 200, b"null", b"\\u0000", b"-1", b"0", b"\xf0\x9f\x92\xa9",
    b"2025K5", b"\xcc\x81" * 20, b"18446744073709551616", b"inf",
)  # fmt: skip


@st.composite
def changes(draw: st.DrawFn, content: bytes) -> bytes:
    """The content after a few changes."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = draw(st.integers(start, min(len(content), start + 64)))
        kind = draw(st.sampled_from(("cut", "put", "bits", "double", "end")))
        if kind == "cut":
            content = content[:start] + content[end:]
        elif kind == "put":
            content = content[:start] + draw(st.sampled_from(AWKWARD)) + content[end:]
        elif kind == "bits":
            content = content[:start] + draw(st.binary(max_size=8)) + content[start:]
        elif kind == "double":
            content = content[:end] + content[start:end] * draw(st.integers(1, 50)) + content[end:]
        else:
            content = content[:start]
    return content


@st.composite
def files(draw: st.DrawFn, target: Target) -> bytes:
    """Any file at all, one that is nearly right, or an archive one of whose members is nearly right."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=400))
    seed = draw(st.sampled_from(target.seeds()))
    if target.is_archive and draw(st.booleans()):
        return repacked(seed, lambda content: draw(changes(content)), draw(st.integers(0, 20)))
    return draw(changes(seed))
