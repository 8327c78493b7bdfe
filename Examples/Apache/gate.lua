-- Asks the gate about each request, before Apache looks for a file. Only what the gate allows becomes a file.

local http = require 'socket.http'

local GATE = 'http://127.0.0.1:8788'
local MEDIA = '/srv/media'

-- In seconds.
http.TIMEOUT = 2

-- What apache2.conf gives to answers that it makes itself.
local everywhere = {
    ['Access-Control-Allow-Origin'] = '*',
    ['Access-Control-Expose-Headers'] = 'Accept-Ranges, Content-Encoding, Content-Length, Content-Range, Date, ETag, Last-Modified, Retry-After, X-Stream-Signing-Denial',
    ['Timing-Allow-Origin'] = '*',
    ['Cross-Origin-Resource-Policy'] = 'cross-origin',
}

-- A browser asks before it lets a script send more than the simplest request. The answer is the same for everybody.
local preflight = {
    ['Allow'] = 'GET, HEAD, OPTIONS',
    ['Access-Control-Allow-Methods'] = 'GET, HEAD, OPTIONS',
    ['Access-Control-Allow-Headers'] = 'Accept, Accept-Language, Authorization, Cache-Control, CMCD-Object, CMCD-Request, CMCD-Session, CMCD-Status, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Range, If-Unmodified-Since, Pragma, Range, X-Requested-With',
    ['Access-Control-Max-Age'] = '86400',
}

-- Fields of the gate's refusals and redirects that are for the viewer.
local passed_on = { 'Cache-Control', 'Location', 'Referrer-Policy', 'Retry-After', 'WWW-Authenticate', 'X-Content-Type-Options', 'X-Stream-Signing-Denial' }

local function answer(r, status, fields, body)
    r.status = status
    for name, value in pairs(everywhere) do r.err_headers_out[name] = value end
    for name, value in pairs(fields) do r.err_headers_out[name] = value end
    if body then
        r.content_type = 'text/plain'
        r:puts(body)
    end
    return apache2.DONE
end

local function away(r)
    return answer(r, 503, { ['Retry-After'] = '1', ['Cache-Control'] = 'no-store' }, 'the gate cannot be asked at the moment\n')
end

local function ask(r, uri)
    local fields = { ['X-Original-URI'] = uri, ['X-Forwarded-For'] = r.useragent_ip }
    fields['CF-IPCountry'] = r.subprocess_env['country']
    local body = {}
    local sent, status, received = http.request {
        url = GATE .. '/authorize', headers = fields, redirect = false,
        sink = function(chunk) body[#body + 1] = chunk return 1 end,
    }
    if sent then return status, received, table.concat(body) end
end

function admit(r)
    if r.method == 'OPTIONS' then return answer(r, 204, preflight) end
    if r.method ~= 'GET' and r.method ~= 'HEAD' then return answer(r, 405, { ['Allow'] = 'GET, HEAD, OPTIONS' }, '') end

    -- As the viewer wrote it, so that nobody has to guess what dots and escapes resolve to.
    local uri = r.unparsed_uri:gsub('^%a[%w+.-]*://[^/?]*', '')
    local path = uri:match('^[^?]*')
    if path:match('^/[^/%%]+/watch$') or path:match('^/[^/%%]+/iframe$') or path:match('^/%-/[^/%%]+$') then
        if path:match('^/authorize/') then return 404 end
        -- The player and its files, which the gate decides about by itself.
        r.handler, r.proxyreq, r.filename = 'proxy-server', apache2.PROXYREQ_REVERSE, 'proxy:' .. GATE .. path
        return apache2.OK
    end
    local rest = r.uri:match('^/[^/]+/(.+)$')
    if not rest then return 404 end

    local status, received, body = ask(r, uri)
    r.subprocess_env['gate'] = status and tostring(status) or 'none'
    if not status then return away(r) end
    local denial = received['x-stream-signing-denial']
    local account, video = received['x-stream-signing-account'], received['x-stream-signing-video']
    if status == 200 and account and video then
        r.subprocess_env['account'], r.subprocess_env['video'] = account, video
        -- The gate names the folder: a token names its video, and its key belongs to an account.
        r.filename = MEDIA .. '/' .. account .. '/' .. video .. '/' .. rest
        return apache2.OK
    end
    if denial then r.subprocess_env['denial'] = denial end
    -- The gate's own refusals, and its redirects, go to the viewer unchanged. Anything else means that it cannot decide.
    if status == 302 or denial then
        local fields = {}
        for _, name in ipairs(passed_on) do fields[name] = received[name:lower()] end
        return answer(r, status, fields, body)
    end
    if status == 400 or status == 403 then
        return answer(r, 403, {}, "the path is not one that a video's folder can hold\n")
    end
    return away(r)
end
