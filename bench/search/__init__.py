"""How good and how fast search is: sets of questions, and what measures them."""
