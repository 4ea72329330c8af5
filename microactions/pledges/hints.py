"""Gentle hints: phrases that name a direction where a microaction wants a step. A hint never stops anybody.

The browser looks for the same phrases while a person types (static/js/hints.js), so a phrase is written in what the
regular expressions of Python and of browsers have in common.
"""

import re
import unicodedata

from django.utils.translation import gettext as _

from chapter.languages import FALLBACK

PHRASES = {
    "nb": (
        "(?:bidra|bidrar|bidro|bidratt|bidrege) til",
        "(?:fokusere|fokuserer|fokusert|fokusera) (?:mer |meir |mindre )?på",
        "(?:ha|har|få|sette|setter|legge|legger) (?:et |mer |meir |større |sterkere |økt )?fokus på",
        "(?:jobbe|jobber|arbeide|arbeider) (?:mer |meir |videre |aktivt |målrettet )?(?:for|med|mot)",
        "(?:prøve|prøver|forsøke|forsøker) å",
        "(?:være|er|bli|blir|verte) (?:flinkere|flinkare|bedre|betre) (?:på|til|i|med)",
        "(?:være|bli) mer",
        "(?:være|vere) (?:åpen for|open for|bevisst på|bevisst|obs på|oppmerksom på)",
        "(?:legge|legger|lagt) (?:bedre |betre )?til rette for",
        "(?:tilrettelegge|tilrettelegger) for",
        "(?:ha|har) som mål å",
        "(?:strebe|streber) etter",
        "(?:ta|tar) tak i",
        "se nærmere på",
        "(?:tenke|tenker) (?:mer |meir )?(?:på|over|gjennom)",
        "(?:vurdere|vurderer) å",
        "(?:øke|skape) (?:mer |større )?(?:bevissthet|bevisstheten|forståelse|forståelsen) (?:om|rundt|for)",
        "(?:engasjere|engasjerer) meg (?:mer )?(?:i|for)",
        "(?:sikre|sikrer) at",
        "oppmuntre til",
        "støtte opp (?:om|under)",
    ),
    "sv": (
        "(?:bidra|bidrar|bidrog|bidragit) till",
        "(?:fokusera|fokuserar|fokuserat) (?:mer |mera |mindre )?på",
        "(?:ha|har|få|sätta|sätter|lägga|lägger) (?:ett |mer |mera |större |ökat )?fokus på",
        "(?:jobba|jobbar|arbeta|arbetar) (?:mer |mera |vidare |aktivt |målmedvetet )?(?:för|med|mot)",
        "verka för",
        "(?:försöka|försöker)(?: att)?",
        "(?:vara|är|bli|blir) (?:bättre|duktigare) (?:på|i|med)",
        "(?:vara|bli) (?:mer|mera)",
        "vara (?:öppen för|medveten om|uppmärksam på)",
        "(?:skapa|skapar) (?:bättre |goda )?förutsättningar för",
        "(?:underlätta|underlättar) för",
        "(?:möjliggöra|möjliggör)",
        "(?:ha|har) som mål att",
        "(?:sträva|strävar) efter",
        "(?:ta|tar) tag i",
        "(?:titta|tittar) närmare på",
        "(?:se|ser) över",
        "(?:tänka|tänker) (?:mer |mera )?(?:på|över|igenom)",
        "(?:överväga|överväger) att",
        "(?:öka|skapa) (?:mer |större )?(?:medvetenhet|medvetenheten|förståelse|förståelsen) (?:om|kring|för)",
        "(?:engagera|engagerar) mig (?:mer |mera )?(?:i|för)",
        "(?:säkerställa|säkerställer)(?: att)?",
        "uppmuntra till",
    ),
    "en": (
        "contribut(?:e|es|ed|ing) (?:more )?(?:to|towards)",
        "focus(?:s?es|s?ed|s?ing)? (?:more |less )?on",
        "(?:put|have|keep) (?:a |more |my |the )?focus on",
        "work(?:ing)? (?:harder |more |further |actively )?(?:on|towards?)",
        "work(?:ing)? for (?:a|an|more|better|greater)",
        "(?:try|tries|trying|attempt|attempting) to",
        "try and",
        "(?:be|being|get|getting|become|becoming) (?:better|good) (?:at|with)",
        "(?:be|being|become|becoming) more",
        "get(?:ting)? more (?:involved|engaged)",
        "be (?:open to|aware of|mindful of|conscious of)",
        "(?:facilitate|facilitates|facilitating)",
        "creat(?:e|ing) (?:better |good |the )?conditions for",
        "mak(?:e|ing) it easier (?:for|to)",
        "(?:aim|aiming) (?:to|for)",
        "striv(?:e|ing) (?:to|for|towards)",
        "look(?:ing)? into",
        "(?:think|thinking) (?:more )?(?:about|through)",
        "(?:consider|considering) how",
        "explor(?:e|ing) (?:how|ways)",
        "(?:raise|raising|create|creating) (?:more )?awareness",
        "engag(?:e|ing) (?:more )?(?:in|with)",
        "(?:ensure|ensuring)(?: that)?",
        "help(?:ing)? to",
        "tak(?:e|ing) (?:more )?ownership of",
    ),
}
# Written out, since Python's \w knows these letters and a browser's does not.
LETTER = "[0-9a-zà-öø-ÿ]"
# After these words the phrase describes people or things: "ask those who work on the archive" is a step.
BEFORE = f"(?<!{LETTER})(?<!som |who |are )"

PATTERNS = {language: f"{BEFORE}(?:{'|'.join(phrases)})(?!{LETTER})" for language, phrases in PHRASES.items()}
COMPILED = {language: re.compile(pattern, re.IGNORECASE) for language, pattern in PATTERNS.items()}


def patterns(language) -> list[str]:
    # The writer's language first, then the other two: people mix them.
    return [PATTERNS[code] for code in FALLBACK[language]]


def find(text, language) -> str:
    """The first vague phrase as it stands in the text, or "". Whole words, any case."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    found = (COMPILED[code].search(text) for code in FALLBACK[language])
    return next((match.group() for match in found if match), "")


def sentence(phrase) -> str:
    return _("“%(phrase)s” is a bit vague. What is the first thing you’ll do, and when?") % {"phrase": phrase}
