/// The memory of this process, as the system counts it.
package enum ProcessMemory {
    /// The bytes that are resident; nil where the system does not tell.
    package static var residentBytes: Int? {
        #if os(Linux)
            let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { return nil }
            defer { close(file) }
            var text = [UInt8](repeating: 0, count: 128)
            let (count, code) = text.withUnsafeMutableBytes { BlockingIO.readOnce(into: $0, from: file) }
            // size resident shared …, in pages
            let words = String(decoding: text[..<count], as: UTF8.self).split(separator: " ")
            guard code == 0, words.count > 1, let pages = Int(words[1]) else { return nil }
            return pages * sysconf(Int32(_SC_PAGESIZE))
        #else
            return nil
        #endif
    }

    /// Gives back to the system what was freed and the allocator keeps for the next time. Only glibc keeps much.
    package static func giveBack() {
        allocator_trim()
    }
}
