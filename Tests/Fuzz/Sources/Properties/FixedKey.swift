public import StreamSigning

/// The keys, the time and the claims that the fuzzers work with: the same in every run, and known to the seeds.
public enum FixedKey {
    /// While the seeds' tokens are valid.
    public static let now: NumericDate = 1_760_000_000

    /// Signs the tokens that are made on the way; also the first key of the seeds.
    public static let signing = requireSuccess("the fixed key is read") {
        try SigningKey(importing: pem, id: KeyID("8f926b2b01f383510025a78a4dcbf6a1"))
    }

    /// A second trusted key, whose private half is nowhere.
    public static let other = requireSuccess("the other fixed key is read") {
        try VerificationKey(importing: otherPEM, id: KeyID("2d6a3c5e9b7f41d08c4e2f1a6b8d9c03"))
    }

    /// Trusts both, and knows a third as revoked.
    public static let keys = requireSuccess("the fixed keys make a set") {
        try KeySet([signing.verificationKey, other], revoked: [KeyID("5213cfa121f70b8c1380686ffc371ba3")])
    }

    /// The video that the seeds' tokens are for.
    public static let video = requireSuccess("the fixed video id is one") {
        try VideoID("b7c1f0a94e2d4f6f9a3e5d1c08b26e77")
    }

    /// Claims that are valid at ``now``.
    public static let claims = requireSuccess("the fixed claims are good") {
        try PlaybackClaims(video: video, expires: now + .seconds(3600))
    }

    /// A test key that is trusted nowhere.
    static let pem = """
        -----BEGIN PRIVATE KEY-----
        MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC3IZpppFTnyiqW
        HEZ1CUKRfFr7dOTyoWVXSZ2T9j0T2O5/7UUfQYGpwqDThmnJGTRPPTK7Cz/E8xhJ
        CPB4PNwt8Kq476QD+u4rW5iB+H4yr/Kdl7/pT1UbnTDeulpx30mCWpDQVboyNpCz
        +ZB6/yEHwpeKcA+9SOYMnR88cKlXwSGNGAbK+/t2G99Hjw+foGMe9bzyhtNwc38R
        F4jzuPmY2cD1k2l/XBHvtEoCjvV85ZxcFh/j7sTwlT2CSSbmJjEGwRfV4jSPfsgw
        jOhHKd2CUbQBSt4NPNKvMsjUxDdN/SMfyqKRJvxIdco0kVuw7GMbzvfZw1Te33SP
        l7pDcm+RAgMBAAECggEAD52HqWjoDYC1W2nrTxj8SmQIbQcla5P8DHKcQ2zcfegC
        RDnC6lyfVg6gwJCmTg2+YmBVRlI5/Iz+/eFLgfEslCVApXbXrTg1HVDY4wJBnohW
        v33cUSRg3TMs4t0Qj8OqpLkcvosEzrnM4m/OFFLTafI7kkQmb207Iom2S2TO58rM
        lZIKbdNXbK8KP+h1tWUpg4pHVwjNPXRiqB7G2J4pD7rAdKtXkK9iUnzGbCUt86UD
        yfW3Kr5HRJvDgPeUxGzjJ2eafApTVJ8Kg9wT8GjUU0WN7yi4MreHu3xAiLhBjv2P
        OCWb/kuMW5cxGS7c51EdoCaBLo7lk7TFF7DcLllokQKBgQD3Pit9fp7jCYCg0EpL
        shnlbZKMLaP82fSRsr8VlWytSZsJ+lraTGfGgz1iOH+jdXRLcIP9mPQevglp7QtK
        oLd+9cPDWadq1eDgLujQMWAbfqNKlM4a2AANDv2XqT1I3g7Xft0cSfWm7zMPPQnt
        eJGTsRP/97MBUa9YbLQalpT7qQKBgQC9nhzscCneL8WWWwRT4dmA7LufHKzcar26
        amh8X/s0mKRNZFeYvOFaCBnSo9Z8+RI3fDGvkAeCjPl385twuyKZ0byMN+9d+FBy
        MrMeHweOirColigFEyTcfAecHZ8s3ZKYpjz82evphB0xBqvPvgRkOzUhIeiOhxc4
        nuZsjX4FqQKBgG155tHzrjEDtSP/9tXbr+HKCdjuIK3GaKfXCQtqlauJaxAY/f+p
        U04wMI78S3A6gtsgoCE7h+TQ6uQvZQ+PaJDcC+nFGf+RYriBrO763f5uralJiJWU
        TTl7CMkN1Cgew12iPA/Zo99eDTLTKUEwYO2PvDZcHLQZ0lWKFJmtUZy5AoGAUQhL
        5gL88XXK47lbvRksYTtJ5vJTMRLwp8SniFdgPBbrSCOUh7JYP6hsmKbpl5i9XzbU
        6OkNPI5QYiGaEO/4FnIaOHYC9k6S2mquPzYVfaXpXvJkgd6vhwX+HopOJtc9ubx5
        HblnZvDNpNDsBah3qfnfd5xNDPPQSaMmZ8eDzpkCgYEAqMOLmbDH++F9ov3mKo8I
        Q76WBRIPbo+wpRVqeAq8k66CpjLr0pkiz0RrNsml4rOf64+b7k2bli+eZlTEZ4J8
        4MjHQziTOaruNOiE8hJGe+Ec9H9QTPml9Q2D9kY23wRbJ7hiz+E6aqQOTsM2UIpX
        pvaCnYjjesgMpB12512za/w=
        -----END PRIVATE KEY-----
        """

    private static let otherPEM = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAkeqIIvPSKM6In2aJphZx
        0HQkyGF7eZJUDDPU4YoYi6eAezmSE5SoczyM6zEkgvA5lPGgjHhJCs3qMfBysJRH
        RifLEpLVVibQ3n350spzisceqTNGgYVXChlZv/+2W8vIn8DqaFo15hWJO1DfsKWA
        Kvb3YeIyF/DJvs7P2JtAN+UyppaY2o/pRD0iAUfM6ot/p04fJpUivtZq1CdvaS4/
        x4+J1D7hNgQaKwi7a726CePQvAktqCkPwgKNnJ/k5YzsrSSuvNAcXCR8bH9rDWZY
        bmS2J8Vi/MAp6REfpChBASQPI81VbxuaB0S2QBUo18RUNPSV8+Wb7fQOSrAYx2LE
        twIDAQAB
        -----END PUBLIC KEY-----
        """
}
