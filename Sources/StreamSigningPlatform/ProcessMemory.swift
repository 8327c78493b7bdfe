internal import CPlatform

/// The memory of this process.
package enum ProcessMemory {
    /// Bytes that were freed and that the allocator keeps, or has given back already; 0 where it does not tell.
    package static var freeBytes: Int { allocator_free_bytes() }

    /// Gives back to the system what was freed and the allocator keeps for the next time. Only glibc keeps much.
    package static func giveBack() {
        allocator_trim()
    }
}
