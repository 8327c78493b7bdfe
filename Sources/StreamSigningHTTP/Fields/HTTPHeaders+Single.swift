package import NIOHTTP1
import StreamSigning

/// What a request has of a field that may stand in it once.
package enum SingleField: Equatable {
    case missing
    case value(String)
    /// A second one may be somebody else's: a client's, passed on by a proxy that adds its own.
    case repeated
}

extension HTTPHeaders {
    /// The one value of a field. Allocates nothing, where a subscript makes an array: this is asked of every request.
    package func single(_ name: String) -> SingleField {
        var found = SingleField.missing
        for field in self where field.name.isEqualIgnoringASCIICase(to: name) {
            guard found == .missing else { return .repeated }
            found = .value(field.value)
        }
        return found
    }
}

extension String {
    fileprivate func isEqualIgnoringASCIICase(to other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8) { $0.asciiLowercased == $1.asciiLowercased }
    }
}
