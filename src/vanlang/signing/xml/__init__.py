"""Signatures in XML: XML-DSig enveloped in what it signs, with the properties of XAdES (baseline B-B)."""
