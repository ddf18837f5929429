"""States of a commendation that other rooms ask for: a plain list, so that asking loads no other room."""

# On its way or granted: what counts as proposed already.
LIVE_STATES = ("submitted", "endorsed", "appraised", "voted", "forwarded", "granted")
# On its way: handed in, and not decided yet.
PENDING_STATES = LIVE_STATES[:-1]
# Handed in, whatever became of it; one that was withdrawn is, if its day of handing in is kept.
HANDED_IN_STATES = (*LIVE_STATES, "rejected", "revoked")
# Over, whatever the end.
FINAL_STATES = ("granted", "rejected", "withdrawn", "revoked")
