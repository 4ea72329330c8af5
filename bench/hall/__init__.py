"""A hall that plays 25/10: 1,400 phones, five rounds, and people who come late, leave, or lose the server."""
