#if Service
    internal import CFileStatus

    #if canImport(Glibc)
        internal import Glibc
    #elseif canImport(Musl)
        internal import Musl
    #else
        internal import Darwin
    #endif
    internal import StreamSigning

    /// Files that only their owner may read (0600).
    enum PrivateFile {
        /// Writes a new file, which is on the disk when this returns.
        /// - Returns: false if there is a file of that name, which stays as it is.
        static func create(_ path: String, _ contents: SecretBytes?) throws(FileProblem) -> Bool {
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else {
                if errno == EEXIST { return false }
                throw FileProblem(path, errno: errno)
            }
            var code = fchmod(descriptor, 0o600) == 0 ? 0 : errno
            if code == 0, let contents { code = write(contents, to: descriptor) }
            if code == 0, fsync(descriptor) != 0 { code = errno }
            if close(descriptor) != 0, code == 0 { code = errno }
            guard code == 0 else {
                unlink(path)
                throw FileProblem(path, errno: code)
            }
            try synchronize(folderOf: path)
            return true
        }

        /// Reads a file that nobody but its owner can read or change.
        /// - Returns: nil if there is no such file.
        static func read(_ path: String, limit: Int) throws(FileProblem) -> SecretBytes? {
            // Without O_NONBLOCK a FIFO would be waited for.
            let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else {
                if errno == ENOENT { return nil }
                throw FileProblem(path, errno: errno)
            }
            defer { close(descriptor) }
            try checkPrivacy(of: descriptor, path, forbidden: 0o077)
            // One byte more than allowed shows that there is more.
            var code: Int32 = 0
            let contents = SecretBytes(capacity: limit + 1) { buffer in
                var count = 0
                while count < buffer.count {
                    let part = Self.read(descriptor, UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
                    if part == 0 { break }
                    if part > 0 {
                        count += part
                    } else if errno != EINTR {
                        code = errno
                        return nil
                    }
                }
                return count
            }
            guard let contents else { throw FileProblem(path, errno: code) }
            guard contents.count <= limit else { throw FileProblem(path, "larger than \(limit) bytes") }
            return contents
        }

        /// Refuses what is no regular file, or what others may read or write although `forbidden` says no.
        static func checkPrivacy(_ path: String, forbidden: UInt32) throws(FileProblem) {
            let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else { throw FileProblem(path, errno: errno) }
            defer { close(descriptor) }
            try checkPrivacy(of: descriptor, path, forbidden: forbidden)
        }

        /// Puts a file in the place of another, which is on the disk when this returns.
        static func move(_ path: String, to place: String) throws(FileProblem) {
            guard rename(path, place) == 0 else { throw FileProblem(path, errno: errno) }
            try synchronize(folderOf: place)
        }

        static func remove(_ path: String) throws(FileProblem) {
            guard unlink(path) == 0 || errno == ENOENT else { throw FileProblem(path, errno: errno) }
            try synchronize(folderOf: path)
        }

        static func folder(of path: String) -> String {
            guard let slash = path.lastIndex(of: "/") else { return "." }
            return slash == path.startIndex ? "/" : String(path[..<slash])
        }

        private static func checkPrivacy(of descriptor: Int32, _ path: String, forbidden: UInt32) throws(FileProblem) {
            var status = file_status()
            let code = file_status_of(descriptor, &status)
            guard code == 0 else { throw FileProblem(path, errno: code) }
            guard status.kind == FILE_KIND_REGULAR else { throw FileProblem(path, "not a regular file") }
            guard status.permissions & forbidden == 0 else {
                let mode = String(status.permissions, radix: 8)
                throw FileProblem(path, "others may use this file (mode \(mode)): run `chmod 600` on it")
            }
        }

        /// A new name is on the disk only when its folder is.
        private static func synchronize(folderOf path: String) throws(FileProblem) {
            let folder = folder(of: path)
            let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw FileProblem(folder, errno: errno) }
            defer { close(descriptor) }
            guard fsync(descriptor) == 0 else { throw FileProblem(folder, errno: errno) }
        }

        private static func write(_ contents: SecretBytes, to descriptor: Int32) -> Int32 {
            contents.withUnsafeBytes { bytes in
                var rest = bytes
                while !rest.isEmpty {
                    #if canImport(Glibc)
                        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                    #elseif canImport(Musl)
                        let count = Musl.write(descriptor, rest.baseAddress, rest.count)
                    #else
                        let count = Darwin.write(descriptor, rest.baseAddress, rest.count)
                    #endif
                    if count >= 0 {
                        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
                    } else if errno != EINTR {
                        return errno
                    }
                }
                return 0
            }
        }

        private static func read(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
            #if canImport(Glibc)
                Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            #elseif canImport(Musl)
                Musl.read(descriptor, buffer.baseAddress, buffer.count)
            #else
                Darwin.read(descriptor, buffer.baseAddress, buffer.count)
            #endif
        }
    }
#endif
