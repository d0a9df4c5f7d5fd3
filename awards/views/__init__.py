"""Pages of awards: letters, the board's desk, decisions, the catalogue, the register."""
