import StreamSigning

/// What a proxy says of a connection before anything else is sent over it: the PROXY protocol, version 1 (text) or 2 (binary), as
/// HAProxy's `proxy-protocol.txt` describes it.
enum ProxyHeader: Equatable {
    /// The proxy passes on what this client sends.
    case client(IPAddress)
    /// The proxy passes on what somebody sends whom it cannot name: the connection came over a Unix socket, say.
    case unknownClient
    /// The proxy speaks for itself, as in a check of our health (`LOCAL`).
    case proxyItself

    /// How far the first bytes of a connection can be read.
    enum Reading: Equatable {
        /// They may be the beginning of a header.
        case incomplete
        case complete(ProxyHeader, count: Int)
        case malformed
    }

    /// The longest line of version 1, with its end.
    static let longestLine = 107
    /// The most that version 2 may say behind its first 16 bytes. Addresses take at most 216; what else proxies add (names,
    /// certificates' subjects, ids of networks) takes some hundreds.
    static let longestPayload = 4096

    /// Reads the beginning of a connection. What follows the addresses in version 2 is passed over.
    static func read(_ bytes: some RandomAccessCollection<UInt8>) -> Reading {
        let bytes = bytes.prefix(fixedCount + longestPayload)
        let count = min(bytes.count, signature.count)
        if bytes.prefix(count).elementsEqual(signature.prefix(count)) { return readBinary(bytes) }
        let word = min(bytes.count, lineStart.count)
        return bytes.prefix(word).elementsEqual(lineStart.prefix(word)) ? readLine(bytes) : .malformed
    }
}

// MARK: Version 1

extension ProxyHeader {
    private static let lineStart = Array("PROXY ".utf8)

    private static func readLine(_ bytes: some RandomAccessCollection<UInt8>) -> Reading {
        let line = bytes.prefix(longestLine)
        guard let end = line.firstIndex(of: UInt8(ascii: "\n")) else {
            return line.count < longestLine ? .incomplete : .malformed
        }
        let content = line[..<end]
        guard content.last == UInt8(ascii: "\r") else { return .malformed }
        let words = content.dropLast().split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard let header = header(words) else { return .malformed }
        return .complete(header, count: content.count + 1)
    }

    /// `PROXY TCP4 192.0.2.7 198.51.100.1 4711 443`, or `PROXY UNKNOWN` with anything behind it.
    private static func header(_ words: [String]) -> ProxyHeader? {
        guard words.count > 1, words[1] != "UNKNOWN" else { return words.count > 1 ? .unknownClient : nil }
        guard words.count == 6, ["TCP4", "TCP6"].contains(words[1]), isPort(words[4]), isPort(words[5]) else {
            return nil
        }
        let hasColons = words[1] == "TCP6"
        guard words[2...3].allSatisfy({ $0.contains(":") == hasColons }), let client = IPAddress(words[2]),
            IPAddress(words[3]) != nil
        else { return nil }
        return .client(client)
    }

    private static func isPort(_ word: String) -> Bool {
        word.utf8.allSatisfy(\.isASCIIDigit) && UInt16(word).map { "\($0)" } == word
    }
}

// MARK: Version 2

extension ProxyHeader {
    private static let signature: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A]
    /// The signature, version and command, family and transport, and the length of what follows.
    private static let fixedCount = 16

    private static func readBinary(_ bytes: some RandomAccessCollection<UInt8>) -> Reading {
        guard bytes.count >= fixedCount else { return .incomplete }
        let fixed = Array(bytes.prefix(fixedCount))
        let length = Int(fixed[14]) << 8 | Int(fixed[15])
        guard fixed[12] >> 4 == 2, length <= longestPayload else { return .malformed }
        let payload = bytes.dropFirst(fixedCount).prefix(length)
        guard let header = header(command: fixed[12] & 0x0F, family: fixed[13], Array(payload), length: length) else {
            return .malformed
        }
        return payload.count == length ? .complete(header, count: fixedCount + length) : .incomplete
    }

    /// - Parameter payload: as much as has come of it.
    private static func header(command: UInt8, family: UInt8, _ payload: [UInt8], length: Int) -> ProxyHeader? {
        switch (command, family) {
        case (0, _): .proxyItself
        case (1, 0x00): .unknownClient
        case (1, 0x31): length >= 216 ? .unknownClient : nil
        case (1, 0x11): length >= 12 ? client(IPAddress(networkBytes: payload.prefix(4))) : nil
        case (1, 0x21): length >= 36 ? client(IPAddress(networkBytes: payload.prefix(16))) : nil
        // Another command, or datagrams, which do not come over this connection.
        default: nil
        }
    }

    /// - Parameter address: nil if it has not come yet.
    private static func client(_ address: IPAddress?) -> ProxyHeader {
        address.map { .client($0) } ?? .unknownClient
    }
}
