"""How well the importer reads a folder of documents: `python -m tests.import_score DIR`.

DIR holds documents (.md, .txt, .html) and a TOML file with one table of expectations a document,
named by its file without the suffix; the head of tests/data/import/expectations.toml says what each
key means. A key that a table leaves out is not judged. Printed are

- for each field the share of documents in which it is right. The total counts those of `FIELDS`;
  the others are shown below it. A document that cannot be imported has every field wrong;
- of the entries the share that is right: one for each document whose number of entries is right,
  and one for each sample whose time and first words are those of an entry;
- of the words the share that the re-exported house Markdown or the fields of the document still
  hold (see tests/import_scoring/words.py for what counts as a word), and the same when the names of
  main headings are forgiven: a heading that became a field is known by the field. Last comes the
  share that a reader of the rendered house Markdown sees, where comments hold no words.
"""

import argparse
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.import_scoring import words
from tests.import_scoring.facts import Facts
from tests.import_scoring.judging import Verdict, judge, judge_samples

FIELDS = (
    "title",
    "start",
    "end",
    "timezone",
    "duration_min",
    "impact_percent",
    "severity",
    "n_timeline",
    "first_entry_time",
    "last_entry_time",
    "has_root_cause",
    "has_resolution",
    "n_actions",
    "n_checkboxes",
    "sections",
)
"""The fields that the total counts."""

FURTHER = (
    "date",
    "n_timed",
    "first_entry_date",
    "last_entry_date",
    "n_checked",
    "n_links",
    "n_images",
    "code_blocks",
)
"""The fields that are shown, but are no part of the total."""

LABELS = ("expectations.toml", "labels.toml")
SUFFIXES = (".md", ".markdown", ".txt", ".text", ".html", ".htm")

Importer = Callable[[bytes, str], Facts]


@dataclass(frozen=True)
class Score:
    """How one document was read; `error` is what stopped its import."""

    name: str
    verdicts: tuple[Verdict, ...] = ()
    samples: tuple[Verdict, ...] = ()
    words: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    lost_but_headings: Counter[str] = field(default_factory=Counter)
    out_of_sight: Counter[str] = field(default_factory=Counter)
    error: str = ""


def importer() -> Importer:
    """The importer of the project.

    Raises:
        ImportError: The project has none.
    """
    read = import_module("pmtui.formats.reading").read

    def of(data: bytes, name: str) -> Facts:
        imported = read(data, name)
        return Facts(imported.document, tuple(imported.report.headings))

    return of


def score(name: str, data: bytes, expected: Mapping[str, Any], read: Importer) -> Score:
    """How the document `name` with the bytes `data` is read, held against `expected`."""
    source = words.decoded(data)
    is_html = name.endswith((".html", ".htm"))
    counted = words.words(source, is_html=is_html)
    try:
        facts = read(data, name)
        verdicts = judge(facts, expected)
        samples = judge_samples(facts, expected)
        lost = counted - words.kept(facts.document)
        visible = words.words(words.without_comments(source), is_html=is_html)
        hidden = visible - words.in_sight(facts.document)
    except Exception as error:
        wrong = tuple(
            Verdict(key, False, str(expected[key]), "not imported")
            for key in (*FIELDS, *FURTHER)
            if key in expected
        )
        missed = tuple(
            Verdict("samples", False, " ".join(sample[:2]), "not imported")
            for sample in expected.get("samples", ())
        )
        said = f"{type(error).__name__}: {error}"
        return Score(name, wrong, missed, counted, counted, counted, counted, said)
    headings = words.words("\n".join(facts.section_names))
    return Score(name, verdicts, samples, counted, lost, lost - headings, hidden - headings)


def score_folder(folder: Path, labels: Path, read: Importer) -> list[Score]:
    """The score of each document of `folder` that `labels` knows.

    Raises:
        FileNotFoundError: A labelled document is not there.
    """
    expectations = tomllib.loads(labels.read_text("utf-8"))
    files = {path.stem: path for path in sorted(folder.iterdir()) if path.suffix in SUFFIXES}
    if missing := sorted(set(expectations) - set(files)):
        raise FileNotFoundError(f"{folder} holds no document {', '.join(missing)}")
    return [
        score(path.name, path.read_bytes(), expectations[stem], read)
        for stem, path in files.items()
        if stem in expectations
    ]


