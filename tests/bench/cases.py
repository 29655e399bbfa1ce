"""The benches by name, and what each needs beside it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from tests.bench import editors, inside, slow, starts
from tests.bench.figures import Figure, Figures
from tests.bench.place import SIZES, Place


@dataclass(frozen=True)
class Bench:
    """One bench; `bases` are those that its figures are held against.

    One that takes long runs in the first round only. One of a link is for `--rtt` and `--rate`.
    """

    name: str
    run: Callable[[Place], Figures]
    bases: tuple[str, ...] = ()
    once: bool = False
    of_link: bool = False
    entries: int = 0


def _growing_files(count: int, place: Place) -> Figures:
    found = inside.files(place, count)
    return {f"{name}@{count}": _cost(found[name]) for name in ("load", "save")}


def _growing_editor(count: int, place: Place) -> Figures:
    return editors.growth(place, count)


def _cost(figure: Figure) -> Figure:
    return Figure(figure.value if figure.cpu is None else figure.cpu)


BENCHES = (
    Bench("pass", starts.pass_),
    Bench("help", starts.help_, ("pass",)),
    Bench("version", starts.version, ("pass",)),
    Bench("log", starts.log, ("pass",)),
    Bench("imports", starts.imports, once=True),
    Bench("bare", editors.bare_app),
    Bench("small", editors.small, ("bare",)),
    Bench("sample", editors.sample, ("bare",)),
    Bench("medium", editors.medium, ("bare",)),
    Bench("large", editors.large, ("bare", "small")),
    Bench("text", editors.text, ("bare",)),
    Bench("paste", editors.paste, ("bare",), once=True),
    Bench("files", partial(inside.files, count=10_000)),
    Bench("import", starts.read_markdown, ("pass",), once=True),
    Bench("export", starts.export, ("pass",), once=True),
    Bench("check", starts.check, ("pass",), once=True),
    *(
        Bench(f"growth-{name}-{count}", partial(run, count), once=True, entries=count)
        for name, run in (("files", _growing_files), ("editor", _growing_editor))
        for count in SIZES
    ),
    Bench("slow", slow.slow, of_link=True),
)


def chosen(names: Iterable[str], *, of_link: bool, largest: int) -> list[Bench]:
    """The benches of these names, or all, with what they need, in their order.

    A name stands for all that begin with it and a hyphen too, as far as they are not too large;
    by its own name any can be had.

    Raises:
        KeyError: There is none of that name.
    """
    wanted: set[str] = set()
    asked = set(names)
    for name in asked:
        found = [b for b in BENCHES if b.name == name or b.name.startswith(f"{name}-")]
        if not found:
            raise KeyError(name)
        wanted.update(*((each.name, *each.bases) for each in found))
    return [
        bench
        for bench in BENCHES
        if bench.of_link == of_link
        and (bench.name in wanted or not wanted)
        and (bench.entries <= largest or bench.name in asked)
    ]
