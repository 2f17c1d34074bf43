"""The pictures, one module each: what is cut, from the back to the front."""
