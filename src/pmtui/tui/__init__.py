"""The editor; what is imported first is what all of it is built on."""

from pmtui.tui.loading import load_asyncio

load_asyncio()
