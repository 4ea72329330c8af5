"""Addresses that stand in a text as they are: found, so that they become links, and so that nobody escapes them.

As in GitHub's Markdown: `https://…` and `www.…`, without the punctuation behind them.
"""

import re

from markdown_it.token import Token

# An address that nobody would read; it also bounds what is looked at again for each bracket at its end.
LONGEST = 2000
LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
REST = rf"(?::\d{{1,5}})?(?:[/?#][^\s<>\[\]\"“”«»`\\\x00-\x1f]{{0,{LONGEST}}})?"
BARE = re.compile(
    rf"(?<![\w@./+-])(?:https?://(?:{LABEL}\.){{0,8}}{LABEL}|www\.(?:{LABEL}\.){{1,8}}{LABEL})(?![\w@]){REST}",
    re.IGNORECASE,
)
HOST = re.compile(rf"(?:{LABEL}\.){{1,8}}[^\W\d_]{{2,63}}{REST}\Z")
SCHEME = re.compile(r"(?<![\w@./+-])https?\Z", re.IGNORECASE)
ENTITY = re.compile(r"&#?\w{1,31};\Z")
# Whoever writes it so wants no link (`blog/summaries/words.py`).
ESCAPED = "www\\."
CLOSING = {")": "(", "}": "{"}


def find(text: str, start: int = 0):
    """Yields (begin, end) of each address."""
    for match in BARE.finditer(text, start):
        yield match.start(), match.start() + len(without_punctuation(match[0]))


def without_punctuation(address: str) -> str:
    """Without what ends the sentence and not the address; a closing bracket stays if it is opened in the address."""
    while address:
        last = address[-1]
        if entity := ENTITY.search(address):
            address = address[: entity.start()]
        elif last in "?!.,:;*_~'’…" or (last in CLOSING and address.count(last) > address.count(CLOSING[last])):
            address = address[:-1]
        else:
            break
    return address


def with_scheme(address: str) -> str:
    """`www.example.org` as a browser's address bar takes it; anything that has a scheme, or is no host, as it is."""
    address = address.strip()
    if address.startswith("//"):
        return f"https:{address}"
    return f"https://{address}" if HOST.match(address) else address


# Rules of the parser


def link_with_scheme(state, silent):
    """`https://…`, before anything in it is taken for emphasis. An inline rule, called at the colon."""
    begun = SCHEME.search(state.pending[-6:]) if state.linkLevel == 0 and state.src[state.pos] == ":" else None
    match = BARE.match(state.src, state.pos - len(begun[0])) if begun else None
    if match is None:
        return False
    address = without_punctuation(match[0])
    href = state.md.normalizeLink(address)
    if not state.md.validateLink(href):
        return False
    if not silent:
        state.pending = state.pending[: -len(begun[0])]
        for token in _link(href, address):
            pushed = state.push(token.type, token.tag, token.nesting)
            pushed.attrs, pushed.content, pushed.info = token.attrs, token.content, token.info
    state.pos += len(address) - len(begun[0])
    return True


def links_without_scheme(state):
    """`www.…` outside of links. A core rule, for texts that are joined, in which an escaped dot is not seen any more."""
    for block in state.tokens:
        words = block.content.lower()
        if block.type == "inline" and "www." in words and ESCAPED not in words:
            block.children = list(_with_links(block.children or [], state.md))


def _with_links(tokens, md):
    depth = 0
    for token in tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "text" and depth == 0:
            yield from _parts(token, md)
        else:
            yield token


def _parts(token, md):
    done = 0
    for begin, end in find(token.content):
        address = token.content[begin:end]
        href = md.normalizeLink(with_scheme(address))
        if md.validateLink(href):
            yield Token("text", "", 0, content=token.content[done:begin], level=token.level)
            yield from _link(href, address)
            done = end
    token.content = token.content[done:]
    yield token


def _link(href, words):
    yield Token("link_open", "a", 1, attrs={"href": href}, info="auto")
    yield Token("text", "", 0, content=words)
    yield Token("link_close", "a", -1, info="auto")
