internal import FoundationEssentials
package import StreamSigning

/// The one place that asks for the time; each command does so once.
package enum Clock {
    package static var now: NumericDate { NumericDate(Date()) }
}
