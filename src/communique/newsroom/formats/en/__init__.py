"""English as most press offices in the world write it."""
