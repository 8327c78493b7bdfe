-- Asks the gate about each request, before Traffic Server looks into its cache.
--
-- remap.config sends every request to the gate. Only if the gate allows it, this sends it to the media server instead. So
-- whatever fails is a refusal, and the gate writes it.

-- The name by which remap.config lets this script ask the gate, and nobody else.
local GATE = 'http://gate.internal/authorize'
local MEDIA, MEDIA_PORT = '127.0.0.1', 8090

-- The viewers' countries by the beginnings of their addresses.
-- With Cloudflare in front, take the field CF-IPCountry as it comes, and let only Cloudflare connect.
local countries = dofile(ts.get_config_dir() .. '/countries.lua')

-- Which pages may read what is served: all, but without cookies. For pages of some origins only, and with cookies: set these two
-- from the request's Origin where that is one of yours, and Access-Control-Allow-Credentials and Vary as well.
local everywhere = {
    ['Access-Control-Allow-Origin'] = '*',
    ['Timing-Allow-Origin'] = '*',
    ['Access-Control-Expose-Headers'] = 'Accept-Ranges, Content-Encoding, Content-Length, Content-Range, Date, ETag, Last-Modified, Retry-After, X-Stream-Signing-Denial',
    ['Cross-Origin-Resource-Policy'] = 'cross-origin',
}

-- A browser asks before it lets a script send more than the simplest request. The answer is the same for everybody.
local preflight = {
    ['Allow'] = 'GET, HEAD, OPTIONS',
    ['Access-Control-Allow-Methods'] = 'GET, HEAD, OPTIONS',
    ['Access-Control-Allow-Headers'] = 'Accept, Accept-Language, Authorization, Cache-Control, CMCD-Object, CMCD-Request, CMCD-Session, CMCD-Status, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Range, If-Unmodified-Since, Pragma, Range, X-Requested-With',
    ['Access-Control-Max-Age'] = '86400',
}

-- No cache of a viewer may keep an answer that the gate might refuse a moment later.
local media = {
    ['Cache-Control'] = 'private, no-cache',
    ['Referrer-Policy'] = 'no-referrer',
    ['X-Content-Type-Options'] = 'nosniff',
}

local function country_of(address)
    for beginning, code in pairs(countries) do
        if address:sub(1, #beginning) == beginning then return code end
    end
end

local function add(fields)
    for name, value in pairs(fields) do
        ts.client_response.header[name] = value
    end
end

local function authorize()
    local question = { ['Host'] = 'gate.internal', ['X-Original-URI'] = ts.ctx['uri'], ['X-Forwarded-For'] = ts.ctx['address'] }
    if ts.ctx['country'] then question['CF-IPCountry'] = ts.ctx['country'] end
    local answer = ts.fetch(GATE, { method = 'GET', header = question })
    local account, video = answer.header['X-Stream-Signing-Account'], answer.header['X-Stream-Signing-Video']
    if answer.status == 200 and account and video then
        ts.client_request.set_url_host(MEDIA)
        ts.client_request.set_url_port(MEDIA_PORT)
        ts.server_request.server_addr.set_addr(MEDIA, MEDIA_PORT, TS_LUA_AF_INET)
        ts.client_request.set_uri('/' .. account .. '/' .. video .. '/' .. ts.ctx['rest'])
        ts.client_request.set_uri_args('')
        ts.ctx['media'] = true
    end
    return 0
end

local function answer()
    local status = ts.client_response.get_status()
    add(everywhere)
    if ts.ctx['method'] == 'OPTIONS' then
        add(preflight)
    elseif status == 405 then
        add({ ['Allow'] = 'GET, HEAD, OPTIONS' })
    elseif status == 502 or status == 504 then
        -- The gate or the media server is away.
        add({ ['Retry-After'] = '1', ['Cache-Control'] = 'no-store' })
        ts.client_response.set_error_resp(503, 'the gate cannot be asked at the moment\n')
    elseif ts.ctx['media'] then
        add(media)
        if status >= 300 and status < 400 and status ~= 304 then
            -- A redirect of the media server names a place that viewers cannot reach, and where nobody asks the gate.
            ts.client_response.header['Location'] = nil
            ts.client_response.set_error_resp(404, 'not here\n')
        end
    end
    return 0
end

function do_remap()
    local method = ts.client_request.get_method()
    local address = ts.client_request.client_addr.get_addr()
    -- `get_uri` would cut what is longer than 2,047 bytes, and a token may have 8,192.
    local uri = ts.client_request.get_url():match('^%a+://[^/]*(/.*)$') or '/'
    local path = uri:match('^[^?#]*')
    ts.ctx['method'], ts.ctx['address'], ts.ctx['country'] = method, address, country_of(address)
    ts.ctx['uri'], ts.ctx['rest'] = uri, path:match('^/[^/]+/(.+)$')
    ts.hook(TS_LUA_HOOK_SEND_RESPONSE_HDR, answer)
    if method == 'OPTIONS' then
        ts.http.set_resp(204)
        return 0
    elseif method ~= 'GET' and method ~= 'HEAD' then
        ts.http.set_resp(405)
        return 0
    end

    -- What the gate learns about a viewer comes from here alone.
    for _, name in ipairs({ 'X-Original-URI', 'Referer', 'Cookie', 'Authorization', 'Upgrade' }) do
        ts.client_request.header[name] = nil
    end
    ts.client_request.header['X-Forwarded-For'] = address
    ts.client_request.header['CF-IPCountry'] = ts.ctx['country']

    -- The player and its files, which the gate decides about by itself, go there as they are.
    if path:match('^/[^/%%]+/watch$') or path:match('^/[^/%%]+/iframe$') or path:match('^/%-/[^/%%]+$') then return 0 end
    if not ts.ctx['rest'] then
        ts.http.set_resp(404)
        return 0
    end
    ts.hook(TS_LUA_HOOK_POST_REMAP, authorize)
    return 0
end
