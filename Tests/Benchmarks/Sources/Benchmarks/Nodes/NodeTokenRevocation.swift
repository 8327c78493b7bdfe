internal import Foundation
internal import StreamSigning

extension Measurement {
    /// As ``nodeRevocation``, for revocations of tokens, viewers and videos in turn, whose key stays good.
    static let nodeTokenRevocation = Measurement(
        "nodes.revoke_token.p50_ms", "nodes.revoke_token.p99_ms", "nodes.revoke_token.max_ms",
        "nodes.revoke_token.stale"
    ) {
        let cluster = try NodeCluster(accounts: 1)
        let (account, port) = (cluster.accounts[0], cluster.nodes[0].port)
        let key = try Subject.plain.get().key
        try HTTPConnection(to: port, as: account).importKey(key)
        let course = RevocationCourse()
        let kinds: [(member: String, denial: String)] = [
            ("token", "token_revoked"), ("viewer", "viewer_revoked"), ("video", "video_revoked"),
        ]
        let times = try (0..<1_000).map { number in
            let kind = kinds[number % kinds.count]
            let name = "name-\(number)"
            let now = NumericDate(Date())
            let terms = TokenTerms(expires: now + .seconds(3600), id: name, issuedAt: now.wholeSecond, viewer: name)
            let token = try TokenSigner(key: key).sign(PlaybackClaims(video: VideoID(name), terms: terms))
            return try course.time(token.rawValue, endingWith: kind.denial, on: cluster.nodes) {
                try HTTPConnection(to: port, as: account)
                    .send("POST", "revocations", body: #"{"\#(kind.member)":"\#(name)"}"#)
            }
        }
        try cluster.stop()
        return [
            Figure("nodes.revoke_token.p50_ms", times.median, unit: "ms", bound: .below(20)),
            Figure("nodes.revoke_token.p99_ms", times.percentile(99), unit: "ms", bound: .below(250)),
            Figure("nodes.revoke_token.max_ms", times.max() ?? 0, unit: "ms", bound: .below(1000)),
            Figure("nodes.revoke_token.stale", Double(course.staleAnswers), unit: "answers"),
        ]
    }
}
