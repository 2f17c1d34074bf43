"""A press officer's day and its readers', told in a real browser with trusted input, counted and photographed."""
