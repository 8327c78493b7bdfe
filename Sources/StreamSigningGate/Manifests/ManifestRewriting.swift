/// What becomes of URLs in manifests that are not relative, and so leave a viewer's token out.
public enum ManifestRewriting: Sendable, Hashable {
    /// Manifests are served as they are.
    case off
    /// URLs of this gate's origin that lead to the same video become relative ones.
    ///
    /// `origins` are this gate's besides the one that a request names in `Host`; whether they begin with `http` or `https` does not
    /// matter.
    case on(origins: [WebOrigin])
}
