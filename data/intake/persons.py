"""Finds words that look like a person in what is typed: a full name, or a number plate; in doubt it counts as one.

What else is personal (CPR, e-mail, telephone, address) is found in all that is stored (`data.intake.privacy`).
"""

import re

# The commonest given names of those living in Denmark (Danmarks Statistik), enough to notice that a name was written.
_GIVEN = (
    "Ahmed|Ali|Allan|Amalie|Anders|Andreas|Ane|Anette|Anna|Anne|Annette|Bent|Benny|Birgit|Birgitte|Birthe|Bo|Bodil|"
    "Brian|Camilla|Carl|Carsten|Caroline|Cecilie|Charlotte|Christian|Christina|Christoffer|Claus|Connie|Dennis|Dorte|"
    "Dorthe|Emil|Emilie|Emma|Erik|Eva|Fatima|Finn|Flemming|Frank|Frederik|Gitte|Gunnar|Hanne|Hans|Hassan|Heidi|Helle|"
    "Henning|Henrik|Ib|Ida|Inge|Inger|Jacob|Jakob|Jan|Jens|Jesper|Jette|Jeppe|Johan|Johanne|Johnny|Jonas|Josefine|Julie|"
    "Jytte|Jørgen|Karen|Karin|Karl|Karsten|Kasper|Kenneth|Kim|Kirsten|Kirstine|Klaus|Kristian|Kristine|Kurt|Lars|Lasse|"
    "Laura|Leif|Lene|Line|Lis|Lisbeth|Lone|Lotte|Louise|Mads|Magnus|Maria|Marianne|Marie|Martin|Mathias|Mathilde|Mette|"
    "Michael|Mikkel|Mogens|Mohamed|Mohammed|Morten|Niels|Nikolaj|Nina|Ole|Oliver|Oscar|Palle|Patrick|Per|Pernille|"
    "Peter|Pia|Poul|Preben|Rasmus|Rikke|Rune|Sanne|Sara|Sarah|Sebastian|Signe|Simon|Sofie|Stefan|Steen|Stine|Susanne|"
    "Sven|Svend|Søren|Tanja|Thomas|Tina|Tine|Tom|Tommy|Tove|Trine|Troels|Ulla|Viggo|Vibeke|Victor|Yasmin|Yusuf"
)
_NAME = re.compile(
    rf"(?<!\w)(?:{_GIVEN})(?:\s+[A-ZÆØÅ]\.?)?\s+[A-ZÆØÅ][a-zæøåé]+|(?<!\w)(?i:hr\.?|fru|frk\.?)\s+[A-ZÆØÅ]\w+"
)
_PLATE = re.compile(r"(?<![\w-])[A-Z]{2}[ -]?\d{2}[ -]?\d{3}(?!\d)")


def find_person_in_text(text: str) -> str:
    """What a typed text seems to tell of a person, in Danish with the remedy; "" where nothing."""
    if _PLATE.search(text):
        return "teksten ser ud til at indeholde en nummerplade. Slet den."
    if _NAME.search(text):
        return "teksten ser ud til at indeholde et navn. Skriv en rolle i stedet."
    return ""
