"""The public site: from the record to files, and the server that sends them."""
