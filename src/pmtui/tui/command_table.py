"""Every command, declared once: key bar, palette, help, README and key settings read this."""

from pmtui.tui.command import Command, Situation, read_only_words

_WRITE, _GO, _FILE, _VIEW = "Write", "Go", "Save and share", "See"
_LIST_T, _LIST_K, _FORM = "In the timeline", "In the tasks", "In a text"
_REVIEW = "In the review"


def _writable(situation: Situation) -> str:
    return read_only_words(situation.read_only)


def _an_item(situation: Situation) -> str:
    if situation.items:
        return ""
    add = "" if situation.read_only else "; press a to add the first"
    return f"There is nothing here{' yet' if add else ''}{add}"


def _change_item(situation: Situation) -> str:
    return _writable(situation) or _an_item(situation)


def _a_finding(situation: Situation) -> str:
    return "" if situation.items else "The review finds nothing"


def _change_finding(situation: Situation) -> str:
    return _writable(situation) or _a_finding(situation)


COMMANDS: tuple[Command, ...] = (
    Command(
        "entry",
        "ctrl+t",
        "event",
        "Add an event to the timeline and be back; press twice to stay and add more",
        _WRITE,
        bar=1,
        when=_writable,
    ),
    Command(
        "task",
        "ctrl+n",
        "task",
        "Add a task and be back; twice to stay, a third time to add measures",
        _WRITE,
        bar=2,
        when=_writable,
    ),
    Command(
        "undo",
        "ctrl+z",
        "undo",
        "Undo, say what was undone, and put the cursor back",
        _WRITE,
        when=lambda s: _writable(s) or ("" if s.can_undo else "There is nothing to undo"),
    ),
    Command(
        "redo",
        "ctrl+y",
        "redo",
        "Do again what was undone",
        _WRITE,
        when=lambda s: _writable(s) or ("" if s.can_redo else "There is nothing to redo"),
    ),
    Command(
        "external",
        "f4",
        "$EDITOR",
        "Open the present text in $EDITOR and come back with it",
        _WRITE,
        when=lambda s: (
            _writable(s)
            or ("" if s.prose else "Only a longer text opens in $EDITOR; go to one first")
        ),
    ),
    Command(
        "send",
        "f12",
        "send to",
        "Send the selection, paragraph or list to where it belongs: F12, then the letter",
        _WRITE,
        when=lambda s: (
            _writable(s) or ("" if s.prose else "Only words of a longer text can be sent elsewhere")
        ),
    ),
    Command("goto", "ctrl+g", "go to", "Go to any field: ctrl+g, then its letter", _GO, bar=4),
    Command("summary", "ctrl+o", "summary", "Go to the summary", _GO),
    Command("timeline", "f3", "timeline", "Go to the timeline", _GO),
    Command("root-cause", "ctrl+r", "root cause", "Go to the root cause", _GO),
    Command("tasks", "f2", "tasks", "Go to the tasks", _GO),
    Command("lessons", "ctrl+l", "lessons", "Go to lessons and everything else", _GO),
    Command("next", "tab", "next", "Go to the next field or pane", _GO),
    Command("previous", "shift+tab", "previous", "Go to the previous field or pane", _GO),
    Command("find", "ctrl+f", "filter", "Filter the timeline or the tasks by a word", _GO),
    Command(
        "conflicts",
        "ctrl+b",
        "conflicts",
        "Settle what you and another program both changed, side by side",
        _FILE,
        when=lambda s: s.read_only or ("" if s.conflicts else "There is no conflict to settle"),
    ),
    Command("save", "ctrl+s", "save", "Save now", _FILE, bar=3, when=_writable),
    Command("copy", "f8", "copy", "Export: write the Markdown file and copy it", _FILE, bar=7),
    Command("export", "f7", "export", "Write the Markdown file beside the document", _FILE),
    Command(
        "export-as",
        "shift+f8,f20",
        "export as",
        "Choose form, template and zones of an export, see it, then write and copy it",
        _FILE,
    ),
    Command(
        "review", "f5", "review", "See what the review finds, live; again closes it", _VIEW, bar=5
    ),
    Command("preview", "f6", "preview", "See the exported Markdown beside the text", _VIEW, bar=6),
    Command("theme", "f9", "theme", "Change between the dark and the light theme", _VIEW),
    Command("palette", "ctrl+p", "commands", "Find any command by its name", _VIEW, bar=8),
    Command("help", "f1", "help", "Show all keys", _VIEW, bar=9),
    Command("quit", "ctrl+q", "quit", "Save and leave", _FILE),
    Command("timeline.add", "a", "add", "Add events", _LIST_T, "timeline", bar=1, when=_writable),
    Command(
        "timeline.edit",
        "e,enter",
        "edit",
        "Edit the event in place",
        _LIST_T,
        "timeline",
        bar=2,
        when=_change_item,
    ),
    Command(
        "timeline.retime",
        "t",
        "re-time",
        "Type another time, or +5m / -5m to shift; works on all selected",
        _LIST_T,
        "timeline",
        bar=3,
        when=_change_item,
    ),
    Command(
        "timeline.mark",
        "m",
        "milestone",
        "Make it a milestone or another kind: m, then the letter",
        _LIST_T,
        "timeline",
        bar=4,
        when=_change_item,
    ),
    Command(
        "timeline.delete",
        "d,delete",
        "delete",
        "Delete the event, or all selected; ctrl+z brings them back",
        _LIST_T,
        "timeline",
        bar=5,
        when=_change_item,
    ),
    Command(
        "timeline.select",
        "space",
        "select",
        "Select the event for re-timing, marking, copying or deleting",
        _LIST_T,
        "timeline",
        bar=6,
        when=_an_item,
    ),
    Command("timeline.filter", "slash", "filter", "Filter by a word", _LIST_T, "timeline", bar=7),
    Command("timeline.sort", "s", "sort", "Sort by the next column", _LIST_T, "timeline", bar=8),
    Command("timeline.reverse", "S", "reverse", "Turn the order round", _LIST_T, "timeline"),
    Command(
        "timeline.up",
        "K",
        "up",
        "Move the event up among those of the same time",
        _LIST_T,
        "timeline",
        when=_change_item,
    ),
    Command(
        "timeline.down",
        "J",
        "down",
        "Move the event down among those of the same time",
        _LIST_T,
        "timeline",
        when=_change_item,
    ),
    Command(
        "timeline.copy",
        "y",
        "copy",
        "Copy the event, or all selected, as Markdown",
        _LIST_T,
        "timeline",
        when=_an_item,
    ),
    Command(
        "timeline.internal",
        "x",
        "keep out of exports",
        "Keep the event out of exports (it is marked internal), or let it in again",
        _LIST_T,
        "timeline",
        when=_change_item,
    ),
    Command(
        "timeline.origin",
        "T",
        "T+ from",
        "Count T+ from another milestone: T, then its letter",
        _LIST_T,
        "timeline",
        when=_an_item,
    ),
    Command(
        "timeline.zones",
        "z",
        "zones",
        "Show the times in your zone too, then in UTC, then in the incident's alone",
        _LIST_T,
        "timeline",
    ),
    Command(
        "timeline.wrap", "w", "wrap", "Show long texts whole or on one line", _LIST_T, "timeline"
    ),
    Command("tasks.add", "a", "add", "Add tasks", _LIST_K, "tasks", bar=1, when=_writable),
    Command(
        "tasks.toggle",
        "space",
        "done",
        "Tick the task off, or open it again",
        _LIST_K,
        "tasks",
        bar=2,
        when=_change_item,
    ),
    Command(
        "tasks.edit",
        "e,enter",
        "edit",
        "Edit the task or measure in place",
        _LIST_K,
        "tasks",
        bar=3,
        when=_change_item,
    ),
    Command(
        "tasks.delete",
        "d,delete",
        "delete",
        "Delete the task or measure; ctrl+z brings it back",
        _LIST_K,
        "tasks",
        bar=4,
        when=_change_item,
    ),
    Command(
        "tasks.promote",
        "p",
        "make a task",
        "Turn the measure into a task",
        _LIST_K,
        "tasks",
        bar=5,
        when=_change_item,
    ),
    Command(
        "tasks.mark",
        "m",
        "kind",
        "Give the task a kind, the measure corrective or preventive: m, then the letter",
        _LIST_K,
        "tasks",
        when=_change_item,
    ),
    Command(
        "tasks.drop",
        "x",
        "drop",
        "Drop the task (it stays on record), or open it again",
        _LIST_K,
        "tasks",
        when=_change_item,
    ),
    Command("tasks.filter", "slash", "filter", "Filter by a word", _LIST_K, "tasks", bar=6),
    Command("tasks.up", "K", "up", "Move it up", _LIST_K, "tasks", when=_change_item),
    Command("tasks.down", "J", "down", "Move it down", _LIST_K, "tasks", when=_change_item),
    Command("tasks.copy", "y", "copy", "Copy it as Markdown", _LIST_K, "tasks", when=_an_item),
    Command(
        "review.jump",
        "enter",
        "go there",
        "Go to the words that the finding is about; F5 comes back",
        _REVIEW,
        "review",
        bar=1,
        when=_a_finding,
    ),
    Command(
        "review.fix",
        "f",
        "fix",
        "Do what the finding offers; ctrl+z takes it back",
        _REVIEW,
        "review",
        bar=2,
        when=_change_finding,
    ),
    Command(
        "review.silence",
        "x",
        "let stand",
        "Let the finding stand, with the reason, which the document keeps; again finds it again",
        _REVIEW,
        "review",
        bar=3,
        when=_change_finding,
    ),
    Command(
        "review.assumed",
        "i",
        "imported",
        "See what was assumed, and what contradicts, in the Markdown, text or HTML that was read",
        _REVIEW,
        "review",
    ),
    Command(
        "review.durations",
        "d",
        "durations",
        "See all durations, what they are taken from, and what contradicts",
        _REVIEW,
        "review",
        bar=4,
    ),
)
