"""Texts that want to be more than text: markup, terminal escapes, controls, directions."""

import re
import unicodedata
from functools import cache

PAYLOADS = {
    # What Textual's and Rich's markup take for tags.
    "closing tag": "[/]",
    "path in brackets": "[/etc/passwd]",
    "closing tag of nothing": "[/bold]",
    "crossed tags": "[a][/b]",
    "unclosed tag": "[red",
    "unclosed closing tag": "[/",
    "log line": "[INFO] started [/usr/bin]",
    "regular expression": "[^/]+[/]?",
    "link": "[link=file:///etc/passwd]CLICK[/]",
    "action": "[@click=app.exit]CLICK[/]",
    "action with an argument": "[@click=app.exit('x')]CLICK",
    "style": "[bold red on white]styled[/]",
    "variable of a theme": "$primary [$error]x[/]",
    "emoji code": ":fire: [b]:fire:",
    "escaped bracket": "\\[/] \\",
    "template": "{{ 7*7 }} {% raw %} ${HOME} %s {0}",
    # What steers a terminal.
    "clipboard": "\x1b]52;c;UFdORUQ=\x07",
    "clipboard, ended by ST": "\x1b]52;c;UFdORUQ=\x1b\\",
    "title": "\x1b]2;owned\x07",
    "hyperlink": "\x1b]8;;http://evil\x1b\\x\x1b]8;;\x1b\\",
    "clearing": "\x1b[2J\x1b[H",
    "colours": "\x1b[31;77m",
    "main screen": "\x1b[?1049l",
    "reset": "\x1bc",
    "device control": '\x1bP$q"p\x1b\\',
    "C1 sequences": "\x9b31;77m\x9d52;c;eA==\x9c\x90x\x9c\x85",
    "bell, backspaces, delete": "\x07abc\x08\x08\x7f",
    "null and others": "\x00\x01\x0e\x0f\x1f",
    "line ends": "a\rb\x0bc\x0cd\u2028e\u2029f",
    "right to left": "\u202eevil\u202c",
    "isolates and marks": "\u2066x\u2069\u200e\u200f\u061c",
    "half a character": "\udcff\ud800",
    "all at once": "\x1b[/]\x07[@click=app.exit]\u202e\x9b2J",
}

RAW = re.compile(
    rb"[\x00-\x09\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]"  # C0 but for CR, LF and ESC
    rb"|\xc2[\x80-\x9f]"  # C1
    rb"|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]|\xd8\x9c"  # line ends, directions
    rb"|\x1b(?!\[)"  # whatever is no CSI: OSC, DCS, a reset
    rb"|\x1b\[(?:31;77m|2J)"  # the sequences of the payloads above
)
"""Bytes that a program which only draws and sets modes never sends."""


@cache
def is_hidden(character: str) -> bool:
    """Whether it is drawn as nothing, or changes how others are drawn."""
    category = unicodedata.category(character)
    return category in ("Cc", "Cs", "Zl", "Zp") or unicodedata.bidirectional(character) in (
        *("LRE", "RLE", "LRO", "RLO", "PDF"),
        *("LRI", "RLI", "FSI", "PDI"),
    )


def as_argument(text: str) -> str:
    """`text` as far as it can be in an argument or a variable of the environment."""
    return text.replace("\0", "").replace("\ud800", "")


def as_file_name(text: str) -> str:
    """`text` as far as it can be in the name of a file."""
    return as_argument(text).replace("/", "∕")
