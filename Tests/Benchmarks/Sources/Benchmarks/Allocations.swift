internal import CAllocationCount

extension Measurement {
    /// What signing takes from the heap, claims to finished token.
    static let signingAllocations = allocations(of: "sign", count: 2, bytes: 960) { subject, _ in
        try subject.sign(times: 1)
    } raw: {
        try $0.sign(times: 1)
    }

    /// What verification takes from the heap, text to permission.
    static let verificationAllocations = allocations(of: "verify", count: 3, bytes: 640) { subject, _ in
        try subject.verify(times: 1)
    } raw: {
        try $0.verify(times: 1)
    }

    /// - Parameters:
    ///   - count: the most allocations an operation may make.
    ///   - bytes: the most bytes it may take with them.
    private static func allocations(
        of operation: String, count: Double, bytes: Double,
        ours: @escaping @Sendable (Subject, RawRSA) throws -> Void, raw: @escaping @Sendable (RawRSA) throws -> Void
    ) -> Measurement {
        let name = "allocations.\(operation)"
        return Measurement("\(name).count", "\(name).bytes", "\(name).openssl_count") {
            let subject = try Subject.plain.get()
            let openSSL = try subject.makeRaw()
            let counted = try AllocationsPerOperation { try ours(subject, openSSL) }
            // What OpenSSL takes for itself is its own affair, as long as it is no more than without us. It is no whole
            // number, because OpenSSL renews a key's blinding every few signatures.
            let least = try AllocationsPerOperation { try raw(openSSL) }
            return [
                Figure("\(name).count", counted.count, unit: "allocations", bound: .atMost(count)),
                Figure("\(name).bytes", counted.bytes, unit: "bytes", bound: .atMost(bytes)),
                Figure(
                    "\(name).openssl_count", counted.openSSLCount, unit: "allocations",
                    bound: .atMost(least.openSSLCount.rounded(.up))),
            ]
        }
    }
}

/// What one operation takes from the heap, on average over a thousand.
struct AllocationsPerOperation {
    let count: Double
    let bytes: Double
    let openSSLCount: Double

    init(_ operation: () throws -> Void) throws {
        let times = 1000
        // What is made once, such as a context, belongs to no operation.
        for _ in 0..<10 {
            try operation()
        }
        allocation_count_begin()
        let result = Result {
            for _ in 0..<times {
                try operation()
            }
        }
        let counted = allocation_count_end()
        try result.get()
        count = Double(counted.count) / Double(times)
        bytes = Double(counted.bytes) / Double(times)
        openSSLCount = Double(counted.openssl_count) / Double(times)
    }
}
