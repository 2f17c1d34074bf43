"""Contacts under a message: chosen from the furniture, frozen into the edition as words."""
