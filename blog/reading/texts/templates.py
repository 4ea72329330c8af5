"""The marks of Hugo, Jekyll, Hexo, Zola, Eleventy and Nikola in a text: pictures, videos and links, else noted.

What their writers hid in a comment never shows.
"""

import re

from chapter.remarks import remark as _

from . import players

# Braces that the writer wanted to be seen.
SHOWN = str.maketrans("{}", "\ufdd2\ufdd3")
BACK = str.maketrans("\ufdd2\ufdd3", "{}")
RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)(?:\{%-?\s*endraw\s*-?%\}|\Z)", re.DOTALL)
ESCAPED = re.compile(r"\{\{(?P<mark>[<%])/\*(?P<said>.{0,2000}?)\*/(?P<end>[>%])\}\}")
MARK = re.compile(r"\{[{%][^\n]{0,300}?[%}]\}")
HIDDEN = (
    r"\{%-?\s*comment\b[^{}]{0,200}%\}.*?(?:\{%-?\s*endcomment\s*-?%\}|\Z)"
    r"|\{\{[<%]\s*comment\s*[>%]\}\}.*?(?:\{\{[<%]\s*/\s*comment\s*[>%]\}\}|\Z)"
    r"|\{\{-?\s*/\*(?:(?!/\*).)*?\*/\s*-?\}\}|\{#(?![\w:-]+\})(?:(?!\{#).)*?#\}|\{/\*(?:(?!/\*).)*?\*/\}"
    r"|\{::comment\}.*?(?:\{:/(?:comment)?\}|\Z)|\{::(?:options|nomarkdown)\b[^{}]{0,300}\}|\{:/(?:nomarkdown)?\}"
    r"|^%%[ \t]*\n.*?^%%[ \t]*$|(?<![\w%])%%(?=[^\s%])[^\n]{1,2000}?(?<=[^\s%])%%(?!%)"
)
CODE = re.compile(
    r"\{%-?\s*(?:highlight|codeblock|code)\b(?P<one>[^%]*)%\}\n?(?P<liquid>.{0,20000}?)\n?\{%-?\s*end(?:highlight|codeblock|code)\s*-?%\}"
    r"|\{\{[<%]\s*highlight\b(?P<two>[^>%]*)[>%]\}\}\n?(?P<hugo>.{0,20000}?)\n?\{\{[<%]\s*/\s*highlight\s*[>%]\}\}",
    re.DOTALL,
)
HUGO = re.compile(r"\{\{[<%]\s*(?P<end>/?)\s*(?P<name>[\w./-]++)(?P<said>[^{}]{0,2000}?)/?\s*[>%]\}\}")
LIQUID = re.compile(r"\{%-?\s*(?P<name>\w++)(?P<said>[^{}]{0,1000}?)-?%\}")
OUTPUT = re.compile(r"\{\{-?\s*(?P<said>[^{}<%]{1,300}?)-?\}\}")
CALL = re.compile(r"(?P<name>\w+)\((?P<said>.*)\)\Z", re.DOTALL)
# What a site calls its own address.
HOME = re.compile(
    r"(?:site\.(?:base_?url|url|github\.url)|config\.(?:root|base_?url|url)|\.?Site\.BaseURL|SITEURL|\$?base_?url|pathto_root)\b",
    re.IGNORECASE,
)
NAMED = re.compile(r"([\w-]+)\s*[=:]\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s,]+))")
QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
PICTURE = re.compile(r"[^\s\"'<>]+\.(?:jpe?g|png|gif|webp|svg|avif)", re.IGNORECASE)
ADDRESS = re.compile(r"https?://[^\s\"'<>]+")
SHOWS_PICTURE = {"figure", "img", "image", "picture", "asset_img", "responsive_image"}
# What a template does, and no reader sees.
PROGRAM = {"assign", "set", "capture", "if", "elsif", "elif", "unless", "case", "when", "for", "block", "extends"}
PROGRAM |= {"layout", "import", "from", "macro", "cycle", "with"}
SILENT = {"raw", "endraw", "toc", "more", "excerpt", "_toc_"}


def revealed(text: str) -> str:
    """What the writer escaped, marked so that nothing below takes it for a template; `as_typed` takes that back."""
    text = RAW.sub(lambda match: match[1].translate(SHOWN), text)
    return ESCAPED.sub(lambda match: f"{{{{{match['mark']}{match['said']}{match['end']}}}}}".translate(SHOWN), text)


