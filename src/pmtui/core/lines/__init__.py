"""The lines that events and tasks are typed on."""
