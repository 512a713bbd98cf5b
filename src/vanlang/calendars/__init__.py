"""Working days and office hours: the only deadline arithmetic in the house."""
