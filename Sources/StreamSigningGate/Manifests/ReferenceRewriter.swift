import NIOCore
import StreamSigning

/// Turns references into relative ones, one after the other, and copies what is between them.
///
/// Nothing is resolved: a reference that leads to the video loses the part in front of the path there, and gets the way there in
/// its place. All that is not understood for certain stays as it is.
struct ReferenceRewriter {
    /// Where a reference leads.
    enum Target: Equatable {
        /// Wherever what it is relative to leads.
        case relative
        /// Not to this video, as far as one can tell.
        case elsewhere
        /// To this part of the text, which is a path below the video's folder, perhaps with a query.
        case video(Range<Int>)
    }

    let text: UnsafeRawBufferPointer
    let place: ManifestPlace
    private(set) var hosts: OwnHosts
    private(set) var names: VideoNames
    private let look: ((String) -> Bool)?
    /// The new text, which holds the old one up to `copied`.
    private var output = ByteBuffer()
    private var copied = 0
    /// Whether the new text is so much longer than the old one that it was given up.
    private(set) var isTooLong = false
    /// References that lead to this origin and stay as they are.
    private(set) var leftCount = 0
    /// What ``host(_:)`` said last: most references of a manifest name the same.
    private var lastHost: (origin: [UInt8], host: String?) = ([], nil)

    /// - Parameters:
    ///   - names: what is known of the video's folder.
    ///   - look: whether that folder has a name; nil if no more is to be known.
    init(
        _ text: UnsafeRawBufferPointer, at place: ManifestPlace, hosts: OwnHosts, names: VideoNames = VideoNames(),
        look: ((String) -> Bool)?
    ) {
        (self.text, self.place, self.hosts, self.names, self.look) = (text, place, hosts, names, look)
    }

    /// Has a reference made relative to a folder, if it leads to the video.
    /// - Parameter folder: nil if nobody knows what it would be relative to.
    mutating func rewrite(_ range: Range<Int>, from folder: [UInt8]?, isTemplate: Bool = false) {
        if case .video(let path) = target(of: range, isTemplate: isTemplate) { replace(range, by: path, from: folder) }
    }

    /// - Parameter path: part of the reference.
    mutating func replace(_ range: Range<Int>, by path: Range<Int>, from folder: [UInt8]?) {
        guard let folder else { return leave() }
        isTooLong = isTooLong || output.readableBytes > MediaReader.longestText
        guard !isTooLong else { return }
        let (prefix, rest) = RelativeReference.prefix(from: folder, to: text[path])
        output.writeBytes(text[copied..<range.lowerBound])
        output.writeString(prefix)
        copied = rest.startIndex
    }

    /// Counts a reference that leads to this origin, as far as one can tell, and stays as it is.
    mutating func leave() {
        leftCount += 1
    }

    /// Counts a reference that cannot be rewritten in place, such as one that is written with a variable.
    /// - Parameters:
    ///   - reference: as it is meant.
    ///   - isCertain: whether it is one for sure. Otherwise it counts only if it leads to the video.
    mutating func weigh(_ reference: [UInt8], isCertain: Bool = true) {
        reference.withUnsafeBytes { bytes in
            var other = ReferenceRewriter(bytes, at: place, hosts: hosts, names: names, look: look)
            var isVideo = false
            for isTemplate in [false, true] {
                if case .video = other.target(of: 0..<bytes.count, isTemplate: isTemplate) { isVideo = true }
            }
            if isVideo || isCertain && other.leftCount > 0 { leave() }
            (hosts, names) = (other.hosts, other.names)
        }
    }

    /// The whole text with relative references; nil if it has changed nowhere.
    consuming func finish() -> ByteBuffer? {
        guard copied > 0 else { return nil }
        output.writeBytes(text[copied...])
        return output
    }
}

// MARK: Reading

