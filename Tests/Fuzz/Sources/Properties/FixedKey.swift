public import StreamSigning

/// The keys, the time and the claims that the fuzzers work with: the same in every run, and known to the seeds.
public enum FixedKey {
    /// While the seeds' tokens are valid.
    public static let now: NumericDate = 1_760_000_000

    /// Signs the tokens that are made on the way; also the first key of the seeds.
    public static let signing = requireSuccess("the fixed key is read") {
        try SigningKey(importing: pem, id: KeyID("8f926b2b01f383510025a78a4dcbf6a1"))
    }

    /// The key of RFC 7515 A.2, which ``keys`` does not trust.
    public static let published = requireSuccess("the published key is read") {
        try SigningKey(importing: publishedPEM, id: KeyID("rfc7515-a2"))
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

    private static let publishedPEM = """
        -----BEGIN RSA PRIVATE KEY-----
        MIIEowIBAAKCAQEAofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd/wWJcyQoTbji9k0
        l8W26mPddxHmfHQp+Vaw+4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL+yRT+SFd2lZS+pC
        gNMsD1W/YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb/7OMg0LOL+bSf63kpaSHSX
        ndS5z5rexMdbBYUsLA9e+KXBdQOS+UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uD
        Zlxvb3qCo5ZwKh9kG4LT6/I5IhlJH7aGhyxXFvUK+DWNmoudF8NAco9/h9iaGNj8
        q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQIDAQABAoIBABKucaRpzQorw35S
        bEUAVx8dYXUdZOlJcHtiWQ+dC6V8ljxAHj/PLyzTveyI5QO/xkObCyjIL303l2cf
        UhPu2MFaJdjVzqACXuOrLot/eSFvxjvqVidTtAZExqFRJ9mylUVAoLvhowVWmC1O
        n95fZCXxTUtxNEG1Xcc7m0rtzJKs45J+N/V9DP1edYH6USyPSWGp6wuA+KgHRnKK
        Vf9GRx80JQY7nVNkL17eHoTWEwga+lwi0FEoW9Y7lDtWXYmKBWhUE+U8PGxlJf8f
        40493HDw1WRQ/aSLoS4QTp3rn7gYgeHEvfJdkkf0UMhlknlo53M09EFPdadQ4TlU
        bjqKc50CgYEA4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH/5IB3jw3bcxGn6QLvnE
        tfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0Hw/Py5PJdTJNPY8cQn7ouZ2KKDcmnPG
        BY5t7yLc1QlQ5xHdwW1VhvKn+nXqhJTBgIPgtldC+KDV5z+y2XDwGUcCgYEAuQPE
        fgmVtjL0Uyyx88GZFF1fOunH3+7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYs
        p1ZSe7zFYHj7C6ul7TjeLQeZD/YwD66t62wDmpe/HlB+TnBA+njbglfIsRLtXlnD
        zQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdcCgYAHAp9XcCSrn8wVkMVkKdb7
        DOX4IKjzdahm+ctDAJN4O/y7OW5FKebvUjdAIt2GuoTZ71iTG+7F0F+lP88jtjP4
        U4qe7VHoewl4MKOfXZKTe+YCS1XbNvfgwJ3Ltyl1OH9hWvu2yza7q+d5PCsDzqtm
        27kxuvULVeya+TEdAB1ijQKBgQCH/3r6YrVH/uCWGy6bzV1nGNOdjKc9tmkfOJmN
        54dxdixdpozCQ6U4OxZrsj3FcOhHBsqAHvX2uuYjagqvo3cOj1TRqNocX40omfCC
        Mx3bD1yPPf/6TI2XECva/ggqEY2mYzmIiA5LVVmc5nrybr+lssFKneeyxN2Wq93S
        0iJMdQKBgCGHewxzoa1r8ZMD0LETNrToK423K377UCYqXfg5XMclbrjPbEC3YI1Z
        NqMtuhdBJqUnBi6tjKMF+34Xf0CUN8ncuXGO2CAYvO8PdyCixHX52ybaDjy1FtCE
        6yUXjoKNXKvUm7MWGsAYH6f4IegOetN5NvmUMFStCSkh7ixZLkN1
        -----END RSA PRIVATE KEY-----
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
