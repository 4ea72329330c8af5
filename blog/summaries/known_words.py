"""Capitalised words that are no person, in Norwegian, Swedish and English; read by `third_parties.py`.

Not complete: a missing word costs a writer one look.
"""


def _words(text):
    return frozenset(text.split())


# Abbreviations of one to three capitals that are common in public offices.
SHORT_FORMS = _words(
    """
    A B C D I AI AS API APP BA BI BK CAB CEO CIO CSS CSV CTO CV DNS DPO EEA EFTA EHR EU EØS EES FAQ FN FOI GDP GIS GIT
    GP GPS HMS HR HTML HTTP ID IKT IMR IP IPR ISO IT ITS JS JSON KI KPI KS LAN LO LMS MVP NAV NGO NHS NIS NOK NOU NRK
    OECD OK OKR OS OSS OTG PC PDF PO PR QA QR RPA RSS SAP SEK SFO SKR SLA SMS SMB SME SQL SSB SSD SSO SVT TED TV UD UDI
    UI UK UN UNI URL US USA USB UX VA VAB VG VPN WC WWW XML NPS NSM KMD DFØ DSB FHI LOS ROS DPI CI CD PM ESV PTS SCB
    FK AF FHM MSB TLV CSN UHR JA NEJ NEI NO YES NB PS OBS FYI TBD TBA CC BCC DIY POC MOU RFP RFI
    """
)
# Ordinary words in capitals, for emphasis.
EMPHASISED = _words(
    """
    ER MÅ NÅ NU DU VI OG OCH AND ALL ALT NOT NEW DET DEN DE SÅ ÅR NÄR NÅR HVA VAD WHY HOW WHO WE YOU MY OUR FÅ GI GE SE
    TA GJØR GÖR KAN CAN SKA FOR FÖR TIL PÅ AV OM MED OSS MER EN ET ETT TO TRE TVÅ ONE TWO NYE NYA NY ALLE SOM THE DO GO
    IS IT IN ON OF OR IF AT BE BY SO UP EI EJ INTE IKKE VÅR HAR ÄR BRA GOD
    """
)
# A word that begins a sentence and is not part of a name that follows.
OPENERS = _words(
    """
    i på hos fra til for med av om og at som det den de vi du jeg ja nei når hvis da så men alle noen hver hvem hva
    hvorfor hvordan ved under over etter før mellom mot uten både også snart nå inviter spør ring hør snakk takk møt kontakt
    från till för och att som jag nej när om då alla någon vem vad varför hur vid efter före mellan utan både också snart
    nu bjud fråga prata tack träffa kontakta
    in on at from to with by of and the a an we you they when if then so but all some each who what why how after before
    between without both also soon now invite ask call talk thank thanks meet contact tell email visit
    """
)
# A capitalised word after one of these is often somebody.
BEFORE_A_PERSON = (
    *("med", "spør", "spørre", "ring", "ringe", "kontakt", "kontakte", "møt", "møte", "takk til", "takke"),
    *("sa", "sier", "ifølge", "hilsen", "inviter", "invitere", "tips", "tipse", "minn", "minne"),
    *("fråga", "ringa", "kontakta", "träffa", "tack till", "tacka", "sade", "säger", "enligt", "bjud in", "påminn"),
    *(
        "with",
        "ask",
        "call",
        "phone",
        "contact",
        "meet",
        "thank",
        "thanks to",
        "said",
        "says",
        "tell",
        "email",
        "invite",
    ),
)
# The capitalised word before one of these is an office or a place, not a person: "Eksempelby kommune".
AFTER_A_PLACE = _words(
    """
    kommune kommuner fylke fylkeskommune direktorat direktoratet departement departementet etat etaten stasjon bibliotek
    kommun kommunen region län myndighet myndigheten departementet station biblioteket sykehus sjukhus universitet
    universitetet municipality council county agency ministry office station library hospital university
    """
)
# Capitalised, and nobody.
WORDS = _words(
    """
    Lean Coffee One Team Gov Open Source Plus Delta Norge Noreg Norway Sverige Sweden Danmark Denmark Finland Island
    Norden England Scotland Europa Europe Oslo Bergen Trondheim Stavanger Tromsø Stockholm Göteborg Malmö Uppsala London
    Nordic Norsk Svensk Google Microsoft Teams Slack Zoom Excel Word Outlook Office Windows Apple Linux Git Github GitHub
    Gitlab LinkedIn Meetup Mastodon Twitter Facebook Instagram Wikipedia Miro Figma Trello Jira Altinn Digdir Difi Nav
    Skatteetaten Kartverket Skatteverket Stortinget Storting Riksdagen Regjeringen Regeringen Digg Bolagsverket Lantmäteriet
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September
    October November December Christmas Easter English Norwegian Swedish Scrum Kanban Agile Data Digital Service Design
    Python Java Django Post-it Chat Copilot
    """
)
