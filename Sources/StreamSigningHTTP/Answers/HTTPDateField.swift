package import StreamSigning

/// The value of `Date`, made once a second.
package final class HTTPDateField {
    private var second: Int64 = .min
    private var text = ""

    package init() {}

    package func text(at now: NumericDate) -> String {
        if second != now.seconds { (second, text) = (now.seconds, HTTPDate.text(now.seconds)) }
        return text
    }
}
