"""The public places the official figures were read in: title, publisher and licence of each.

Titles of press sources are the headlines as their addresses spell them.
"""

from dataclasses import dataclass

PRESS_LICENCE = "Tal gengivet med kildeangivelse"
RETRIEVED = "2026-11-23"


@dataclass(frozen=True)
class Publication:
    """One public source of figures; `url` is empty where the facts name none."""

    source_id: str
    title: str
    publisher: str
    url: str
    licence: str = PRESS_LICENCE


STRAF11 = Publication(
    "dst-straf11",
    "Danmarks Statistik, STRAF11: Anmeldte forbrydelser efter område, overtrædelsens art og kvartal",
    "Danmarks Statistik",
    "https://www.statbank.dk/STRAF11",
    "CC BY 4.0",
)
FOLK1A = Publication(
    "dst-folk1a",
    "Danmarks Statistik, FOLK1A: Folketal den 1. i kvartalet efter område",
    "Danmarks Statistik",
    "https://www.statbank.dk/FOLK1A",
    "CC BY 4.0",
)
HOUSING_AREAS = Publication(
    "boligomraader",
    "Boligområdernes navne, antal boliger og optagelse på lister, samlet fra offentligt omtalte oplysninger",
    "Kommuner, boligorganisationer og ministeriets lister pr. 1. december",
    "",
    "Oplysninger gengivet med kildeangivelse",
)
OWN = Publication(
    "partnerskabet",
    "Partnerskabets egne optegnelser: møder, beslutninger, dialog, indsatser og kriterier, skrevet i Tryghedsoverblik",
    "Tryghedspartnerskabet",
    "",
    "Partnerskabets egne oplysninger",
)

PRESS = tuple(
    Publication(*fields)
    for fields in (
        (
            "integrationsviden-2014",
            "Politiets tryghedsundersøgelse: antal besvarelser 2014",
            "Integrationsviden.dk",
            "http://www.integrationsviden.dk/by-bolig/Udsatte%20boligomraader/fuldmaegtig/",
        ),
        (
            "tv2-2015",
            "Overblik: Her er danskerne mest og mindst trygge",
            "TV 2 Nyheder",
            "https://nyheder.tv2.dk/samfund/2015-12-14-overblik-her-er-danskerne-mest-og-mindst-trygge",
        ),
        (
            "vestegnens-politi-2015",
            "Trygheden stiger på Vestegnen",
            "Københavns Vestegns Politi via Mynewsdesk",
            "http://www.mynewsdesk.com/dk/vestegnenspoliti/pressreleases/trygheden-stiger-paa-vestegnen-1267965",
        ),
        (
            "navisen-sub",
            "Tryghed i boligområder tager tid trods faldende kriminalitet",
            "navisen.dk",
            "https://navisen.dk/blog/tryghed-i-boligomraader-tager-tid-trods-faldende-kriminalitet/",
        ),
        (
            "avisen-2017",
            "Fakta: Nye politital viser dalende tillid og tryghed",
            "Avisen.dk",
            "https://www.avisen.dk/fakta-nye-politital-viser-dalende-tillid-og-tryghed_487220.aspx",
        ),
        (
            "vi-lejere-2018",
            "Trygheden stiger i udsatte boligområder",
            "Vi Lejere",
            "https://vi-lejere.dk/artikler/posts/trygheden-stiger-i-udsatte-boligomrader",
        ),
        (
            "rnn-2018",
            "Større tryghed og tillid til politiet",
            "rnn.dk",
            "https://www.rnn.dk/2018/12/stoerre-tryghed-og-tillid-til-politiet/",
        ),
        (
            "gladsaxebladet-2019",
            "Trygheden daler i Høje Gladsaxe",
            "Gladsaxe Bladet",
            "https://www.gladsaxebladet.dk/2019/01/trygheden-daler-i-hoeje-gladsaxe/print/",
        ),
        (
            "gladsaxebladet-2020",
            "Mere tryghed",
            "Gladsaxe Bladet",
            "https://www.gladsaxebladet.dk/2020/03/mere-tryghed/",
        ),
        (
            "rnn-2020",
            "Tryggest på Vestegnen",
            "rnn.dk",
            "https://www.rnn.dk/2020/04/tryggest-paa-vestegnen/",
        ),
        (
            "sn-vestegnen-2019",
            "Har mindre tillid til Vestegnens Politi",
            "sn.dk, Vestegnen",
            "https://sn.dk/Vestegnen/Har-mindre-tillid-til-Vestegnens-Politi/artikel/922306",
        ),
        (
            "sn-roskilde-2019",
            "Undersøgelse viser: Her er borgerne generelt trygge i deres nabolag",
            "sn.dk, Roskilde",
            "https://sn.dk/Roskilde/Undersoegelse-viser-Her-er-borgerne-generelt-trygge-i-deres-nabolag"
            "/artikel/1299029",
        ),
        (
            "kristeligt-dagblad-2019",
            "Rapport: Tilliden til politiet er størst i udsatte områder",
            "Kristeligt Dagblad",
            "https://www.kristeligt-dagblad.dk/kriminalstof/rapport-tilliden-til-politiet-er-storst-i-udsatte-omrader",
        ),
        (
            "cafeexit-2021",
            "Ny undersøgelse: Trygheden stiger i Danmark",
            "Café Exit",
            "https://cafeexit.dk/ny-undersoegelse-trygheden-stiger-i-danmark/",
        ),
        (
            "ft-reu-2021",
            "Retsudvalget 2021-22 (1. samling), almindelig del, bilag 330",
            "Folketinget",
            "https://ft.dk/samling/20211/almdel/REU/bilag/330/2610141/index.htm",
        ),
        (
            "kristeligt-dagblad-2022",
            "Knap 90 procent af borgerne har tillid til politiet",
            "Kristeligt Dagblad",
            "https://www.kristeligt-dagblad.dk/knap-90-procent-af-borgerne-har-tillid-til-politiet",
        ),
        (
            "justitsministeriet-2023",
            "Ny undersøgelse: Tilliden til politiet er fortsat i top",
            "Justitsministeriet",
            "https://www.justitsministeriet.dk/pressemeddelelse/"
            "ny-undersoegelse-tilliden-til-politiet-er-fortsat-i-top/",
        ),
        (
            "dragoer-nyt-2023",
            "Fortsat høj tryghed i nærmiljøet",
            "Dragør Nyt",
            "http://dragoer-nyt.dk/fortsat-hoej-tryghed-i-naermiljoeet/",
        ),
        (
            "kosmopol-2023",
            "Her føler borgerne sig tryggest i deres nabolag",
            "TV 2 Kosmopol",
            "http://tv2kosmopol.dk/helsingoer/her-foeler-borgerne-sig-tryggest-i-deres-nabolag",
        ),
    )
)
