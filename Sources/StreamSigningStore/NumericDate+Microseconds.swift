package import StreamSigning

/// Times as stores keep them: whole microseconds since 1970, which an Int64 holds for all years that a time may have.
extension NumericDate {
    package var microseconds: Int64 {
        let fraction = (self - NumericDate(secondsSince1970: seconds)).components.attoseconds
        return seconds * 1_000_000 + fraction / 1_000_000_000_000
    }

    package init(microseconds: Int64) {
        self = NumericDate(secondsSince1970: 0) + .microseconds(microseconds)
    }
}
