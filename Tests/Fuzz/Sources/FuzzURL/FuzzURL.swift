internal import Properties
internal import StreamSigning

/// Playback URLs, origins, and what stands in them.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzURL(_ start: UnsafeRawPointer?, _ count: Int) -> CInt {
    withFuzzedInput(start, count) { input in
        let text = String(decoding: input, as: UTF8.self)
        if let url = try? PlaybackURL(reading: text) {
            check(url, readFrom: text)
        }
        if let origin = try? PlaybackOrigin(baseURL: text) {
            check(origin, readFrom: text)
        }
        if let origin = try? PlaybackOrigin(customerCode: text) {
            require(origin.baseURL == "https://customer-\(text).cloudflarestream.com", "a code is kept as it is")
            checkWriting(from: origin)
        }
        if let name = try? DownloadName(text), let origin = try? PlaybackOrigin(customerCode: "f33zs165nr7gyfy4") {
            let url = PlaybackURL(.download(filename: name), token: token, from: origin)
            require(url.text.hasSuffix("/downloads/default.mp4?filename=\(text)"), "a download's name is kept as it is")
            checkReading(url)
        }
    }
}

/// Long enough that no description may show all of it.
private let token = PlaybackToken(rawValue: "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJiIn0.c2lnbmF0dXJl")

/// The URL keeps every byte that it was read from.
private func check(_ url: PlaybackURL, readFrom text: String) {
    checkReading(url)
    let token = url.token.rawValue
    require(!token.isEmpty && text.contains(token), "the token is the URL's own")
    require(url.text == text, "a URL keeps what it was read from")
    require(url.path.allSatisfy { $0 != "?" && $0 != "#" }, "a path has no query")
    require(text.contains(url.path), "the path is the URL's own")
    if token.utf8.count > 12 {
        require(!url.description.contains(token), "no description shows a whole token")
    }
}

/// What is written reads as the same URL.
private func checkReading(_ url: PlaybackURL) {
    let again = requireSuccess("a written URL is read") { try PlaybackURL(reading: url.text) }
    require(again == url, "a URL is read as it was written")
    require(again.text == url.text, "a URL is written in one way")
}

private func check(_ origin: PlaybackOrigin, readFrom text: String) {
    require(text.hasPrefix(origin.baseURL), "an origin keeps what it was read from")
    require(text.dropFirst(origin.baseURL.count).allSatisfy { $0 == "/" }, "an origin drops slashes alone")
    require(!origin.baseURL.hasSuffix("/"), "an origin has no slash at its end")
    requireSuccess("an origin is read again") {
        try require(PlaybackOrigin(baseURL: origin.baseURL) == origin, "an origin is read as it was written")
    }
    // A base URL may itself have what looks like a token in its path, and that one is found first.
    guard (try? PlaybackURL(reading: text)) == nil else { return }
    checkWriting(from: origin)
}

/// Each kind of URL at the origin reads as the same URL, with the same token and path.
private func checkWriting(from origin: PlaybackOrigin) {
    let resources: [PlaybackResource] = [
        .hls, .lowLatencyHLS, .dash, .iframe, .thumbnail(Thumbnail(time: .seconds(3), width: 9, height: 8, fit: .crop)),
        .download(), .webRTC,
    ]
    for resource in resources {
        let url = PlaybackURL(resource, token: token, from: origin)
        require(url.token == token, "a URL has its token")
        require(resource.path.hasPrefix(url.path), "a URL has its path")
        checkReading(url)
    }
}
