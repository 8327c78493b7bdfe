import StreamSigning

/// Attributes and texts of an MPD that are not known to hold references. One that leads to the video is counted: the next edition
/// of the standard may have given it a meaning.
enum DASHOtherTexts {
    /// Elements whose content is for programs or for people, and not fetched as media.
    private static let elements = ["Event", "ProgramInformation"].map { Array($0.utf8) }
    /// Attributes that are names, even if they look like URLs.
    private static let names = ["id", "profiles", "schemeIdUri", "serviceLocation"].map { Array($0.utf8) }

    /// Whether an element of the MPD's own has nothing to count, in itself and below.
    static func areOpaque(in element: Slice<UnsafeRawBufferPointer>) -> Bool {
        elements.contains { element.elementsEqual($0) }
    }

    /// Whether an attribute may be a reference. Of those with a prefix, links are.
    static func mayRefer(_ attribute: Slice<UnsafeRawBufferPointer>) -> Bool {
        guard !DASHNamespace.isDeclaration(attribute), !names.contains(where: { attribute.elementsEqual($0) }) else {
            return false
        }
        return attribute.firstIndex(of: UInt8(ascii: ":")).map { attribute[$0...].elementsEqual(":href".utf8) } ?? true
    }

    static func weigh(_ text: Slice<UnsafeRawBufferPointer>, with rewriter: inout ReferenceRewriter) {
        // Nearly all are numbers and words.
        guard let first = text.first(where: { $0 > 0x20 }), mayBegin(first) else { return }
        let meaning = XMLText.meaning(of: text).drop { $0 <= 0x20 }
        let end = meaning.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? meaning.startIndex
        rewriter.weigh(Array(meaning[..<end]), isCertain: false)
    }

    static func weigh(
        _ content: XMLContent, in text: UnsafeRawBufferPointer, with rewriter: inout ReferenceRewriter
    ) {
        guard let first = content.firstByte(in: text), mayBegin(first) else { return }
        rewriter.weigh(content.meaning(in: text), isCertain: false)
    }

    private static func mayBegin(_ byte: UInt8) -> Bool {
        #"/\&hH"#.utf8.contains(byte)
    }
}
