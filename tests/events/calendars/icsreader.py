"""A calendar reader of our own, stricter than most: a second opinion on what the library writes."""


def read_lines(content):
    """The unfolded lines of a calendar; asserts CRLF, 75 octets and no control characters on the way."""
    assert content.endswith(b"\r\n")
    raw = content[:-2].split(b"\r\n")
    for line in raw:
        assert len(line) <= 75, line
        assert not any(octet < 32 and octet != 9 for octet in line), line
        line.decode("utf-8")  # a fold inside a character fails here
    return content.decode().replace("\r\n ", "").split("\r\n")[:-1]


def read_events(content):
    """Each VEVENT as {name: value}; parameters stay in the name, escapes are undone."""
    events, current = [], None
    for line in read_lines(content):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            current = {}
        elif line == "END:VEVENT":
            events.append(current)
            current = None
        elif current is not None:
            assert name not in current, name
            current[name] = unescape(value)
    return events


def unescape(value):
    marks = {"n": "\n", "N": "\n"}
    out, letters = [], iter(value)
    for letter in letters:
        if letter == "\\":
            mark = next(letters)
            letter = marks.get(mark, mark)
        out.append(letter)
    return "".join(out)
