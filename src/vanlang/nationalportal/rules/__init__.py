"""The words of the national portal, both ways: pure. Field names and codes of the wire stand here and nowhere else."""
