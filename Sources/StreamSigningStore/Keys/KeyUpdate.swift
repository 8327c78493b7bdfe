public import StreamSigning

/// What is to be changed of a key. What is nil stays as it is.
public struct KeyUpdate: Sendable, Hashable {
    /// A name; nil inside clears it.
    public let name: String??
    /// Whether its tokens are let in.
    public let isEnabled: Bool?
    /// When that ends; nil inside clears it.
    public let expires: NumericDate??

    /// The longest name, in bytes.
    public static let maximumNameCount = 100

    /// - Parameters:
    ///   - name: at most 100 bytes without control characters; an empty one clears the name, as nil inside does.
    ///   - expires: after `now`. Rounded down to the second.
    /// - Throws: ``InvalidKeyUpdate``.
    public init(
        name: String?? = nil, isEnabled: Bool? = nil, expires: NumericDate?? = nil, at now: NumericDate
    ) throws(InvalidKeyUpdate) {
        if case .some(.some(let text)) = name {
            guard text.utf8.count <= Self.maximumNameCount else {
                throw InvalidKeyUpdate(
                    "`name` has at most \(Self.maximumNameCount) bytes, not \(text.utf8.count)", at: "/name")
            }
            guard !text.hasControlCharacters else {
                throw InvalidKeyUpdate("`name` has no control characters", at: "/name")
            }
        }
        let expires = expires.map { $0?.wholeSecond }
        if case .some(.some(let time)) = expires, time <= now {
            throw InvalidKeyUpdate("`expires` \(time) is not in the future, by this service's clock", at: "/expires")
        }
        guard name != nil || isEnabled != nil || expires != nil else {
            throw InvalidKeyUpdate("there is nothing to change: give `name`, `enabled` or `expires`", at: "")
        }
        self.name = name.map { $0?.isEmpty == true ? nil : $0 }
        self.isEnabled = isEnabled
        self.expires = expires
    }
}

/// Why a key cannot be changed as asked.
public struct InvalidKeyUpdate: Error, Hashable, Sendable {
    /// One line for a person.
    public let reason: String
    /// The member at fault, as a JSON Pointer (RFC 6901) into the request; empty for the request as a whole.
    package let pointer: String

    package init(_ reason: String, at pointer: String) {
        self.reason = reason
        self.pointer = pointer
    }
}
