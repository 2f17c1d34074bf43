"""The demo's sounds: `record.py` makes them; the demo itself only reads the files."""
