"""The law of money, as functions of values: what is owed, what is booked, what a code for a bank says."""
