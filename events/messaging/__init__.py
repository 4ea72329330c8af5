"""Messages of hosts to everybody with an RSVP."""
