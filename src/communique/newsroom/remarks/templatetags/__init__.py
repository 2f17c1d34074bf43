"""How templates say what concerns remarks."""
