"""Who is named or described in a text, and whom each mention means."""