def summary(scores: Sequence[Score]) -> dict[str, Any]:
    """How much is right, and how much was judged: by field, in total, of entries and of words."""
    verdicts = [verdict for each in scores for verdict in each.verdicts]
    counts = {
        name: _share([verdict for verdict in verdicts if verdict.field == name])
        for name in (*FIELDS, *FURTHER)
    }
    entries = [verdict for verdict in verdicts if verdict.field == "n_timeline"]
    entries += [verdict for each in scores for verdict in each.samples]
    total = sum(each.words.total() for each in scores)
    return {
        "documents": len(scores),
        "failed": [f"{each.name}: {each.error}" for each in scores if each.error],
        "fields": counts,
        "total": _share([verdict for verdict in verdicts if verdict.field in FIELDS]),
        "entries": _share(entries),
        "words": (total - sum(each.lost.total() for each in scores), total),
        "words_but_headings": (
            total - sum(each.lost_but_headings.total() for each in scores),
            total,
        ),
        "words_in_sight": (total - sum(each.out_of_sight.total() for each in scores), total),
    }


def _share(verdicts: Sequence[Verdict]) -> tuple[int, int]:
    return sum(verdict.right for verdict in verdicts), len(verdicts)


def report(scores: Sequence[Score], *, verbose: bool = False) -> str:
    """The summary as text, with what is wrong in each document if `verbose`."""
    told = summary(scores)
    lines = [line for each in scores for line in _misses(each)] if verbose else []
    lines += [f"not imported: {failed}" for failed in told["failed"]]
    lines += [f"{told['documents']} documents", ""]
    lines += [_row(name, told["fields"][name]) for name in FIELDS]
    lines += [_row("fields in total", told["total"]), ""]
    lines += [_row(name, told["fields"][name]) for name in FURTHER if told["fields"][name][1]]
    lines += ["", _row("entries", told["entries"]), _row("words", told["words"])]
    lines.append(_row("words, headings forgiven", told["words_but_headings"]))
    lines.append(_row("the same, in sight", told["words_in_sight"]))
    return "\n".join(lines)


def _row(name: str, share: tuple[int, int]) -> str:
    right, judged = share
    percent = f"{100 * right / judged:6.1f} %" if judged else "   not judged"
    return f"{name:26}{percent}  {right}/{judged}"


def _misses(each: Score) -> list[str]:
    wrong = [verdict for verdict in (*each.verdicts, *each.samples) if not verdict.right]
    if not wrong and not each.lost:
        return []
    lines = [each.name]
    lines += [f"  {v.field}: expected {v.expected}; found {v.found}" for v in wrong]
    if each.lost:
        count = each.lost.total()
        kept = words.share_kept(each.words, each.lost)
        named = " ".join(f"{word}×{n}" if n > 1 else word for word, n in each.lost.most_common(40))
        lines.append(f"  words: {count} lost ({100 * kept:.1f} % kept): {named}")
    return [*lines, ""]


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the score of a folder; 2 where there is nothing to judge."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.import_score",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, help="where the documents are")
    parser.add_argument("--labels", type=Path, help=f"default: {' or '.join(LABELS)} in DIR")
    parser.add_argument("--verbose", action="store_true", help="list what is wrong")
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")
    chosen = parser.parse_args(arguments)
    found = (chosen.folder / name for name in LABELS)
    labels = chosen.labels or next((path for path in found if path.is_file()), None)
    if labels is None:
        parser.error(f"{chosen.folder} holds neither {' nor '.join(LABELS)}; name it by --labels")
    try:
        scores = score_folder(chosen.folder, labels, importer())
    except (OSError, ImportError, tomllib.TOMLDecodeError) as error:
        parser.error(str(error))
    if chosen.json:
        misses = {each.name: _misses(each)[1:] for each in scores} if chosen.verbose else {}
        print(json.dumps(summary(scores) | ({"misses": misses} if misses else {}), indent=2))
    else:
        print(report(scores, verbose=chosen.verbose))
    return 0


if __name__ == "__main__":
    sys.exit(main())
