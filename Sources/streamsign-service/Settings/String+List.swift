extension String {
    /// What stands between commas, each part without white space at its ends.
    /// - Returns: nil if `convert` returns nil for any part.
    func list<Value>(_ convert: (Substring) -> Value?) -> [Value]? {
        let values = split(separator: ",", omittingEmptySubsequences: false).map { convert($0.trimmed) }
        let converted = values.compactMap { $0 }
        return converted.count == values.count ? converted : nil
    }
}
