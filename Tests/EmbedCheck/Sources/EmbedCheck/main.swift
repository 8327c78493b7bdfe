import StreamSigning

let key = try SigningKey.generate()
let video = try VideoID("ea95132c15732412d22c1476fa83f27a")
let now: NumericDate = 1_760_000_000
let token = try TokenSigner(key: key).sign(PlaybackClaims(video: video, expires: now + .seconds(60)))

let verifier = TokenVerifier(keys: try KeySet([key.verificationKey]))
let verified = try verifier.verify(token, for: PlaybackRequest(video: video), at: now)
print("ok: signed and verified a token for \(verified.claims.video)")
