"""How the desk writes days and times where Django's own form of a language is another country's."""
