"""Commands of the catalogue, named by the act."""
