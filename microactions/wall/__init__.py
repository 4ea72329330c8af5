"""The wall: public microactions, cheers, the feed."""