def seen(text: str) -> str:
    """Templates as words: no generator runs them in a title. `as_typed` as above."""
    return MARK.sub(lambda match: match[0].translate(SHOWN), text)


def as_typed(text: str) -> str:
    return text.translate(BACK)


def with_code(text: str) -> str:
    """Blocks of code between tags, as fences."""
    return CODE.sub(_fence, text)


def _fence(match):
    said = match["one"] or match["two"] or ""
    language = re.search(r"lang:([\w+-]+)", said) or re.match(r"\s*\"?([\w+-]+)", said)
    return f"```{language[1] if language else ''}\n{match['liquid'] or match['hugo'] or ''}\n```"


def settled(text: str, notes) -> str:
    """A text that is no code, without templates."""
    if "{" not in text:
        return text
    text = HUGO.sub(lambda match: _hugo(match, notes), text)
    text = LIQUID.sub(lambda match: _liquid(match, notes), text)
    return OUTPUT.sub(lambda match: _output(match["said"].strip(), notes), text)


def _hugo(match, notes):
    name = match["name"].lower()
    if match["end"]:
        return ""
    if name in {"ref", "relref"}:
        return _first(match["said"])
    if (found := shown(name, match["said"])) is None and name not in SILENT:
        notes.append(_("the shortcode {name} was in the text and is left out", name=match["name"]))
    return found or ""


def _liquid(match, notes):
    name, said = match["name"], match["said"].strip()
    if name in {"link", "post_url"}:
        return said
    if name in {"post_link", "asset_link"} and said:
        words = next((one or other for one, other in QUOTED.findall(said)), "") or " ".join(said.split()[1:])
        return f"[{words or said.split()[0]}]({said.split()[0]})"
    if name in SILENT or name.startswith("end"):
        return ""
    if name in {"include", "include_cached", "include_relative", "render"}:
        included, _space, said = said.partition(" ")
        found = shown(included.rsplit("/", 1)[-1].partition(".")[0].lower(), said)
    else:
        found = None if name in PROGRAM else shown(name.lower(), said)
    if found is None:
        notes.append(_("the tag {name} was in the text and is left out", name=name))
    return found or ""


def _output(said, notes):
    if quoted := QUOTED.match(said):
        return quoted[1] or quoted[2] or ""
    call = CALL.match(said)
    found = shown(call["name"].lower(), call["said"]) if call else None
    if found is None and not HOME.match(said):
        notes.append(_("{{{{ {said} }}}} was in the text and is left out", said=said[:40]))
    return found or ""


def shown(name, said):
    """A picture or a link that stands for it; None if nothing does."""
    named = {key.lower(): one or two or three for key, one, two, three in NAMED.findall(said)}
    values = [*named.values(), *(one or two for one, two in QUOTED.findall(said)), *said.split()]
    if video := next((kind for kind in players.ADDRESSES if kind == name or kind in name.split("_")), None):
        return _video(video, named, said)
    picture = next(filter(PICTURE.fullmatch, values), None)
    picture = picture or (_first(said) if name in SHOWS_PICTURE else "")
    if picture:
        title = f' "{named["caption"]}"' if named.get("caption") else ""
        alt = named.get("alt") if named else _said_of(said.partition(picture)[2])
        return f"![{alt or ''}]({named.get('src') or picture}{title})"
    address = next(filter(ADDRESS.fullmatch, values), None)
    return f"<{address}>" if address else None


def _said_of(rest):
    # Hexo: `{% img /a.png 200 300 "title" "description" %}`
    quoted = [one or two for one, two in QUOTED.findall(rest)]
    return quoted[-1] if quoted else " ".join(word for word in rest.strip("\"' ").split() if not word.isdigit())


def _video(kind, named, said):
    found = next((named[key] for key in ("id", "videoid", "url", "src") if named.get(key)), "") or _first(said)
    if ADDRESS.fullmatch(found):
        return f"<{found}>"
    is_one = re.fullmatch(r"\d+" if "status" in players.ADDRESSES[kind] else r"[\w/=-]{1,100}", found)
    return f"<{players.ADDRESSES[kind].format(found)}>" if is_one else None


def _first(said):
    return next((one or two for one, two in QUOTED.findall(said)), said.split()[0] if said.split() else "")
