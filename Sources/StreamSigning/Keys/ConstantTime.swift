internal import COpenSSLShim

/// Comparison of secrets and of what is derived from them.
package enum ConstantTime {
    /// Takes a time that depends on the lengths alone.
    package static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && ss_equal(left, right, left.count)
    }
}
