"""Wire: from the record to others: its witnesses are asked to sign its heads."""