extension ReferenceRewriter {
    /// - Parameter isTemplate: whether names between dollar signs stand for others (ISO/IEC 23009-1 5.3.9.4.4).
    mutating func target(of range: Range<Int>, isTemplate: Bool = false) -> Target {
        let reference = text[range]
        let bare = reference.drop { $0 <= 0x20 }
        guard bare.startIndex == range.lowerBound else {
            // Some readers pass blanks over, and others take them for the beginning of a name.
            let meant = target(of: bare.startIndex..<range.upperBound, isTemplate: isTemplate)
            if case .video = meant { return leaveElsewhere() }
            return meant
        }
        guard let start = originEnd(reference) else {
            // Browsers read a backslash as a slash, and `https:path` in ways of their own.
            guard reference.first != UInt8(ascii: "\\"), schemeEnd(reference) == nil else { return leaveElsewhere() }
            return .relative
        }
        var standing = OwnHosts.Standing.own
        if start > range.lowerBound {
            guard let host = host(text[range.lowerBound..<start]) else { return leaveElsewhere() }
            standing = hosts.standing(of: host)
        }
        guard standing != .foreign else { return .elsewhere }
        guard let path = videoPath(text[start..<range.upperBound], isTemplate: isTemplate) else {
            return standing == .own ? leaveElsewhere() : .elsewhere
        }
        guard case .perhaps(let host) = standing else { return .video(path) }
        hosts.note(host)
        return .elsewhere
    }

    private mutating func leaveElsewhere() -> Target {
        leave()
        return .elsewhere
    }

    /// Where the path begins; nil if there is neither a host nor a slash in front of it.
    private func originEnd(_ reference: Slice<UnsafeRawBufferPointer>) -> Int? {
        let rest = reference[(schemeEnd(reference) ?? reference.startIndex)...]
        guard rest.starts(with: "//".utf8) else {
            return rest.first == UInt8(ascii: "/") && rest.startIndex == reference.startIndex ? rest.startIndex : nil
        }
        return rest.dropFirst(2).firstIndex { #"/\?#"#.utf8.contains($0) } ?? rest.endIndex
    }

    /// The end of `http:` or `https:`; nil for anything else.
    private func schemeEnd(_ reference: Slice<UnsafeRawBufferPointer>) -> Int? {
        let word = reference.prefix(6).prefix { $0 != UInt8(ascii: ":") }
        guard (4...5).contains(word.count), word.endIndex < reference.endIndex,
            // In small letters.
            word.lazy.map({ $0 | 0x20 }).elementsEqual("https".utf8.prefix(word.count))
        else { return nil }
        return word.endIndex + 1
    }

    /// Host and port of an origin; nil if that holds anything else, such as a user's name.
    /// - Parameter origin: `https://media.example` or `//media.example`.
    private mutating func host(_ origin: Slice<UnsafeRawBufferPointer>) -> String? {
        guard !lastHost.origin.elementsEqual(origin) else { return lastHost.host }
        let text = String(decoding: origin, as: UTF8.self)
        let host = WebOrigin(text.hasPrefix("//") ? "http:\(text)" : text).map { OwnHosts.host(of: $0) }
        lastHost = (Array(origin), host)
        return host
    }

    /// The part of a path, with what follows it, that is below the video's folder.
    /// - Returns: nil if it leads elsewhere, or if it could be read in two ways.
    private mutating func videoPath(_ path: Slice<UnsafeRawBufferPointer>, isTemplate: Bool) -> Range<Int>? {
        guard path.first == UInt8(ascii: "/"), path.allSatisfy(Self.isPlain) else { return nil }
        let end = path.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? path.endIndex
        let (place, look) = (place, look)
        var names = names
        defer { self.names = names }
        guard let prefix = place.prefix(of: path[..<end], hasName: { names.contain($0, look) }) else { return nil }
        let start = path.startIndex + prefix
        return Self.isSound(text[start..<end], isTemplate: isTemplate) ? start..<path.endIndex : nil
    }

    /// Whether a byte of a URL is what it looks like to everybody. Braces are a playlist's variables (`{$name}`).
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F, UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"): false
        default: true
        }
    }

    /// Whether the gate would serve such a path, or files in a folder of that path.
    private static func isSound(_ path: Slice<UnsafeRawBufferPointer>, isTemplate: Bool) -> Bool {
        let path = path.last == UInt8(ascii: "/") ? path.dropLast() : path
        guard !path.isEmpty else { return true }
        // An entity, which could stand for anything.
        guard !path.contains(UInt8(ascii: "&")) else { return false }
        guard isTemplate else { return MediaPath.canDecode(UnsafeRawBufferPointer(rebasing: path)) }
        let parts = path.split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
        guard parts.count % 2 == 1 else { return false }
        let example = parts.enumerated().flatMap { $0.offset % 2 == 0 ? Array($0.element) : Array("0".utf8) }
        return example.withUnsafeBytes { MediaPath.canDecode($0) }
    }
}
