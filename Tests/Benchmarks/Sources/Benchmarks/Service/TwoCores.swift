internal import CProcessorAffinity
internal import Glibc

/// The first two processors that this process may run on, for figures that are meant for two cores.
enum TwoCores {
    /// Runs `body`, which gets the number of these processors, with the calling thread confined to them, and with it
    /// every thread and every process that it starts.
    static func confine<Value>(_ body: (_ count: Int) throws -> Value) throws -> Value {
        var all = cpu_set_t()
        guard processor_affinity_get(&all, MemoryLayout<cpu_set_t>.size) else {
            throw MeasurementFailure("the kernel does not tell the processors of this process")
        }
        defer { _ = processor_affinity_set(&all, MemoryLayout<cpu_set_t>.size) }
        var some = all
        let count = withUnsafeMutableBytes(of: &some) { keepTwo(of: $0) }
        guard processor_affinity_set(&some, MemoryLayout<cpu_set_t>.size) else {
            throw MeasurementFailure("the kernel does not confine this process to two processors")
        }
        return try body(count)
    }

    private static func keepTwo(of mask: UnsafeMutableRawBufferPointer) -> Int {
        var count = 0
        for index in mask.indices {
            for bit in 0..<8 where mask[index] & (1 << bit) != 0 {
                if count < 2 {
                    count += 1
                } else {
                    mask[index] &= ~(1 << bit)
                }
            }
        }
        return count
    }
}
