"""Standing texts: what an office keeps ready (a holding line, a condolence), with gaps to be filled."""
