"""The letters that give an event or a task its kind."""

EVENT_KEYS = {
    "started": "s",
    "detected": "d",
    "acknowledged": "k",
    "escalated": "e",
    "diagnosed": "g",
    "mitigated": "m",
    "resolved": "r",
    "closed": "c",
    "public": "p",
    "action": "a",
    "finding": "f",
    "decision": "o",
    "dead-end": "x",
    "message": "t",
    "note": "n",
}

TASK_KEYS = {
    "prevent": "p",
    "detect": "d",
    "mitigate": "m",
    "repair": "r",
    "process": "c",
    "other": "o",
    "corrective": "c",
    "preventive": "p",
    "": "n",
}
