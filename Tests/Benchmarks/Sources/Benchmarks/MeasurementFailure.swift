/// Why a figure could not be taken.
struct MeasurementFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
