"""The two plain forms of an area's page: propose something, and tell of an insecure place. They need no script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from data import danish
from data.contracts.cooperation import ONE_LINE, PLACE_TYPES, TITLE
from data.suggestions import PLACE, PROPOSAL

LONGEST_TEXT = 1000
WARNING = (
    "Skriv ikke navne, adresser, telefonnumre eller nummerplader. Vi gemmer ikke, hvem der skriver, og kan derfor ikke "
    "svare dig personligt. Sekretariatet læser alt, før andre ser det. Ring 114 til politiet, og 112, hvis det haster."
)
THANKS = {
    PROPOSAL: "Tak for forslaget. Sekretariatet læser det, før det vises her på siden.",
    PLACE: "Tak for meldingen. Sekretariatet læser den, før stedet vises her på siden.",
}
CSS = (
    ".send{margin:.75rem 0}.send summary{border:1px solid var(--line);border-radius:4px;color:var(--primary);"
    "font-size:1rem;font-weight:600;min-height:44px;padding:.6rem .9rem}.send form{display:grid;gap:.9rem;"
    "margin:.75rem 0;max-width:34rem}.send label,.send .field>span{display:block;font-weight:600;margin-bottom:.25rem}"
    ".send :is(input,select,textarea){background:var(--paper);border:1px solid var(--muted);border-radius:4px;"
    "color:var(--ink);font:inherit;min-height:44px;padding:.5rem .6rem;width:100%}"
    ".send [aria-invalid]{border-color:var(--worse);border-width:2px}.wrong{color:var(--worse);margin:.25rem 0 0}"
    ".send button{background:var(--primary);border:1px solid var(--primary);border-radius:4px;color:var(--paper);"
    "font:inherit;font-weight:600;justify-self:start;min-height:44px;padding:.5rem 1.1rem}"
    ".said{border:1px solid var(--line);border-left:4px solid var(--better);border-radius:4px;margin:1rem 0;"
    "padding:.6rem .9rem}.said.bad{border-left-color:var(--worse)}@media print{.send,.said{display:none}}"
)


@dataclass(frozen=True)
class Forms:
    """What the forms are drawn from: the token, the landmarks offered, and what became of the last one sent.

    `typed` is what was typed in the form `sent`, `faults` says what is wrong with a field ("": with the whole).
    """

    token: str
    landmarks: Sequence[str]
    thanks: str = ""
    sent: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


def forms_html(forms: Forms) -> str:
    """Both forms, each folded until it is wanted or something in it is wrong."""
    types = [("", "Vælg"), *((kind, danish.opening(words)) for kind, words in PLACE_TYPES.items())]
    marks = [("", "Ved ikke, eller intet af dem"), *((name, name) for name in forms.landmarks)]
    proposal = (
        _input(forms, PROPOSAL, "title", "Forslaget på én linje", TITLE),
        _area(forms, PROPOSAL, "text", "Hvad, hvor og hvorfor", LONGEST_TEXT),
    )
    place = (
        _choice(forms, PLACE, "place_type", "Hvad slags sted er det?", types),
        _choice(forms, PLACE, "landmark", "Hvad ligger stedet ved?", marks),
        _area(forms, PLACE, "text", "Hvad gør stedet utrygt?", ONE_LINE),
    )
    return (
        f'<h2 id="send">Foreslå, eller meld et sted</h2>{_became(forms)}<p>{escape(WARNING)}</p>'
        f"{_form(forms, PROPOSAL, 'Foreslå noget', 'Send forslaget', proposal)}"
        f"{_form(forms, PLACE, 'Meld et utrygt sted', 'Send meldingen', place)}"
    )


def _became(forms: Forms) -> str:
    if forms.thanks in THANKS:
        return f'<p class="said" role="status">{escape(THANKS[forms.thanks])}</p>'
    if not forms.faults:
        return ""
    lines = "".join(
        f'<li><a href="#{forms.sent}-{name}">{escape(said)}</a></li>' if name else f"<li>{escape(said)}</li>"
        for name, said in forms.faults.items()
    )
    return f'<div class="said bad" role="alert"><p><strong>Det er ikke sendt endnu.</strong></p><ul>{lines}</ul></div>'


def _form(forms: Forms, name: str, title: str, send: str, fields: Sequence[str]) -> str:
    opened = " open" if forms.sent == name and forms.faults else ""
    hidden = f'<input type="hidden" name="form" value="{name}"><input type="hidden" name="token" value="{forms.token}">'
    return (
        f'<details class="send"{opened}><summary>{escape(title)}</summary><form method="post" action="#send">'
        f'{hidden}{"".join(fields)}<button type="submit">{escape(send)}</button></form></details>'
    )


def _input(forms: Forms, form: str, name: str, label: str, longest: int) -> str:
    value = escape(_typed(forms, form, name), quote=True)
    tag = f'<input type="text" {_about(forms, form, name)} maxlength="{longest}" required value="{value}">'
    return _field(forms, form, name, label, tag)


def _area(forms: Forms, form: str, name: str, label: str, longest: int) -> str:
    about = f'{_about(forms, form, name)} maxlength="{longest}" rows="3" required'
    return _field(forms, form, name, label, f"<textarea {about}>{escape(_typed(forms, form, name))}</textarea>")


def _choice(forms: Forms, form: str, name: str, label: str, choices: Sequence[tuple[str, str]]) -> str:
    chosen = _typed(forms, form, name)
    listed = "".join(
        f'<option value="{escape(value, quote=True)}"{" selected" if value == chosen else ""}>{escape(words)}</option>'
        for value, words in choices
    )
    required = " required" if name == "place_type" else ""
    return _field(forms, form, name, label, f"<select {_about(forms, form, name)}{required}>{listed}</select>")


def _field(forms: Forms, form: str, name: str, label: str, tag: str) -> str:
    wrong = ""
    if said := _fault(forms, form, name):
        wrong = f'<p class="wrong" id="{form}-{name}-fejl">{escape(said)}</p>'
    return f'<div class="field"><label for="{form}-{name}">{escape(label)}</label>{tag}{wrong}</div>'


def _about(forms: Forms, form: str, name: str) -> str:
    wrong = f' aria-invalid="true" aria-describedby="{form}-{name}-fejl"' if _fault(forms, form, name) else ""
    return f'id="{form}-{name}" name="{name}" autocomplete="off"{wrong}'


def _typed(forms: Forms, form: str, name: str) -> str:
    return forms.typed.get(name, "") if forms.sent == form else ""


def _fault(forms: Forms, form: str, name: str) -> str:
    return forms.faults.get(name, "") if forms.sent == form else ""
