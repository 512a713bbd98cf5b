"""Workbooks as bytes: read with calamine, written with xlsxwriter; text of the comma-separated kind as well."""
