"""The two themes: quiet colours, so that what matters stands out."""

from textual.theme import Theme

DARK = Theme(
    name="pmtui-dark",
    dark=True,
    primary="#7aa7d9",
    secondary="#a99bdb",
    accent="#d9a25f",
    warning="#d8b65c",
    error="#e07a6b",
    success="#86b877",
    foreground="#d5d9e0",
    background="#13161b",
    surface="#181c22",
    panel="#232932",
    variables={
        "border": "#39424f",
        "border-blurred": "#2b323c",
        "text-muted": "#8a94a3",
        "hint": "#5a6473",
        "block-cursor-foreground": "#13161b",
        "scrollbar": "#39424f",
        "scrollbar-background": "#181c22",
        "scrollbar-hover": "#4a5565",
        "scrollbar-active": "#7aa7d9",
        "scrollbar-corner-color": "#181c22",
    },
)

LIGHT = Theme(
    name="pmtui-light",
    dark=False,
    primary="#2a5d9c",
    secondary="#6a56b0",
    accent="#9a5a12",
    warning="#85650a",
    error="#b3372a",
    success="#2f7430",
    foreground="#23272e",
    background="#f6f4ef",
    surface="#fdfcf9",
    panel="#e9e6df",
    variables={
        "border": "#b8b2a6",
        "border-blurred": "#d6d1c7",
        "text-muted": "#666c76",
        "hint": "#9a9ea6",
        "scrollbar": "#c9c3b8",
        "scrollbar-background": "#f1eee8",
        "scrollbar-hover": "#b0a99c",
        "scrollbar-active": "#2a5d9c",
        "scrollbar-corner-color": "#f1eee8",
    },
)
