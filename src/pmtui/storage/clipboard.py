"""Copying to the clipboard, and saying no more about it than is known.

"Copied" is said of what was read back only. Each clipboard tool runs in a session of its own, so
that it outlives the terminal, prints nothing into it, and can be ended when it hangs. Run as a
program, this module is the child that speaks to the tool through pyperclip.
"""

import base64
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from pmtui.core.lazy_dataclass import dataclass
from pmtui.errors import ClipboardError

_SECONDS = 2.0
"""How long one tool may take to write the text and to give it back."""

_TMUX_LIMIT = 740_000
"""Bytes of text beyond which tmux drops an OSC 52 sequence whole."""

_SILENT = frozenset({"", "dumb", "linux"})
"""The values of TERM of terminals that have no clipboard."""


@dataclass(frozen=True)
class Copied:
    """Where a text went. `confirmed`: it was read back from there. `message` tells a person so.

    `escape`, when not empty, is for the caller to write to the terminal; nothing answers to it.
    """

    where: str
    confirmed: bool
    message: str
    escape: str = ""


@dataclass(frozen=True)
class _Tool:
    """A clipboard of this machine, the programs it needs, and what pyperclip calls it."""

    name: str
    programs: tuple[str, ...]
    present: Callable[[Mapping[str, str]], object]
    mechanism: str


_TOOLS = (
    _Tool("pbcopy", ("pbcopy", "pbpaste"), lambda _: sys.platform == "darwin", "osx_pbcopy"),
    _Tool("clip.exe", ("clip.exe", "powershell.exe"), lambda e: e.get("WSL_DISTRO_NAME"), "wsl"),
    _Tool("wl-copy", ("wl-copy", "wl-paste"), lambda e: e.get("WAYLAND_DISPLAY"), "wl"),
    _Tool("xclip", ("xclip",), lambda e: e.get("DISPLAY"), "xclip"),
    _Tool("xsel", ("xsel",), lambda e: e.get("DISPLAY"), "xsel"),
)


class _FailedError(Exception):
    """One way to a clipboard failed; the text says which and why."""


_Way = Callable[[str, Mapping[str, str]], Copied]


def copy(
    text: str, *, environ: Mapping[str, str] = os.environ, terminal: bool | None = None
) -> Copied:
    """Puts `text` on the first clipboard that takes it: a local tool's, tmux's, the terminal's.

    Over ssh the local tools come last: the clipboard of the far machine is not the person's.
    `terminal` tells whether somebody can write `Copied.escape` to one; None: look for one.

    Raises:
        ClipboardError: The text is empty, or no way led anywhere.
    """
    if not text:
        raise ClipboardError("there is nothing to copy")
    tried = []
    for way in _ways(environ, _has_terminal() if terminal is None else terminal):
        try:
            return way(text, environ)
        except _FailedError as failure:
            tried.append(str(failure))
    reasons = "; ".join(tried) or "there is no display, no tmux and no terminal"
    raise ClipboardError(f"no clipboard took the text ({reasons})", remedy=_remedy(environ))


def _ways(environ: Mapping[str, str], terminal: bool) -> Iterator[_Way]:
    local = (_by_tool(tool) for tool in _TOOLS if tool.present(environ))
    far: list[_Way] = []
    if environ.get("TMUX"):
        far.append(_by_tmux)
    if terminal and environ.get("TERM", "") not in _SILENT:
        far.append(_by_terminal)
    if environ.get("SSH_TTY") or environ.get("SSH_CONNECTION"):
        yield from far
        yield from local
    else:
        yield from local
        yield from far


def _has_terminal() -> bool:
    try:
        os.close(os.open(os.ctermid(), os.O_WRONLY | os.O_NOCTTY))
    except OSError:
        return False
    return True


