internal import Foundation
internal import StreamSigning

extension Measurement {
    /// As ``nodeRevocation``, for a key that is disabled and enabled again, 1,000 times.
    static let nodeDisabledKey = Measurement(
        "nodes.disable_key.p50_ms", "nodes.disable_key.p99_ms", "nodes.disable_key.max_ms", "nodes.disable_key.stale"
    ) {
        let cluster = try NodeCluster(accounts: 1)
        let (account, port) = (cluster.accounts[0], cluster.nodes[0].port)
        let key = try Subject.plain.get().key
        try HTTPConnection(to: port, as: account).importKey(key)
        let claims = try PlaybackClaims(video: VideoID("film"), expires: NumericDate(Date()) + .seconds(3600))
        let token = try TokenSigner(key: key).sign(claims).rawValue
        let course = RevocationCourse()
        let times = try (0..<1_000).map { _ in
            let time = try course.time(token, endingWith: "key_disabled", on: cluster.nodes) {
                try HTTPConnection(to: port, as: account)
                    .send("PATCH", "keys/\(key.id)", body: #"{"enabled":false}"#)
            }
            try HTTPConnection(to: port, as: account)
                .send("PATCH", "keys/\(key.id)?wait=nodes", body: #"{"enabled":true}"#)
            return time
        }
        try cluster.stop()
        return [
            Figure("nodes.disable_key.p50_ms", times.median, unit: "ms", bound: .below(20)),
            Figure("nodes.disable_key.p99_ms", times.percentile(99), unit: "ms", bound: .below(250)),
            Figure("nodes.disable_key.max_ms", times.max() ?? 0, unit: "ms", bound: .below(1000)),
            Figure("nodes.disable_key.stale", Double(course.staleAnswers), unit: "answers"),
        ]
    }
}
