"""The methods in everyday Danish, each with an example from the release at hand and the literature it rests on."""

from collections.abc import Callable
from dataclasses import dataclass

from components import method_examples as examples
from components.session import Screen

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


METHODS = (
    Method(
        "Hvad betyder »63–74 pct.«?",
        "Kun nogle beboere er spurgt. Intervallet viser, hvor tallet for alle beboere rimeligvis ligger: 95 af 100 "
        "intervaller, der er regnet på denne måde, rammer rigtigt. Jo flere svar, jo smallere interval. Svar, der er "
        "vægtet, tæller lidt mindre; er vægtningens betydning ukendt, regner vi med 1,5 og skriver »antaget«.",
        examples.interval_example,
        "Wilson 1927; Newcombe 1998, Statistics in Medicine 17, s. 857.",
    ),
    Method(
        "Hvorfor står der »usikkerheden kendes ikke«?",
        "Nogle tal er offentliggjort uden antal svar. Så kan ingen sige, hvor sikre de er. Vi viser tallet, men det "
        "indgår ikke i nogen sammenligning. Har kilden selv sat et interval på, viser vi det som kildens eget; heller "
        "ikke det tal sammenlignes med andre.",
        examples.unknown_example,
        "Metodevalg i dette overblik.",
    ),
    Method(
        "Hvad betyder »klart bedre« og »ingen klar ændring«?",
        "»Klart« betyder med statistisk sikkerhed: Ændringen er større, end tilfældet rimeligvis kan forklare. "
        "Intervallet for selve ændringen rummer ikke nul, heller ikke når vi tager højde for, at mange områder "
        "undersøges på én gang. »Ingen klar ændring« siger ikke, at intet er sket, men at tallene ikke kan vise det. "
        "Om intervallerne for to tal overlapper, afgør ikke noget.",
        examples.change_example,
        "Newcombe 1998, Statistics in Medicine 17, s. 873 (metode 10).",
    ),
    Method(
        "Hvad med alle de områder, der undersøges på én gang?",
        "Ser man på nok områder, ser noget altid ud til at have flyttet sig. Derfor vurderes alle områder på samme "
        "niveau under ét, så højst 5 pct. af de ændringer, vi melder ud, kan ventes at være tilfældige. Det sker, "
        "uanset hvilke områder du har valgt at se: Dine filtre ændrer aldrig en konklusion.",
        examples.family_example,
        "Benjamini og Hochberg 1995, JRSS B 57, s. 289.",
    ),
    Method(
        "Hvad er »Udvikling over år«?",
        "En lille ændring hvert år kan være for lille til at ses fra en måling til den næste og alligevel være sikker "
        "over flere. Derfor lægges en ret linje gennem mindst fire sammenlignelige målinger i træk; målinger med mange "
        "svar tæller mest. Svaret siger, hvor mange målinger det hviler på, og står ved siden af den nyeste ændring, "
        "aldrig i stedet for den. Også her vurderes alle områder på samme niveau under ét.",
        examples.trend_example,
        "Vægtede mindste kvadraters metode med kendte varianser; Benjamini og Hochberg 1995.",
    ),
    Method(
        "Hvad er modellen for små områder?",
        "Få svar gør et områdes tal usikkert. Modellen trækker det mod gennemsnittet af de områder, der er spurgt på "
        "samme måde, mest hvor svarene er få. Den står ved siden af områdets eget tal på områdets side og afgør aldrig "
        "noget. Og da en rækkefølge af områder let er tilfældig, står der altid, hvor stor chancen er for, at det "
        "dårligste tal også i virkeligheden er det dårligste. Chancen tager højde for, at områderne ligner hinanden "
        "mere, end de målte tal gør, og at ingen ved, hvor meget.",
        examples.model_example,
        "Fay og Herriot 1979, JASA 74, s. 269; Prasad og Rao 1990, JASA 85, s. 163; Marshall og Spiegelhalter 1998, "
        "BMJ 316, s. 1701; Gelman 2006, Bayesian Analysis 1, s. 515.",
    ),
    Method(
        "Hvornår kan to målinger ikke sammenlignes?",
        "Når der er spurgt på en anden måde, eller området er tegnet om. Så brydes linjen, og de to "
        "tal holdes ikke op mod hinanden.",
        examples.break_example,
        "Metodevalg i dette overblik.",
    ),
    Method(
        "Hvad betyder A, B, C og D?",
        "A: højst 5 pct.point til hver side. B: højst 10, brug med forsigtighed. C: under 15, meget usikker; skraveret "
        "på kortet og uden pil. D vises ikke: under 30 svar, eller for usikkert til at sige noget.",
        examples.quality_example,
        "Metodevalg i dette overblik.",
    ),
    Method(
        "Har anmeldelser også usikkerhed?",
        "Ja. De er talt op, men antallet svinger tilfældigt fra kvartal til kvartal. Intervallet viser, hvor stort "
        "udsving alene tilfældet kan give, og er bredere, hvor tallene plejer at svinge mere end rent tilfældigt.",
        examples.count_example,
        "Byar (Breslow og Day 1987); eksakt Poisson (Garwood 1936) under 10.",
    ),
    Method(
        "Hvor meget svinger tallene af sig selv?",
        "Mere fra år til år end fra kvartal til kvartal, fordi nabokvartaler følges ad. Derfor måles udsvinget i den "
        "længde, der sammenlignes: kvartaler for sig, hele år for sig og perioder på to år for sig. Tallet φ siger, "
        "hvor mange gange større udsvingenes varians er end tilfældets, og frihedsgraderne, hvor mange sammenligninger "
        "det hviler på. Interval og afgørelse regnes ud fra det samme φ og kan derfor aldrig modsige hinanden.",
        examples.spread_example,
        "McCullagh og Nelder 1989, Generalized Linear Models, 4.5; Fay 2010, Biostatistics 11, s. 373.",
    ),
    Method(
        "Hvorfor sammenlignes med samme kvartal året før?",
        "Fordi årstiden betyder noget. Et kvartal sammenlignes aldrig med kvartalet før. Er et af tallene under 20, "
        "skriver vi »fra 7 til 4« og ingen procent.",
        examples.last_year_example,
        "Eksakt betinget prøve (Przyborowski og Wilenski 1940).",
    ),
    Method(
        "Hvad er en masseregistrering?",
        "Nogle gange registreres mange sager på én dag. Sådan et kvartal vises og mærkes, men det holdes ude af "
        "gennemsnit og sammenligninger.",
        examples.mass_example,
        "Egen regel: langt over seriens median, målt med medianen af afvigelserne.",
    ),
    Method(
        "Hvornår er et kvartal usædvanligt?",
        "Når det falder uden for de sædvanlige udsving, eller når syv kvartaler i træk ligger på samme side af "
        "gennemsnittet eller går samme vej. Foreløbige tal, oftest det nyeste kvartal, afgør intet alene. Årlige "
        "målinger får ikke sådanne grænser.",
        examples.signal_example,
        "Shewhart 1931; NHS Making Data Count.",
    ),
    Method(
        "Hvorfor flytter grænserne sig?",
        "Et område, der varigt er kommet ned på et nyt niveau, skal ikke måles med grænser fra det gamle. Når syv "
        "kvartaler i træk ligger på samme side, og niveauet bliver der i mindst 13, regnes grænserne om fra skiftet; "
        "en lodret streg viser hvor, og under billedet står hvornår og af hvor mange kvartaler. Har årstiden "
        "betydning, følger grænserne den.",
        examples.limits_example,
        "NHS England, Making Data Count 2019.",
    ),
    Method(
        "Hvorfor står der »skjules (få hændelser)«?",
        "I et boligområde med 1–4 anmeldelser kan nogen måske regne ud, hvem det handler om. Derfor skjules så små tal "
        "for alle andre end ledelsen og politiet. Nogle gange skjules også et nul eller et større tal, fordi det lille "
        "ellers kunne regnes ud ved at trække fra. Hvert skjult tal prøves: Ingen skal kunne regne det ud tættere end "
        "et spænd på 4, medmindre kommunens egne, offentlige tal i sig selv er så små. Intervaller, mål og sætninger "
        "er regnet af de tal, der vises. Er et tal først skjult, bliver det ved med at være det.",
        examples.hidden_example,
        "Hundepool m.fl. 2012, Statistical Disclosure Control, kapitel 4.",
    ),
    Method(
        "Hvordan afgøres et succeskriterium?",
        "Tallet i dag, med usikkerhed, holdes op mod den lige vej fra udgangspunktet til målet. Kun det, usikkerheden "
        "ikke kan forklare, bliver til »Opfyldt«, »På sporet«, »Bagud« eller »Ikke opfyldt«. Ellers står der »Kan "
        "ikke afgøres«, hvad tallet peger mod, og hvor mange svar der skulle til. Et mål spørger kun til én side: om "
        "tallet er nået højt eller lavt nok. Derfor afgøres mål med 90 pct.-intervaller, mens andre tal vises med 95 "
        "pct.-intervaller.",
        examples.criterion_example,
        "MOVER: Zou og Donner 2008, Statistics in Medicine 27, s. 1693. Prøves ensidet på 5 pct.-niveau.",
    ),
    Method(
        "Bliver et mål vurderet igen og igen?",
        "Ja, og kigger man tit nok, ser det før eller siden ud til at være nået. Derfor er risikoen for fejlagtigt at "
        "kalde målet nået højst 5 pct. i hele dets tid, og målingen ved fristen har det meste af den. Svaret ved "
        "fristen er endeligt: Senere målinger siger kun, om det holder. Et mål kan have en tolerance, aftalt fra "
        "begyndelsen: Så er det opfyldt, når tallet med statistisk sikkerhed ligger højst så langt fra målet. Uden "
        "den kan et mål, der kun lige nås, sjældent bevises.",
        examples.final_example,
        "Lan og DeMets 1983, Biometrika 70, s. 659.",
    ),
    Method(
        "Kan et mål bevises, når det er nået?",
        "Ikke altid. Rammer tallet i virkeligheden præcis målet, ender svaret oftest på »Kan ikke afgøres«, hvor mange "
        "der end svarer. Derfor siger formularen, mens man skriver, chancerne ved fristen for hvert svar: hvis målet "
        "nås, hvis der ingenting sker, og hvis det går den anden vej. Og den tilbyder den tolerance, det mål eller det "
        "antal svar, der får et præcist nået mål kaldt opfyldt i 80 af 100 tilfælde.",
        examples.chances_example,
        "Eksakte sandsynligheder: binomial for svar, Poisson eller negativ binomial for anmeldelser.",
    ),
    Method(
        "Hvordan lægges flere områder sammen?",
        "Hvert område vejer med sit antal beboere, og vægtene ligger fast i hele målets tid. Vejede svarene i stedet, "
        "kunne tallet flytte sig, blot fordi flere svarede ét sted. Er antallet af beboere ukendt, lægges områderne "
        "ikke sammen, og det står der.",
        examples.together_example,
        "Vægtet sum af uafhængige andele: Cochran 1977, Sampling Techniques, kapitel 5.",
    ),
    Method(
        "Kan man stole på en virkning?",
        "Hver metode prøves ved hver udgivelse på partnerskabets egne tal i perioder, hvor intet blev sat i gang. Så "
        "ofte, som den dér alligevel melder en virkning, tager den fejl, og det står ved hver virkning. En metode, der "
        "tager fejl i mere end 10 af 100 perioder, vises ikke som bevis. At holde et område op mod andre tæller "
        "først, når der er mindst fem at holde op imod.",
        examples.sham_example,
        "Sherman m.fl. 1997 (Maryland-skalaen); Bernal m.fl. 2017, IJE 46, s. 348; Cochrane og Orcutt 1949, JASA 44, "
        "s. 32; Wheeler og Ratcliffe 2018, Crime Science 7, s. 11; prøvede perioder: egne tal.",
    ),
    Method(
        "Hvad er et hotspot, og hvem står først?",
        "Et felt tælles sammen med sine otte nabofelter og holdes op mod det, man måtte vente. Er der mindst fem "
        "hændelser og flere, end tilfældet kan forklare, også når man ser på alle felter på én gang, er det et "
        "hotspot. Rækkefølgen på listen er en anden sag: Den følger den regel for år og nabofelter, der bedst har "
        "forudsagt tidligere år, og det står der, hvor meget den ramte, ved siden af de felter, der blot havde flest "
        "året før.",
        examples.ranking_example,
        "Eksakt Poisson-prøve; Benjamini og Hochberg 1995; Bowers m.fl. 2004, Br. J. Criminology 44, s. 641; Kulldorff "
        "1997, Communications in Statistics 26, s. 1481.",
    ),
)
