"""Tags of the inquiries' templates."""
