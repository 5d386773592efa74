"""A person's card as a vCard 3.0 (RFC 2426), which every phone and mail program reads."""

# Octets of a line, its end not counted (RFC 2425, 5.8.1).
LONGEST = 75


def vcard(person):
    """The card of `person`, a Professional with its organisation, as lines without their ends, none of them folded."""
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:{_escaped(person.family_name)};{_escaped(person.given_name)};;;",
        f"FN:{_escaped(person.name)}",
        f"TITLE:{_escaped(person.title)}",
        f"ORG:{_escaped(person.organisation.name)}",
    ]
    if person.number:
        lines.append(f"TEL;TYPE=WORK,VOICE:{person.number.href.removeprefix('tel:')}")
    if person.email:
        lines.append(f"EMAIL;TYPE=INTERNET,WORK:{_escaped(person.email)}")
    if person.hours:
        lines.append(f"NOTE:{_escaped(person.hours)}")
    return [*lines, f"UID:urn:uuid:{person.uuid}", "END:VCARD"]


def as_file(lines):
    """`lines` as the bytes of a file."""
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def as_code(lines):
    """`lines` as the text of a QR code: not folded, for not every reader of codes puts lines together again."""
    return "\r\n".join(lines)


def _escaped(text):
    """`text` with the characters that have a meaning in a vCard escaped, line ends too."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(text.splitlines())


def _folded(line):
    """`line` broken into pieces of at most LONGEST octets, no character of it cut."""
    pieces, room = [""], LONGEST
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append("")
            room = LONGEST - 1  # the space that a further piece begins with
        pieces[-1] += character
        room -= size
    return "\r\n ".join(pieces)
