# Varnish runs in front of a media server, asks the gate before every request, and caches the media: /etc/varnish/default.vcl,
# complete, for 7.1 and newer, without extensions.
#
# The gate runs on the same machine, and believes Varnish because its address is listed:
#
#   streamsign serve --gate 127.0.0.1:8788 --trusted-proxies 127.0.0.1 --country-header CF-IPCountry
#
# A request goes round twice: first it is the question to the gate, and if the gate allows it, it starts again as a request for
# the file that the gate has named. What is cached goes by that name, once for all tokens; no verdict is cached.

vcl 4.1;

# The viewers' countries by their addresses.
# With Cloudflare in front, take the field CF-IPCountry as it comes, and let only Cloudflare connect.
include "./countries.vcl";

backend gate {
    .host = "127.0.0.1";
    .port = "8788";
    .connect_timeout = 1s;
    .first_byte_timeout = 2s;
    .between_bytes_timeout = 2s;
}

backend media {
    .host = "127.0.0.1";
    .port = "8090";
}

sub vcl_recv {
    if (req.restarts == 0) {
        # What the gate learns about a viewer comes from here alone.
        unset req.http.X-Original-URI;
        unset req.http.X-Media;
        unset req.http.X-Range;
        unset req.http.CF-IPCountry;
        unset req.http.Cookie;
        unset req.http.Authorization;
        unset req.http.Upgrade;
        set req.http.X-Forwarded-For = client.ip;
        call country;

        # A browser asks before it lets a script send more than the simplest request. The answer is the same for everybody.
        if (req.method == "OPTIONS") {
            return (synth(204));
        }
        if (req.method != "GET" && req.method != "HEAD") {
            return (synth(405));
        }
        set req.backend_hint = gate;

        # The player and its files, which the gate decides about by itself.
        if (req.url ~ "^/([^/?%]+/(watch|iframe)|-/[^/?%]+)(\?|$)") {
            return (pass);
        }
        if (req.url !~ "^/[^/?]+/[^?]") {
            return (synth(404));
        }

        # The media. A range is of the file, not of the gate's answer.
        if (req.http.Range) {
            set req.http.X-Range = req.http.Range;
            unset req.http.Range;
        }
        set req.http.X-Original-URI = req.url;
        set req.url = "/authorize";
        return (pass);
    }

    if (!req.http.X-Media) {
        return (synth(503));
    }
    set req.url = req.http.X-Media;
    if (req.http.X-Range) {
        set req.http.Range = req.http.X-Range;
    }
    # The media server needs nothing of this, and no token above all.
    unset req.http.X-Original-URI;
    unset req.http.X-Range;
    unset req.http.CF-IPCountry;
    unset req.http.Referer;
    set req.backend_hint = media;
    return (hash);
}

sub vcl_hash {
    hash_data(req.url);
    return (lookup);
}

sub vcl_backend_response {
    if (!bereq.http.X-Media) {
        return (deliver);
    }
    # A redirect of the media server names a place that viewers cannot reach, and where nobody asks the gate.
    if (beresp.status >= 300 && beresp.status < 400 && beresp.status != 304) {
        set beresp.status = 404;
        unset beresp.http.Location;
    }
    # What a live stream writes again and again. Everything else is kept as long as the media server says, or two minutes.
    if (bereq.url ~ "\.(m3u8|mpd)$" || beresp.status >= 400) {
        set beresp.uncacheable = true;
    }
    # Manifests and subtitles are kept compressed; segments are compressed already.
    if (beresp.http.Content-Type ~ "^(application/vnd\.apple\.mpegurl|application/dash\+xml|text/vtt)") {
        set beresp.do_gzip = true;
    }
    return (deliver);
}

sub vcl_deliver {
    if (req.http.X-Original-URI) {
        if (resp.status == 200) {
            set req.http.X-Media = "/" + resp.http.X-Stream-Signing-Account + "/" + resp.http.X-Stream-Signing-Video
                + regsub(regsub(req.http.X-Original-URI, "\?.*", ""), "^/[^/]*", "");
            return (restart);
        }
        # The gate's own refusals, and its redirects, go to the viewer unchanged. Anything else means that it cannot decide.
        if (resp.status != 302 && !resp.http.X-Stream-Signing-Denial && resp.status != 400 && resp.status != 403) {
            return (synth(503));
        }
        if (resp.status == 400) {
            return (synth(403));
        }
        set resp.http.Referrer-Policy = "no-referrer";
    }
    if (req.http.X-Media) {
        # No cache of a viewer may keep an answer that the gate might refuse a moment later.
        set resp.http.Cache-Control = "private, no-cache";
        set resp.http.Referrer-Policy = "no-referrer";
        set resp.http.X-Content-Type-Options = "nosniff";
    }
    unset resp.http.X-Varnish;
    unset resp.http.Via;
    unset resp.http.Age;
    call cross_origin;
}

# The gate or the media server is away.
sub vcl_backend_error {
    set beresp.http.Content-Type = "text/plain";
    set beresp.http.Retry-After = "1";
    set beresp.http.Cache-Control = "no-store";
    set beresp.status = 503;
    if (bereq.http.X-Media) {
        synthetic("the media server does not answer" + {"
"});
    } else {
        synthetic("the gate cannot be asked at the moment" + {"
"});
    }
    return (deliver);
}

sub vcl_synth {
    set resp.http.Content-Type = "text/plain";
    if (resp.status == 204) {
        unset resp.http.Content-Type;
        set resp.http.Allow = "GET, HEAD, OPTIONS";
        set resp.http.Access-Control-Allow-Methods = "GET, HEAD, OPTIONS";
        set resp.http.Access-Control-Allow-Headers = "Accept, Accept-Language, Authorization, Cache-Control, CMCD-Object, CMCD-Request, CMCD-Session, CMCD-Status, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Range, If-Unmodified-Since, Pragma, Range, X-Requested-With";
        set resp.http.Access-Control-Max-Age = "86400";
    } else if (resp.status == 405) {
        set resp.http.Allow = "GET, HEAD, OPTIONS";
    } else if (resp.status == 403) {
        synthetic("the path is not one that a video's folder can hold" + {"
"});
    } else if (resp.status == 503) {
        set resp.http.Retry-After = "1";
        set resp.http.Cache-Control = "no-store";
        synthetic("the gate cannot be asked at the moment" + {"
"});
    }
    unset resp.http.X-Varnish;
    call cross_origin;
    return (deliver);
}

# Which pages may read what is served: all, but without cookies. For pages of some origins only, and with cookies: set these two
# from req.http.Origin where that is one of yours, and Access-Control-Allow-Credentials: true and Vary: Origin as well.
sub cross_origin {
    set resp.http.Access-Control-Allow-Origin = "*";
    set resp.http.Timing-Allow-Origin = "*";
    set resp.http.Access-Control-Expose-Headers = "Accept-Ranges, Content-Encoding, Content-Length, Content-Range, Date, ETag, Last-Modified, Retry-After, X-Stream-Signing-Denial";
    set resp.http.Cross-Origin-Resource-Policy = "cross-origin";
}
