"""Events and actions that are set as code although they are text: all that a part consists of."""

from collections.abc import Sequence
from dataclasses import replace

from pmtui.formats.reading import inline
from pmtui.formats.reading.blocks import Block
from pmtui.formats.reading.markdown_blocks import read_markdown
from pmtui.formats.reading.parts import ACTIONS, Part
from pmtui.formats.reading.report import Report
from pmtui.formats.reading.timed_lines import count_timed
from pmtui.formats.reading.timeline_forms import is_timed_code

_TEXTS = frozenset(("", "text", "txt", "plain", "plaintext", "md", "markdown"))
"""The languages that code has which is none."""

_FEWEST_WORDS = 3
"""The words of a line that tells what is to be done."""


def open_code(parts: Sequence[Part], report: Report) -> None:
    """Puts the text for the code that a timeline, or a list of actions, wholly consists of.

    Bare lines that begin with their times are read as the code that they are.
    """
    for part in parts:
        if part.name != "timeline" and part.name not in ACTIONS:
            continue
        said = [block for block in part.blocks if block.kind not in ("comment", "rule")]
        if not said or not all(map(_is_text, said)):
            continue
        inner = [block for code in said for block in _blocks(code)]
        plain = not any(block.kind in ("item", "table") for block in inner)
        if plain and any(is_timed_code("", code, loose=True) for code in said):
            continue
        if _tells(inner, part.name):
            part.blocks = inner
            kind = "events" if part.name == "timeline" else "actions"
            report.add(said[0].line + 1, f"the code here was taken for text that lists {kind}")


def _is_text(block: Block) -> bool:
    """Whether a block is code of no language, whose lines are those of the source."""
    return block.kind == "code" and block.source is None and block.mark.lower() in _TEXTS


def _blocks(code: Block) -> list[Block]:
    """What the text of a block of code consists of, each at its line of the source."""
    begin = code.line + 1
    return [
        replace(block, line=block.line + begin, end=block.end + begin)
        for block in read_markdown(code.text.split("\n"), Report())
    ]


def _tells(blocks: Sequence[Block], name: str) -> bool:
    """Whether the blocks are events with their times, or several things to do."""
    if name == "timeline":
        timed, count = count_timed(blocks)
        return timed > 0 and timed * 2 >= count - 1
    lines = [block for block in blocks if block.kind in ("text", "item")]
    if any(block.kind == "item" for block in lines):
        return True
    texts = [inline.words(block.text) for block in lines]
    return len(texts) > 1 and all(map(_is_sentence, texts))


def _is_sentence(text: str) -> bool:
    """Whether a line says something in words, as no command or setting does."""
    return text[:1].isupper() and len(text.split()) >= _FEWEST_WORDS