def _by_tool(tool: _Tool) -> _Way:
    def way(text: str, environ: Mapping[str, str]) -> Copied:
        for program in tool.programs:
            if shutil.which(program, path=environ.get("PATH")) is None:
                raise _FailedError(f"{program} is not installed")
        child = (sys.executable, "-P", "-m", "pmtui.storage.clipboard")
        write, read = (*child, "copy", tool.mechanism), (*child, "paste", tool.mechanism)
        if not _holds(tool.name, write, read, text, environ):
            raise _FailedError(f"{tool.name} did not take it")
        return Copied(tool.name, True, f"Copied ({tool.name}, checked)")

    return way


def _by_tmux(text: str, environ: Mapping[str, str]) -> Copied:
    """Since 3.2 tmux passes its buffer on to the terminal (-w), which does not answer."""
    kept = "In tmux's buffer (prefix ]), checked"
    passed_on = f"{kept}; also sent to your terminal, which does not say whether it took it"
    show = ("tmux", "show-buffer")
    for option, message in ((("-w",), passed_on), ((), kept)):
        if _holds("tmux", ("tmux", "load-buffer", *option, "-"), show, text, environ):
            return Copied("tmux", True, message)
    raise _FailedError("tmux did not take it")


def _by_terminal(text: str, environ: Mapping[str, str]) -> Copied:
    if environ.get("STY") and not environ.get("TMUX"):
        raise _FailedError("GNU screen passes nothing on to the terminal's clipboard")
    content = text.encode("utf-8", "replace")
    message = "Sent to your terminal (OSC 52); it does not say whether it took it"
    if environ.get("TMUX") and len(content) > _TMUX_LIMIT:
        raise _FailedError(f"tmux drops a text of {len(content)} bytes")
    escape = f"\x1b]52;c;{base64.b64encode(content).decode('ascii')}\x07"
    return Copied("terminal", False, message, escape)


def _holds(
    name: str, write: Sequence[str], read: Sequence[str], text: str, environ: Mapping[str, str]
) -> bool:
    """Whether `read` gives the text back after `write` took it: the claim alone is no proof."""
    content = text.encode("utf-8", "replace")
    deadline = time.monotonic() + _SECONDS
    try:
        taken, _ = _run(write, content, deadline, environ, answer=False)
        _, found = _run(read, b"", deadline, environ, answer=True)
    except subprocess.TimeoutExpired:
        raise _FailedError(f"{name} did not answer within {_SECONDS:.0f} s") from None
    except OSError as error:
        raise _FailedError(f"{name} cannot be run: {error.strerror}") from None
    return taken == 0 and _lines(found) == _lines(content)


def _lines(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n")


def _run(
    command: Sequence[str],
    content: bytes,
    deadline: float,
    environ: Mapping[str, str],
    *,
    answer: bool,
) -> tuple[int, bytes]:
    """The exit status of `command` and what it prints.

    What does not end by the deadline is killed with all that it started.
    Without `answer` its output goes nowhere: the process that stays behind to serve the clipboard
    would otherwise hold the pipe open.
    """
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE if answer else subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=dict(environ),
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(content, timeout=max(0.0, deadline - time.monotonic()))
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise
    return process.returncode, output or b""


def _remedy(environ: Mapping[str, str]) -> str:
    tool = "wl-clipboard" if environ.get("WAYLAND_DISPLAY") else "xclip"
    if environ.get("WAYLAND_DISPLAY") or environ.get("DISPLAY"):
        return f"install {tool}, or export to a file"
    return "export to a file, or work in tmux; on a desktop, install xclip or wl-clipboard"


def _child(action: str, mechanism: str) -> None:
    import pyperclip  # type: ignore[import-untyped]

    take, give = getattr(pyperclip, f"init_{mechanism}_clipboard")()
    if action == "copy":
        take(sys.stdin.buffer.read().decode("utf-8"))
    else:
        sys.stdout.buffer.write(give().encode("utf-8"))


if __name__ == "__main__":
    _child(*sys.argv[1:])
