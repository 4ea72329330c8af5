"""Videos and posts of other services that a text names by a number alone."""

ADDRESSES = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "gist": "https://gist.github.com/{}",
    "tweet": "https://x.com/i/status/{}",
    "x": "https://x.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
}
# Named by their address.
OTHERS = {"video", "audio", "embedyt", "soundcloud", "spotify", "ted", "wpvideo", "mp3", "mp4", "facebook", "tiktok"}
OTHERS |= {"googlemaps", "slideshare", "dailymotion", "flickr", "twitter", "fvplayer"}


def is_one(name: str) -> bool:
    return name.lower() in OTHERS or name.lower() in ADDRESSES


def address_of(name: str, named: dict, said: str) -> str:
    """The address of `[vimeo 123]` or `[youtube id="abc"]`; empty where no number is said."""
    number = named.get("id") or (said.strip(" =/").split() or [""])[0].strip("\"'")
    is_plain = number.replace("-", "").replace("_", "").isalnum() and number.isascii()
    return ADDRESSES[name.lower()].format(number) if name.lower() in ADDRESSES and is_plain else ""
