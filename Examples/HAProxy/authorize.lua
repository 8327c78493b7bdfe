-- Asks the gate whether a request may be served. Only its 200 lets a request go on: a refusal is passed to the viewer as the
-- gate wrote it, and a gate that is away, or says anything else, is a 503.

-- Milliseconds until the gate counts as away.
local patience = 2000

local refusals = { [401] = true, [403] = true, [503] = true }

-- Header fields of a refusal that are for the viewer.
local passed = { "content-type", "retry-after", "www-authenticate", "x-stream-signing-denial" }

local function field(response, name)
    local values = response.headers and response.headers[name]
    return values and values[0]
end

local function answer(txn, status, body, headers)
    headers["cache-control"] = { "no-store" }
    headers["x-content-type-options"] = { "nosniff" }
    headers["referrer-policy"] = { "no-referrer" }
    txn:done(txn:reply({ status = status, headers = headers, body = body }))
end

local function authorize(txn)
    local gate = core.backends.gate.servers.gate:get_addr()
    local question = {
        ["x-original-uri"] = { txn.f:url() },
        ["x-forwarded-for"] = { txn.f:src() },
        -- The place to go on at comes in one field: it holds a token, and HAProxy's buffer is bounded.
        ["x-stream-signing-redirect"] = { "401" },
    }
    local country = txn:get_var("txn.country")
    if country then question["cf-ipcountry"] = { country } end

    local response = core.httpclient():get({ url = "http://" .. gate .. "/authorize", headers = question, timeout = patience })
    local denial = field(response, "x-stream-signing-denial")
    local session = field(response, "x-stream-signing-location")

    if response.status == 200 then
        for _, name in ipairs({ "account", "video", "key" }) do
            txn:set_var("txn." .. name, field(response, "x-stream-signing-" .. name))
        end
    elseif session and response.status == 401 then
        -- A playback that may outlast its link goes on under a token of its own.
        answer(txn, 302, response.body, { ["content-type"] = { "text/plain" }, ["location"] = { session } })
    elseif denial and refusals[response.status] then
        txn:set_var("txn.denial", denial)
        local headers = {}
        for _, name in ipairs(passed) do
            headers[name] = { field(response, name) }
        end
        answer(txn, response.status, response.body, headers)
    elseif response.status == 400 or response.status == 403 then
        answer(txn, 403, response.body, { ["content-type"] = { "text/plain" } })
    else
        answer(txn, 503, "the gate cannot be asked at the moment\n", { ["content-type"] = { "text/plain" } })
    end
end

core.register_action("authorize", { "http-req" }, authorize)
