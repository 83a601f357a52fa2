"""The methods in everyday Danish, each with an example from the release at hand and the literature it rests on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from components.session import Screen
from data import danish, sentences
from data.calendar import is_year
from data.records import Row, records
from data.release import records_of
from data.sentences.trends import since_the_series_began

LEAD = "Hvert tal står med sin usikkerhed, sit antal svar og sin kilde. Her står, hvordan de er gjort op."
"""What stands below the title of the page."""


@dataclass(frozen=True)
class Method:
    """One method: a question a reader may have, the answer, an example from the release, and the source."""

    question: str
    answer: str
    example: Callable[[Screen], str]
    source: str


def example_of(screen: Screen, method: Method) -> str:
    """The example of a method, found once for each release."""
    return screen.release.get_or_make(("example of a method", method.question), lambda: method.example(screen))


def _survey(screen: Screen) -> pd.DataFrame:
    names = screen.release.areas.set_index("area_id")["name"]
    rows = screen.release.survey
    rows = rows[rows["indicator"] == screen.partnership.first_indicator.id]
    return rows.assign(name=rows["area_id"].map(names)).sort_values("wave", ascending=False, kind="stable")


def _incidents(screen: Screen) -> pd.DataFrame:
    names = screen.release.areas.set_index("area_id")["name"]
    rows = screen.release.incidents
    rows = rows[~is_year(rows["period"])]
    return rows.assign(name=rows["area_id"].map(names)).sort_values("period", ascending=False, kind="stable")


def _first(rows: pd.DataFrame, say: Callable[[Row], str]) -> str:
    if rows.empty:
        return "Der er ikke et eksempel i denne udgave."
    row = records(rows.head(1))[0]
    return say(row) + (" (eksempeldata)" if row["provenance"] == "example" else "")


def _interval_example(screen: Screen) -> str:
    indicator = screen.partnership.first_indicator
    rows = _survey(screen)
    return _first(rows[rows["low"].notna() & rows["n_eff"].notna()], lambda row: sentences.survey_level(row, indicator))


def _unknown_example(screen: Screen) -> str:
    indicator = screen.partnership.first_indicator
    rows = _survey(screen)
    return _first(
        rows[rows["n_eff"].isna() & rows["share"].notna()], lambda row: sentences.survey_level(row, indicator)
    )


def _change_example(screen: Screen) -> str:
    indicator = screen.partnership.first_indicator
    rows = _survey(screen)
    return _first(rows[rows["change_low"].notna()], lambda row: sentences.survey_figure(row, indicator))


def _break_example(screen: Screen) -> str:
    rows = _survey(screen)
    broken = rows[(rows["previous_wave"] != "") & ~rows["comparable"] & (rows["state"] == "published")]
    return _first(broken, lambda row: f"{row['name']} {danish.period(row['wave'])}: {sentences.survey_change(row)}")


def _quality_example(screen: Screen) -> str:
    rows = _survey(screen)
    counts = rows["quality"].value_counts()
    lines = [
        f"{danish.number(counts[letter])} {letter} ({words})"
        for letter, words in sentences.QUALITY_WORDS.items()
        if letter in counts
    ]
    unknown = int((rows["quality"] == "").sum())
    return f"{screen.partnership.first_indicator.title}: {danish.join([*lines, f'{unknown} uden kendt usikkerhed'])}."


def _family_example(screen: Screen) -> str:
    rows = _survey(screen)
    tested = rows[rows["changed"] != ""]
    if tested.empty:
        return "Der er ikke et eksempel i denne udgave."
    family = tested[(tested["wave"] == tested.iloc[0]["wave"]) & (tested["level"] == tested.iloc[0]["level"])]
    when = danish.in_period(family.iloc[0]["wave"])
    moved = int((family["changed"] != "unchanged").sum())
    return (
        f"{when[0].upper()}{when[1:]} blev {danish.plural(len(family), 'område', 'områder')} prøvet på én gang; "
        f"{danish.number(moved)} kom ud som en påviselig ændring."
    )


def _count_example(screen: Screen) -> str:
    rows = _incidents(screen)
    category = screen.partnership.first_category
    rows = rows[
        (rows["category"] == category.id) & rows["low"].notna() & (rows["area_id"].isin(screen.partnership.members))
    ]
    return _first(rows, lambda row: sentences.incident_level(row, category))


def _last_year_example(screen: Screen) -> str:
    rows = _incidents(screen)
    rows = rows[(rows["state"] == "published") & rows["last_year"].notna() & (rows["level"] == "housing_area")]
    return _first(
        rows,
        lambda row: f"{row['name']}: {sentences.incident_change(row, screen.partnership.category(row['category']))}",
    )


def _mass_example(screen: Screen) -> str:
    rows = _incidents(screen)
    rows = rows[rows["mass"] & rows["area_id"].isin(screen.partnership.members)]
    return _first(rows, lambda row: sentences.incident_level(row, screen.partnership.category(row["category"])))


def _signal_example(screen: Screen) -> str:
    rows = _incidents(screen)
    rows = rows[rows["signal"].isin(["outside", "shift", "trend", "three_of_three", "two_of_three"])]
    return _first(
        rows,
        lambda row: (
            f"{row['name']}, {danish.period(row['period'])}: {danish.number(row['count'])} "
            f"{screen.partnership.category(row['category']).noun}; de sædvanlige udsving går fra "
            f"{danish.number(max(row['lower'], 0))} til {danish.number(row['upper'])}."
        ),
    )


def _hidden_example(screen: Screen) -> str:
    rows = _incidents(screen)
    hidden = rows[rows["state"] == "hidden"]
    return _first(hidden, lambda row: sentences.incident_level(row, screen.partnership.category(row["category"])))


def _trend_example(screen: Screen) -> str:
    rows = records_of(screen.release, "trends")
    told = [row for row in rows if not row["reason"]]
    moved = [row for row in told if row["verdict"] in ("better", "worse")] or told
    return _of_record(screen, moved, lambda row: f"{row['sentence']}, {since_the_series_began(row)}.")


def _limits_example(screen: Screen) -> str:
    rows = _incidents(screen)
    moved = rows[rows["limits_moved"].astype(bool)] if "limits_moved" in rows else rows.iloc[:0]
    if moved.empty:
        return _first(moved, str)
    row = records(moved.head(1))[0]
    series = rows[(rows["area_id"] == row["area_id"]) & (rows["category"] == row["category"])]
    title = screen.partnership.category(row["category"]).title
    return f"{title}, {row['name']}: {sentences.limits_sentence(series)}"


def _model_example(screen: Screen) -> str:
    return _of_record(screen, records_of(screen.release, "modelled")[-1:], lambda row: str(row["sentence"]))


def _sham_example(screen: Screen) -> str:
    told = [str(row["sentence"]) for row in records_of(screen.release, "sham_windows") if row["sentence"]]
    return told[0] if told else _first(screen.release.survey.iloc[:0], str)


def _final_example(screen: Screen) -> str:
    rows = screen.release.criteria
    return _first(rows[rows["status"].isin(["met", "not_met"])], lambda row: str(row["sentence"]))


def _of_record(screen: Screen, rows: Sequence[Row], say: Callable[[Row], str]) -> str:
    """The first of some rows in words, with the area it is about."""
    return _first(pd.DataFrame(rows[:1]), lambda row: f"{screen.release.name_of(row['area_id'])}: {say(row)}")


def _criterion_example(screen: Screen) -> str:
    rows = screen.release.criteria
    return _first(rows[rows["status"] == "undecided"], lambda row: str(row["sentence"]))


METHODS = (
    Method(
        "Hvad betyder »63–74 pct.«?",
        "Kun nogle beboere er spurgt. Intervallet viser, hvor tallet for alle beboere rimeligvis ligger: 95 af 100 "
        "intervaller, der er regnet på denne måde, rammer rigtigt. Jo flere svar, jo smallere interval. Svar, der er "
        "vægtet, tæller lidt mindre; er vægtningens betydning ukendt, regner vi med 1,5 og skriver »antaget«.",
        _interval_example,
        "Wilson 1927; Newcombe 1998, Statistics in Medicine 17, s. 857.",
    ),
    Method(
        "Hvorfor står der »usikkerheden kendes ikke«?",
        "Nogle tal er offentliggjort uden antal svar. Så kan ingen sige, hvor sikre de er. Vi viser tallet, men det "
        "indgår ikke i nogen sammenligning. Har kilden selv sat et interval på, viser vi det som kildens eget; heller "
        "ikke det tal prøves mod andre.",
        _unknown_example,
        "Metodevalg i dette overblik.",
    ),
    Method(
        "Hvornår er en ændring påviselig?",
        "Når intervallet for selve ændringen ikke rummer nul, også efter at vi har taget højde for, at mange områder "
        "prøves på én gang. At to intervaller overlapper, er ikke en prøve.",
        _change_example,
        "Newcombe 1998, Statistics in Medicine 17, s. 873 (metode 10).",
    ),
    Method(
        "Hvad med alle de områder, der prøves på én gang?",
        "Prøver man nok områder, ser noget altid ud til at have flyttet sig. Derfor er alle områder på samme niveau én "
        "familie, og højst 5 pct. af de ændringer, vi melder ud, må ventes at være tilfældige. Dine filtre ændrer "
        "aldrig familien og derfor heller aldrig en konklusion.",
        _family_example,
        "Benjamini og Hochberg 1995, JRSS B 57, s. 289.",
    ),
    Method(
        "Hvad er »Udvikling over år«?",
        "En lille ændring hvert år kan være for lille til at ses fra en måling til den næste og alligevel være sikker "
        "over flere. Derfor lægges en ret linje gennem mindst fire sammenlignelige målinger i træk; målinger med mange "
        "svar tæller mest. Svaret siger, hvor mange målinger det hviler på, og står ved siden af den nyeste ændring, "
        "aldrig i stedet for den. Alle områder på samme niveau er også her én familie.",
        _trend_example,
        "Vægtede mindste kvadraters metode med kendte varianser; Benjamini og Hochberg 1995.",
    ),
    Method(
        "Hvad er modellen for små områder?",
        "Få svar gør et områdes tal usikkert. Modellen trækker det mod gennemsnittet af de områder, der er spurgt på "
        "samme måde, mest hvor svarene er få. Den står ved siden af områdets eget tal på områdets side og afgør aldrig "
        "noget. Og da en rækkefølge af områder let er tilfældig, står der altid, hvor stor chancen er for, at det "
        "dårligste tal også i virkeligheden er det dårligste. Chancen tager højde for, at områderne ligner hinanden "
        "mere, end de målte tal gør, og at ingen ved, hvor meget.",
        _model_example,
        "Fay og Herriot 1979, JASA 74, s. 269; Prasad og Rao 1990, JASA 85, s. 163; Marshall og Spiegelhalter 1998, "
        "BMJ 316, s. 1701; Gelman 2006, Bayesian Analysis 1, s. 515.",
    ),
    Method(
        "Hvornår kan to målinger ikke sammenlignes?",
        "Når der er spurgt på en anden måde, eller området er tegnet om. Så brydes linjen, og der prøves ikke.",
        _break_example,
        "Metodevalg i dette overblik.",
    ),
    Method(
        "Hvad betyder A, B, C og D?",
        "A: højst 5 pct.point til hver side. B: højst 10, brug med forsigtighed. C: under 15, meget usikker; skraveret "
        "på kortet og uden pil. D vises ikke: under 30 svar, eller for usikkert til at sige noget.",
        _quality_example,
        "Metodevalg i dette overblik.",
    ),
    Method(
        "Har anmeldelser også usikkerhed?",
        "Ja. De er talt op, men antallet svinger tilfældigt fra kvartal til kvartal. Intervallet viser, hvor stort "
        "udsving alene tilfældet kan give, og er bredere, hvor tallene plejer at svinge mere end rent tilfældigt.",
        _count_example,
        "Byar (Breslow og Day 1987); eksakt Poisson (Garwood 1936) under 10.",
    ),
    Method(
        "Hvorfor sammenlignes med samme kvartal året før?",
        "Fordi årstiden betyder noget. Et kvartal sammenlignes aldrig med kvartalet før. Er et af tallene under 20, "
        "skriver vi »fra 7 til 4« og ingen procent.",
        _last_year_example,
        "Eksakt betinget prøve (Przyborowski og Wilenski 1940).",
    ),
    Method(
        "Hvad er en masseregistrering?",
        "Nogle gange registreres mange sager på én dag. Sådan et kvartal vises og mærkes, men det holdes ude af "
        "gennemsnit og sammenligninger.",
        _mass_example,
        "Egen regel: langt over seriens median, målt med medianen af afvigelserne.",
    ),
    Method(
        "Hvornår er et kvartal usædvanligt?",
        "Når det falder uden for de sædvanlige udsving, eller når syv kvartaler i træk ligger på samme side af "
        "gennemsnittet eller går samme vej. Foreløbige tal, oftest det nyeste kvartal, afgør intet alene. Årlige "
        "målinger får ikke sådanne grænser.",
        _signal_example,
        "Shewhart 1931; NHS Making Data Count.",
    ),
    Method(
        "Hvorfor flytter grænserne sig?",
        "Et område, der varigt er kommet ned på et nyt niveau, skal ikke måles med grænser fra det gamle. Når syv "
        "kvartaler i træk ligger på samme side, og niveauet bliver der i mindst 13, regnes grænserne om fra skiftet; "
        "en lodret streg viser hvor, og under billedet står hvornår og af hvor mange kvartaler. Har årstiden "
        "betydning, følger grænserne den.",
        _limits_example,
        "NHS England, Making Data Count 2019.",
    ),
    Method(
        "Hvorfor står der »skjules (få hændelser)«?",
        "I et boligområde med 1–4 anmeldelser kan nogen måske regne ud, hvem det handler om. Derfor skjules så små tal "
        "for alle andre end ledelsen og politiet. Nogle gange skjules også et nul eller et større tal, fordi det lille "
        "ellers kunne regnes ud ved at trække fra. Hvert skjult tal prøves: Ingen skal kunne regne det ud tættere end "
        "et spænd på 4, medmindre kommunens egne, offentlige tal i sig selv er så små. Intervaller, mål og sætninger "
        "er regnet af de tal, der vises. Er et tal først skjult, bliver det ved med at være det.",
        _hidden_example,
        "Hundepool m.fl. 2012, Statistical Disclosure Control, kapitel 4.",
    ),
    Method(
        "Hvordan afgøres et succeskriterium?",
        "Tallet i dag, med usikkerhed, holdes op mod den lige vej fra udgangspunktet til målet. Kun det, usikkerheden "
        "ikke kan forklare, bliver til »Opfyldt«, »På sporet«, »Bagud« eller »Ikke opfyldt«. Ellers står der »Kan ikke "
        "afgøres«, hvad tallet peger mod, og hvor mange svar der skulle til. Et mål prøves kun til én side. "
        "Derfor afgøres mål med 90 pct.-intervaller, mens andre tal vises med 95 pct.-intervaller.",
        _criterion_example,
        "MOVER: Zou og Donner 2008, Statistics in Medicine 27, s. 1693. Prøves ensidet på 5 pct.-niveau.",
    ),
    Method(
        "Bliver et mål prøvet igen og igen?",
        "Ja, og kigger man tit nok, ser det før eller siden ud til at være nået. Derfor deler alle et måls målinger én "
        "fejl på 5 pct., og målingen ved fristen får det meste. Svaret ved fristen er endeligt: Senere målinger siger "
        "kun, om det holder. Et mål kan have en tolerance, aftalt fra begyndelsen: Så er det opfyldt, når tallet med "
        "statistisk sikkerhed ligger højst så langt fra målet. Uden den kan et mål, der nås på et hængende hår, "
        "sjældent bevises.",
        _final_example,
        "Lan og DeMets 1983, Biometrika 70, s. 659.",
    ),
    Method(
        "Kan man stole på en virkning?",
        "Hver metode prøves ved hver udgivelse på partnerskabets egne tal i perioder, hvor intet blev sat i gang. Så "
        "ofte, som den dér alligevel melder en virkning, tager den fejl, og det står ved hver virkning. En metode, der "
        "tager fejl i mere end 10 af 100 perioder, vises ikke som bevis. At holde et område op mod andre tæller "
        "først, når der er mindst fem at holde op imod.",
        _sham_example,
        "Newey og West 1987, Econometrica 55, s. 703; prøvede perioder: egne tal.",
    ),
)
