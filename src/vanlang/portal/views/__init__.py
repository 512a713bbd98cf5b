"""Views of the portal: parse, ask one door, render. No rule lives here."""
