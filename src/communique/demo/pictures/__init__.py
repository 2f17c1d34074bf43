"""The demo's pictures: SVG as drawn, WebP as published, and the program that makes both (`draw.py`)."""
