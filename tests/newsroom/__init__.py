"""The newsroom's tests; one office is founded for all of a process, and each test works on a copy of it."""
