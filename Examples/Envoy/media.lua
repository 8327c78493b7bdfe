-- After the gate has allowed it: the request becomes one for the file that the gate has named.

-- What envoy.yaml has compressed.
local compressed = { ['application/vnd.apple.mpegurl'] = true, ['application/dash+xml'] = true, ['text/vtt'] = true }

function envoy_on_request(handle)
    local headers = handle:headers()
    local account, video = headers:get('x-stream-signing-account'), headers:get('x-stream-signing-video')
    local rest = headers:get(':path'):match('^/[^/?]+(/[^?]+)')
    if not (account and video and rest) then
        handle:respond({ [':status'] = '503' }, 'the gate cannot be asked at the moment\n')
        return
    end
    headers:replace(':path', '/' .. account .. '/' .. video .. rest)
    -- The media server needs nothing of this, and no token above all.
    for _, name in ipairs({ 'authorization', 'cf-ipcountry', 'cookie', 'referer', 'x-forwarded-for',
        'x-stream-signing-account', 'x-stream-signing-expires', 'x-stream-signing-key', 'x-stream-signing-video' }) do
        headers:remove(name)
    end
    handle:streamInfo():dynamicMetadata():set('playback', 'media', true)
end

function envoy_on_response(handle)
    if not (handle:streamInfo():dynamicMetadata():get('playback') or {})['media'] then return end
    local headers = handle:headers()
    local status = tonumber(headers:get(':status'))
    if status >= 300 and status < 400 and status ~= 304 then
        -- A redirect of the media server names a place that viewers cannot reach, and where nobody asks the gate.
        headers:replace(':status', '404')
        headers:remove('location')
    end
    -- No cache of a viewer may keep an answer that the gate might refuse a moment later.
    headers:replace('cache-control', 'private, no-cache')
    headers:replace('referrer-policy', 'no-referrer')
    headers:replace('x-content-type-options', 'nosniff')
    -- Envoy drops a strong entity tag when it compresses. A segment keeps its own, which If-Range needs.
    local tag = headers:get('etag')
    if tag and compressed[(headers:get('content-type') or ''):match('^[^; ]*')] and tag:sub(1, 1) == '"' then headers:replace('etag', 'W/' .. tag) end
end
