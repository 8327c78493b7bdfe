# Which addresses are in which country. These are for documentation (RFC 5737, RFC 3849) and nobody's.
acl GB {
    "192.0.2.0"/24;
}
acl FR {
    "198.51.100.0"/24;
}
acl IE {
    "2001:db8::"/32;
}

sub country {
    if (client.ip ~ GB) { set req.http.CF-IPCountry = "GB"; }
    if (client.ip ~ FR) { set req.http.CF-IPCountry = "FR"; }
    if (client.ip ~ IE) { set req.http.CF-IPCountry = "IE"; }
}
