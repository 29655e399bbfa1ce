"""The palette: commands in the order in which they are declared, found by name or by help."""

from textual.command import DiscoveryHit, Hit, Hits, Provider

_BY_HELP = 0.5
"""What a match in the help of a command weighs against one in its name."""


class PaletteCommands(Provider):
    """What the application offers for the present screen."""

    async def discover(self) -> Hits:
        """All commands, before anything is typed."""
        for name, help_text, callback, _ in self.app.get_system_commands(self.screen):
            yield DiscoveryHit(name, callback, text=name, help=help_text)

    async def search(self, query: str) -> Hits:
        """The commands whose name or help matches, the names first."""
        matcher = self.matcher(query)
        for name, help_text, callback, _ in self.app.get_system_commands(self.screen):
            score = max(matcher.match(name), _BY_HELP * matcher.match(help_text))
            if score > 0:
                yield Hit(score, matcher.highlight(name), callback, text=name, help=help_text)
