import COpenSSLShim
import COpenSSLVerdict

@testable import StreamSigning

/// A signature to verify, and whether it is the key's.
struct BatchLane {
    let key: RSAKeyHandle
    var message: [UInt8]
    var signature: [UInt8]
    var isValid = true
    var kind = "good"

    init(key: RSAKeyHandle, message: [UInt8], signature: [UInt8]) {
        self.key = key
        self.message = message
        self.signature = signature
    }

    init(key: RSAKeyHandle, message: [UInt8]) throws {
        self.init(key: key, message: message, signature: try key.sign(message))
    }

    /// The signature s as s + n, which is the same number modulo n. There is room for it in about half of all cases, so other
    /// messages are tried.
    static func unreduced(_ key: RSAKeyHandle, from message: [UInt8]) throws -> BatchLane? {
        let modulus = try key.modulus()
        for attempt in UInt8.min...UInt8.max {
            var lane = try BatchLane(key: key, message: message + [attempt])
            var carry = 0
            for index in lane.signature.indices.reversed() {
                carry += Int(lane.signature[index]) + Int(modulus[index])
                lane.signature[index] = UInt8(truncatingIfNeeded: carry)
                carry >>= 8
            }
            guard carry == 0 else { continue }
            return lane.spoiled("n larger") { _ in }
        }
        return nil
    }

    /// As it is after `change`, and no longer valid.
    func spoiled(_ kind: String, _ change: (inout BatchLane) throws -> Void) rethrows -> BatchLane {
        var lane = self
        try change(&lane)
        (lane.isValid, lane.kind) = (false, kind)
        return lane
    }
}

extension BatchLane {
    /// What OpenSSL's own verification says, which reads key and padding by itself.
    func isValidAccordingToOpenSSL() throws -> Bool {
        try key.export(SS_SPKI_PUBLIC).withUnsafeBytes { key in
            openssl_accepts(key.baseAddress, key.count, message, message.count, signature, signature.count)
        }
    }
}

extension RSAKeyHandle {
    func modulus() throws -> [UInt8] {
        try export(SS_N).withUnsafeBytes { Array($0) }
    }
}

/// Lanes of all kinds, good and bad, of several keys.
struct RandomLanes {
    private let keys: [RSAKeyHandle]
    private var good: [[BatchLane]]
    private var generator: SeededGenerator

    /// - Parameter generator: decides everything.
    init(keys: [SigningKey], using generator: inout SeededGenerator) {
        self.keys = keys.map(\.handle)
        good = keys.map { _ in [] }
        self.generator = SeededGenerator(seed: generator.next())
    }

    mutating func next() throws -> BatchLane {
        let lane = try signed(by: Int.random(in: keys.indices, using: &generator))
        let place = Int.random(in: lane.signature.indices, using: &generator)
        switch Int.random(in: 0..<16, using: &generator) {
        case 0: return lane.spoiled("one bit changed") { $0.signature[place] ^= 1 << (place % 8) }
        case 1: return lane.spoiled("another message") { $0.message.append(0) }
        case 2: return lane.spoiled("a shorter signature") { $0.signature.removeLast(place + 1) }
        case 3: return lane.spoiled("a longer signature") { $0.signature.append(0) }
        case 4: return lane.spoiled("zero") { $0.signature = [UInt8](repeating: 0, count: $0.signature.count) }
        case 5: return lane.spoiled("all ones") { $0.signature = [UInt8](repeating: 255, count: $0.signature.count) }
        case 6:
            let noise = generator.bytes(lane.signature.count)
            return lane.spoiled("noise") { $0.signature = noise }
        case 7: return try lane.spoiled("n") { $0.signature = try $0.key.modulus() }
        case 8:
            return try lane.spoiled("n - 1") {
                $0.signature = try $0.key.modulus()
                $0.signature[$0.signature.count - 1] ^= 1
            }
        case 9: return try BatchLane.unreduced(lane.key, from: lane.message) ?? lane
        default: return lane
        }
    }

    /// A few signatures a key are made, and taken again and again.
    private mutating func signed(by index: Int) throws -> BatchLane {
        if good[index].count < 16 {
            let count = Int.random(in: 0..<700, using: &generator)
            good[index].append(try BatchLane(key: keys[index], message: generator.bytes(count)))
        }
        return good[index][Int.random(in: good[index].indices, using: &generator)]
    }
}
