/// Lends what libFuzzer passes as an array, which AddressSanitizer guards on both sides.
public func withFuzzedInput(_ start: UnsafeRawPointer?, _ count: Int, _ body: ([UInt8]) -> Void) -> CInt {
    body(Array(UnsafeRawBufferPointer(start: start, count: count)))
    return 0
}
