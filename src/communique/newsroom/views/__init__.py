"""The desk's own screens; Wagtail's editor, history and comparison stand beside them."""
