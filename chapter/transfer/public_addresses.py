"""Which IP addresses are on the public internet, for real."""

import ipaddress

# Not for the public, whatever this Python's own tables say of them; and every way to write an IPv4 address as an IPv6 one.
REFUSED = [
    ipaddress.ip_network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
        *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        *("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23"),
        *("2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
    )
]


def is_public(text):
    """Whether this is an IP address that anybody on the internet could ask; False for what is no address at all."""
    try:
        ip = ipaddress.ip_address(text)
    except ValueError:
        return False
    if getattr(ip, "scope_id", None) or not ip.is_global or ip.is_multicast or ip.is_reserved:
        return False
    return not any(ip in network for network in REFUSED if network.version == ip.version)
