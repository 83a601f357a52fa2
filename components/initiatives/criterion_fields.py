"""The fields of a criterion: what they begin as, what one can choose, and the draft they hold just now."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from components.forms.entry import faults_at, is_open
from components.initiatives.criterion_row import OPENED, latest_criteria
from components.session import Screen, our_store
from data import clock, danish, entries
from data.calendar import is_year
from data.records import Row, records
from data.release.criterion_drafts import Draft, TargetIs, draft_of

MEASURES = {"survey": "Tryghedsmåling", "incidents": "Anmeldelser", "activity": "Egne aktiviteter"}
TARGETS = {"level": "Et niveau", "change": "En forbedring", "gap": "En afstand til et andet område"}
DIRECTIONS = {1: "Mere er bedre", -1: "Mindre er bedre"}
WAVES = {1: "Én måling ad gangen", 2: "To målinger lagt sammen", 3: "Tre målinger lagt sammen"}
USUAL_MARGIN = 2.0
PLANNED = (
    "Hvor mange der skal svare, når der måles igen. Tomt er som sidst. Antallet låses ikke med målet: aftal det med "
    "dem, der spørger."
)
"""Percentage points a share may lag behind its plan before it counts as behind."""
YEARS_AHEAD = 9
OWN_FIELDS = ("initiative_id", "indicator", "area_ids", "baseline_period", "target", "deadline", "margin", "tolerance")
"""The columns whose widgets stand here, each with its faults below it."""
_BEGUN = "criterion_begun"


# Where the form begins --------------------------------------------------------------------------------------------


def begun() -> Row:
    """What the form began from: criterion_id ("" for a new one), based_on, author, purpose_id."""
    return dict(st.session_state.get(_BEGUN, {}))


def form_name() -> str:
    """The name the form of this criterion is remembered by."""
    return f"criterion_{begun().get('criterion_id') or 'nyt'}"


def begin_if_asked() -> None:
    """Fill the form when another page has asked for a criterion, at the first visit, and after each adoption.

    The version one began from is kept, so that nobody else's change is overwritten in silence.
    """
    asked: Row | None = st.session_state.pop(OPENED, None)
    first = begun()
    if asked is not None:
        _begin(asked["criterion_id"], asked["initiative_id"])
    elif not first:
        _begin("", "")
    elif not is_open(form_name()):
        # It has been adopted, or somebody else's version was chosen: the fields follow what stands now.
        _begin(first["criterion_id"], value("initiative_id") or "")


def _begin(criterion_id: str, initiative_id: str) -> None:
    rows = latest_criteria()
    standing = records(rows[rows["criterion_id"] == criterion_id])
    row = standing[0] if standing else {}
    _clear()
    st.session_state[_BEGUN] = {
        "criterion_id": criterion_id if row else "",
        "based_on": row.get("load_id"),
        "author": row.get("author", ""),
        "purpose_id": row.get("purpose_id", ""),
    }
    initiative = row.get("initiative_id", initiative_id)
    if initiative:
        _put("initiative_id", initiative)
    if row:
        fill(draft_of(row))


def _clear() -> None:
    for key in [key for key in st.session_state if str(key).startswith(_key(""))]:
        del st.session_state[key]


def fill(draft: Draft) -> None:
    """Put a draft into the fields; also for the buttons that mend one."""
    measure, share = draft.measure, draft.measure == "survey"
    _put("measure", measure)
    _put(f"indicator_{measure}", draft.indicator)
    _put("areas", list(draft.area_ids))
    _put(f"baseline_{measure}", draft.baseline_period)
    _put(f"target_is_{measure}", draft.target_is)
    _put(f"target_{measure}_{draft.target_is}", round(100 * draft.target, 1) if share else int(draft.target))
    _put(f"direction_{measure}_{draft.indicator}", draft.direction)
    _put("deadline", draft.deadline)
    _put("waves", draft.waves)
    if measure != "activity":
        put_tolerance(measure, draft.tolerance)
    if share:
        _put("margin", round(100 * draft.margin, 1))
        _put("answers", int(draft.answers) or None)


def put_answers(answers: float, tolerance: float) -> None:
    """Put how many are to answer, and the tolerance that goes with it, into their fields."""
    _put("answers", int(answers))
    put_tolerance("survey", tolerance)


def put_tolerance(measure: str, tolerance: float) -> None:
    """Put a tolerance (a share, or a count a year) into its field; also for the button that offers one."""
    _put(f"tolerance_{measure}", round(100 * tolerance, 2) if measure == "survey" else float(tolerance))


# Fields -----------------------------------------------------------------------------------------------------------


def about_what(screen: Screen) -> None:
    """Initiative, measure, indicator and areas."""
    rows = initiatives()
    _select("initiative_id", "Indsats", dict(zip(rows["initiative_id"], rows["title"], strict=True)))
    _faults("initiative_id")
    left, right = st.columns(2)
    with left:
        measure = _select("measure", "Måles med", MEASURES)
    offered = {
        "survey": titles(screen.partnership.indicators),
        "incidents": titles(screen.partnership.categories),
        "activity": {kind.id: danish.opening(kind.many) for kind in screen.partnership.activity_kinds},
    }[measure]
    with right:
        _select(f"indicator_{measure}", "Indikator", offered)
        _faults("indicator")
    names = area_names(screen)
    st.multiselect("Områder", list(names), format_func=names.__getitem__, key=_key("areas"),
                   placeholder="Vælg områder", persist_state="session")  # fmt: skip
    _faults("area_ids")


def how_far(screen: Screen) -> None:
    """Baseline, target, direction, deadline, margin, waves and tolerance."""
    measure = value("measure")
    if measure != "activity":
        left, right = st.columns(2)
        with left:
            offered = {code: danish.period(code) for code in _periods(screen, measure)}
            _select(f"baseline_{measure}", "Udgangspunkt", offered, newest=True)
            _faults("baseline_period")
        with right:
            targets = {kind: word for kind, word in TARGETS.items() if kind != "gap" or measure == "survey"}
            _select(f"target_is_{measure}", "Målet er", targets)
    left, right = st.columns(2)
    with left:
        _target(screen, measure)
        _faults("target")
    with right:
        usual = _usual_direction(screen, measure)
        _select(f"direction_{measure}_{value(f'indicator_{measure}')}", "Retning", DIRECTIONS, first=usual)
    left, right, last = st.columns(3)
    with left:
        this_year = clock.today().year
        _select("deadline", "Frist", [str(this_year + ahead) for ahead in range(1, YEARS_AHEAD + 1)])
        _faults("deadline")
    if measure == "survey":
        with right:
            meaning = "Hvor langt en måling må ligge fra planen, før området er bagud"
            st.session_state.setdefault(_key("margin"), USUAL_MARGIN)
            st.number_input("Margen (pct.point)", 0.0, 50.0, step=0.5, format="%g", key=_key("margin"),
                            help=meaning, persist_state="session")  # fmt: skip
            _faults("margin")
        with last:
            _select("waves", "Målinger", WAVES)
    if measure != "activity":
        left, right, _ = st.columns(3)
        with left:
            _tolerance(measure)
        with right:
            if measure == "survey":
                st.number_input("Svar i hver måling", 1, 100_000, value=None, step=10, key=_key("answers"),
                                placeholder="Som sidst", help=PLANNED, persist_state="session")  # fmt: skip
        _faults("tolerance")


def _tolerance(measure: str) -> None:
    key, share = _key(f"tolerance_{measure}"), measure == "survey"
    st.session_state.setdefault(key, 0.0)
    most, step = (50.0, 0.5) if share else (1e6, 1.0)
    meaning = "Så langt fra målet tallet må ligge og stadig regnes som opfyldt. Den låses med målet."
    label = f"Tolerance ({'pct.point' if share else 'antal om året'})"
    st.number_input(label, 0.0, most, step=step, format="%g", key=key, help=meaning, persist_state="session")


def _faults(column: str) -> None:
    faults_at(form_name(), "criteria", column)


def _target(screen: Screen, measure: str) -> None:
    kind = "level" if measure == "activity" else value(f"target_is_{measure}")
    unit = {"survey": "pct." if kind == "level" else "pct.point", "incidents": "antal om året", "activity": "antal"}
    label = {"level": "Mål", "change": "Forbedring", "gap": "Største afstand tilbage"}[kind]
    key, most = _key(f"target_{measure}_{kind}"), {"survey": 100.0, "incidents": 10**6, "activity": 10**6}[measure]
    start: Any = {"value": None, "min_value": type(most)(0), "max_value": most, "step": type(most)(1)}
    st.number_input(f"{label} ({unit[measure]})", **start, key=key, format="%g" if measure == "survey" else None,
                    persist_state="session")  # fmt: skip
    if kind == "gap":
        _select("compared_with", "Sammenlignet med", area_names(screen))


def _select(
    name: str,
    label: str,
    options: Mapping[Any, str] | Sequence[str],
    *,
    first: Any = None,
    newest: bool = False,
) -> Any:
    """A choice that keeps a value it was given, even one it would not offer itself."""
    words = dict(options) if isinstance(options, Mapping) else {each: each for each in options}
    given = value(name)
    if given is not None and given not in words:
        words = {given: danish.period(str(given))} | words
    if given is None and words:
        _put(name, first if first is not None else list(words)[-1 if newest else 0])
    return st.selectbox(label, list(words), format_func=words.__getitem__, key=_key(name), persist_state="session")


def _periods(screen: Screen, measure: str) -> list[str]:
    """The waves, or the whole years with final counts, that one can begin from."""
    if measure == "survey":
        rows = screen.release.survey
        return sorted(rows.loc[rows["indicator"] == value("indicator_survey"), "wave"].unique())
    rows = screen.release.incidents
    final = rows[(rows["state"] == "published") & is_year(rows["period"])]
    return sorted(final["period"].unique())


def _usual_direction(screen: Screen, measure: str) -> int:
    if measure == "survey":
        return screen.partnership.indicator(value("indicator_survey")).direction
    return -1 if measure == "incidents" else 1


# What has been typed ----------------------------------------------------------------------------------------------


def typed_draft() -> Draft | None:
    """The criterion as it stands in the fields; None while areas or target are missing."""
    measure = value("measure")
    kind: TargetIs = "level" if measure == "activity" else value(f"target_is_{measure}")
    target, areas = value(f"target_{measure}_{kind}"), value("areas")
    if target is None or not areas:
        return None
    share, indicator = measure == "survey", value(f"indicator_{measure}")
    direction = value(f"direction_{measure}_{indicator}")
    amount = round(target / 100, 4) if share else float(target)
    return Draft(
        measure=measure,
        indicator=indicator,
        area_ids=tuple(areas),
        baseline_period="" if measure == "activity" else value(f"baseline_{measure}"),
        # One writes how much better it is to be; the draft wants the change with its sign.
        target=direction * amount if kind == "change" else amount,
        deadline=value("deadline"),
        target_is=kind,
        direction=direction,
        margin=round(value("margin") / 100, 4) if share else 0.0,
        compared_with=value("compared_with") or "" if kind == "gap" else "",
        waves=value("waves") if share else 1,
        tolerance=typed_tolerance(measure),
        answers=float(value("answers") or 0) if share else 0.0,
    )


def typed_tolerance(measure: str) -> float:
    """The tolerance in the unit of its measure, a share or a count a year; activities have none."""
    typed = value(f"tolerance_{measure}") or 0.0
    return round(typed / 100, 4) if measure == "survey" else float(typed)


# What the form is made of -----------------------------------------------------------------------------------------


def _key(name: str) -> str:
    return f"criterion_field_{name}"


def value(name: str) -> Any:
    """What stands in a field just now; None where nothing does."""
    return st.session_state.get(_key(name))


def _put(name: str, given: Any) -> None:
    st.session_state[_key(name)] = given


def titles(named: Sequence[Any]) -> dict[str, str]:
    """Id and title of things that are named."""
    return {each.id: each.title for each in named}


def area_names(screen: Screen) -> dict[str, str]:
    """Id and name of the areas the audience knows."""
    return dict(zip(screen.release.areas["area_id"], screen.release.areas["name"], strict=True))


def initiatives() -> pd.DataFrame:
    """The initiatives that stand, published or not."""
    return entries.standing(our_store(), "initiatives")
