-- Which addresses are in which country: the beginning of an address, and the code. These are for documentation (RFC 5737, RFC
-- 3849) and nobody's. The first that fits counts, in no order, so let none be the beginning of another.
return {
    ['192.0.2.'] = 'GB',
    ['198.51.100.'] = 'FR',
    ['2001:db8:'] = 'IE',
}
