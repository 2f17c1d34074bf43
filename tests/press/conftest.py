"""What these tests share: an object store of their own."""

from object_store import server  # noqa: F401 - a fixture
