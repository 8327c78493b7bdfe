-- Which addresses are in which country, by how they begin. These are for documentation (RFC 5737, RFC 3849) and nobody's.
return {
    ['192.0.2.'] = 'GB',
    ['198.51.100.'] = 'FR',
    ['2001:db8:'] = 'IE',
}
