"""Who supervises the use of personal data where a chapter is; its time zone says where that is."""

from django.utils.translation import gettext as _

ELSEWHERE = "https://www.edpb.europa.eu/about-edpb/about-edpb/members_en"
AUTHORITIES = {
    "Europe/Oslo": ("Datatilsynet", "https://www.datatilsynet.no/"),
    "Europe/Stockholm": ("Integritetsskyddsmyndigheten (IMY)", "https://www.imy.se/"),
    "Europe/Copenhagen": ("Datatilsynet", "https://www.datatilsynet.dk/"),
    "Europe/Helsinki": ("Dataombudsmannens byrå", "https://tietosuoja.fi/"),
    "Europe/Mariehamn": ("Datainspektionen på Åland", "https://www.di.ax/"),
    "Europe/London": ("Information Commissioner’s Office", "https://ico.org.uk/"),
    "Atlantic/Reykjavik": ("Persónuvernd", "https://www.personuvernd.is/"),
}


def of(zone: str) -> tuple[str, str]:
    """(name, address)."""
    return AUTHORITIES.get(zone) or (_("the data protection authority of your country"), ELSEWHERE)
