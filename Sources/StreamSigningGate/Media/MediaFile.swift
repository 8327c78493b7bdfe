import NIOCore
import Synchronization

/// A file of a video that was looked at.
final class MediaFile: Sendable {
    /// What an answer says and sends of it.
    let representation: Representation
    /// The same, compressed; nil if it is not worth it.
    let compressed: CompressedForm?
    /// The file as it was then.
    let state: FileState
    /// Whether it still is the representation's while its state is the same.
    let isSettled: Bool
    /// Whether it ends as its writer leaves it, as far as that can be seen.
    let looksWhole: Bool
    /// Kept open, to ask for its state.
    private let file: OpenFile

    /// A file that is sent from the disk.
    init(_ file: OpenFile, _ state: FileState, _ type: MediaType, entityTag: String, isSettled: Bool) {
        representation = Representation(
            .file(file), size: state.size, modified: state.modified, entityTag: entityTag, type: type)
        compressed = nil
        (self.file, self.state, self.isSettled, looksWhole) = (file, state, isSettled, true)
    }

    /// A text that is sent from memory.
    init(
        _ file: OpenFile, _ state: FileState, _ type: MediaType, text: ByteBuffer, entityTag: String, isSettled: Bool
    ) {
        representation = Representation(
            .text(text), size: state.size, modified: state.modified, entityTag: entityTag, type: type)
        compressed = state.size > 256 ? CompressedForm(representation) : nil
        (self.file, self.state, self.isSettled) = (file, state, isSettled)
        looksWhole = type.looksWhole(text)
    }

    /// Whether it is as it was, and still has its name. Asks the system, which knows that of an open file.
    var isCurrent: Bool { isSettled && state.hasName && file.state() == state }

    /// How many bytes it takes in memory.
    var memory: Int {
        if case .text(let text) = representation.content { text.readableBytes } else { 0 }
    }
}

/// The compressed form of a text, which is made once.
final class CompressedForm: Sendable {
    private let plain: Representation
    private let made = Mutex<Representation?>(nil)

    init(_ plain: Representation) {
        self.plain = plain
    }

    /// The form if it is there: the text as it is if that is shorter.
    var known: Representation? { made.withLock { $0 } }

    /// Takes a while the first time.
    func make() -> Representation {
        if let known { return known }
        let compressed = plain.compressed
        made.withLock { $0 = compressed }
        return compressed
    }
}
