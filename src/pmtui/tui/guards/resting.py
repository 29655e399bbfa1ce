"""Whether a widget, a screen or the application has anything left to do."""

from textual.message_pump import MessagePump


def at_rest(node: MessagePump) -> bool:
    """Whether `node` waits for its next message, or is gone; False where that cannot be told.

    Asking costs nothing, unlike a message of one's own that comes back from the end of its queue.
    """
    if not node.is_running:
        return True
    ready = getattr(getattr(node, "_message_queue", None), "ready_event", None)
    return ready is not None and not ready.is_set() and bool(getattr(ready, "_waiters", ()))
