"""What other parts of the marketplace hear of a deal, inside the transaction that changes it."""

from django.dispatch import Signal

# Sent by `moves` with `deal` and `step` when a move is made. Who raises `Refused` takes it back.
deal_moved = Signal()
