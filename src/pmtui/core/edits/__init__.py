"""Named edits: each takes a postmortem and gives the postmortem after the change.

An edit that changes nothing gives the same object back, so that history can tell.
"""
