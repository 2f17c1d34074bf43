"""How templates say what concerns links."""
