"""Questions to the catalogue; upper apps get frozen cards."""
