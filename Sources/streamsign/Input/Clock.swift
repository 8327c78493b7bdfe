internal import FoundationEssentials
internal import StreamSigning

/// The one place that asks for the time; each command does so once.
enum Clock {
    static var now: NumericDate { NumericDate(Date()) }
}
