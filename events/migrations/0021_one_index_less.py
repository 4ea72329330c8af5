from django.db import migrations

MAKE = "CREATE INDEX IF NOT EXISTS events_rsvp_token_96eb29f2_like ON events_rsvp (token varchar_pattern_ops)"
REMOVE = "DROP INDEX IF EXISTS events_rsvp_token_96eb29f2_like"


class Migration(migrations.Migration):
    """Django makes a second index of a unique text, for LIKE. Nobody looks for a part of a token, and each RSVP writes it."""

    dependencies = [("events", "0020_words_stand_apart")]

    operations = [migrations.RunSQL(REMOVE, MAKE)]
