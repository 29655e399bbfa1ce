"""How labels are written, and which of them begin a part or state a single fact."""

import re

LABEL = re.compile(
    r"(?P<open>\*\*\*|\*\*|__|\*|_)?(?P<name>[^\n*|`:：]{2,70}?)\s*"
    r"(?:(?P<inside>[:：])\s*(?P<close>\*\*\*|\*\*|__|\*|_)|(?P<shut>\*\*\*|\*\*|__|\*|_)\s*[:：]"
    r"|(?P<bare>[:：])(?=\s|\*|[A-Z][a-z]|$))\s*(?P<rest>.*)",
    re.DOTALL,
)
STRONG = re.compile(r"(?P<mark>\*\*\*|\*\*|__)(?P<text>(?:(?!\1).)+)(?P=mark)\s*[:：;]?", re.DOTALL)
PRIMARY = frozenset(
    """
    summary impact timeline cause cause+resolution trigger detection resolution measures tasks
    lessons conclusion factors whys links people times duration
    """.split()
)
SINGLE = frozenset(
    """
    started resolved detected acknowledged declared mitigated closed public duration date users
    percent requests revenue reference severity status drill timezone services tags
    """.split()
)
"""Labels whose value is one line: what follows belongs to the part around them."""
