"""Pages of the portal as frozen values, composed from the doors of the floors below."""
