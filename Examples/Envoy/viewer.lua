-- Before the question to the gate, and after everything else: what the gate learns about a viewer, and what every answer has.

-- The viewers' countries by the beginnings of their addresses.
-- With Cloudflare in front, leave the field CF-IPCountry as it comes, and let only Cloudflare connect.
local countries = dofile('/etc/envoy/countries.lua')

-- Which pages may read what is served: all, but without cookies. For pages of some origins only, and with cookies: set these two
-- from the request's Origin where that is one of yours, and Access-Control-Allow-Credentials and Vary as well.
local everywhere = {
    ['access-control-allow-origin'] = '*',
    ['timing-allow-origin'] = '*',
    ['access-control-expose-headers'] = 'Accept-Ranges, Content-Encoding, Content-Length, Content-Range, Date, ETag, Last-Modified, Retry-After, X-Stream-Signing-Denial',
    ['cross-origin-resource-policy'] = 'cross-origin',
}

local preflight = {
    ['allow'] = 'GET, HEAD, OPTIONS',
    ['access-control-allow-methods'] = 'GET, HEAD, OPTIONS',
    ['access-control-allow-headers'] = 'Accept, Accept-Language, Authorization, Cache-Control, CMCD-Object, CMCD-Request, CMCD-Session, CMCD-Status, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Range, If-Unmodified-Since, Pragma, Range, X-Requested-With',
    ['access-control-max-age'] = '86400',
}

local function set(headers, fields)
    for name, value in pairs(fields) do headers:replace(name, value) end
end

function envoy_on_request(handle)
    local headers = handle:headers()
    for _, name in ipairs({ 'x-original-uri', 'cf-ipcountry', 'x-stream-signing-account', 'x-stream-signing-video' }) do
        headers:remove(name)
    end
    local address = handle:streamInfo():downstreamDirectRemoteAddress():gsub(':%d+$', ''):gsub('[%[%]]', '')
    headers:replace('x-forwarded-for', address)
    for beginning, code in pairs(countries) do
        if address:sub(1, #beginning) == beginning then headers:replace('cf-ipcountry', code) end
    end
end

function envoy_on_response(handle)
    local headers = handle:headers()
    local status = headers:get(':status')
    set(headers, everywhere)
    if status == '204' then
        set(headers, preflight)
    elseif status == '405' then
        headers:replace('allow', 'GET, HEAD, OPTIONS')
    elseif status == '503' or status == '504' then
        -- The gate or the media server is away.
        set(headers, { [':status'] = '503', ['retry-after'] = '1', ['cache-control'] = 'no-store' })
    end
end
