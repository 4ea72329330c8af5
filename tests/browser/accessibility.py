"""What axe and a ruler find on a page, as short lines.

axe runs at two widths in two themes. The dark theme changes colours alone, so there only the rules about colour are
asked again; a page in another language changes words alone, so there the rules about names and languages are enough.
`make test-everything` asks everything everywhere.
"""

from axe_playwright_python.sync_playwright import Axe

from tests.environment import EVERYTHING

PHONE, DESKTOP, NARROWEST = 390, 1280, 320

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# target-size is named by itself, since axe leaves it out unless it is asked for.
ALL_RULES = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}
COLOURS = ["color-contrast", "link-in-text-block"]
WORDS = [
    *("html-has-lang", "html-lang-valid", "html-xml-lang-mismatch", "valid-lang", "document-title"),
    *("label", "select-name", "button-name", "input-button-name", "link-name", "image-alt", "svg-img-alt"),
    *("empty-heading", "summary-name", "label-content-name-mismatch", "aria-command-name", "aria-input-field-name"),
]
RUN = "options => axe.run(options).then(results => results.violations)"
STICKY = ".door__bar, .lead-bar"
SEEN = "document.getAnimations().filter(animation => animation.effect.target.checkVisibility())"

_script = Axe().axe_script


def bring_axe(context):
    """Let every page of the context come with axe; others get it when they are looked at, which takes longer."""
    context.add_init_script(_script)


def violations(page, rules=None):
    """What axe finds on the page as it is, by all its rules or by these."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script)
    options = {"runOnly": {"type": "rule", "values": rules}} if rules else ALL_RULES
    found = page.evaluate(RUN, {**options, "resultTypes": ["violations"]})
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def findings(page):
    """At both widths, in both themes, and at 320 px."""
    hurry(page)
    unstick(page)
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in (("light", None), ("dark", None if EVERYTHING else COLOURS)):
            put_on(page, scheme)
            yield from (f"{width} {scheme} {line}" for line in violations(page, rules))
    yield from sideways(page)


def findings_in_words(page):
    """What another language alone can change: names, languages, and how wide the words are."""
    if EVERYTHING:
        yield from findings(page)
    else:
        yield from violations(page, WORDS)
        yield from sideways(page)


def sideways(page):
    page.set_viewport_size({"width": NARROWEST, "height": 900})
    pixels = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if pixels > 0:
        yield f"scrolls {pixels} px sideways at {NARROWEST} px"


def hurry(page):
    """Let transitions end at once: axe would measure colours on their way."""
    devices = page.context.new_cdp_session(page)
    devices.send("Animation.enable")
    devices.send("Animation.setPlaybackRate", {"playbackRate": 1000})


def unstick(page):
    """Let bars stand where they belong: axe does not scroll, and would find what a bar covers half too small to hit."""
    page.evaluate(f"document.querySelectorAll('{STICKY}').forEach(bar => bar.style.position = 'static')")


def put_on(page, scheme):
    """Change the theme and let colours arrive.

    What stands in a closed fold is not drawn, and its colours would never arrive.
    """
    page.emulate_media(color_scheme=scheme)
    page.evaluate(f"Promise.allSettled({SEEN}.map(animation => animation.finished))")
