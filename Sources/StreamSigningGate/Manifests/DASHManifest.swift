import StreamSigning

/// References in an MPD: attributes, and the texts of some elements.
///
/// References to media are relative to the `BaseURL` elements around them (ISO/IEC 23009-1 5.6), so these are followed from element
/// to element. A `SegmentTemplate` of a whole adaptation set is used by each of its representations, relative to the `BaseURL` of
/// each: where there are some further in, such a reference is left as it is.
struct DASHManifest {
    private struct Open {
        let name: Range<Int>
        /// nil for one that is not known to hold references, nor whatever is below it.
        let element: DASHElement?
        /// Whether references that are not known are counted in it: not in what others have put in.
        let isOwn: Bool
        let namespace: DASHNamespace
        let level: Int
        /// What references here are relative to; nil if nobody knows.
        var base: [UInt8]?
        var hasBaseURL = false
        /// Whether something has been read that a `BaseURL` is for.
        var hasContent = false
    }

    private static let depthLimit = 64

    private let text: UnsafeRawBufferPointer
    /// The level of the innermost `BaseURL`; nil to find out.
    private let known: Int?
    private var deepest = 0
    private var open: [Open] = []
    /// The text of the element that is open.
    private var content = XMLContent()

    private init(_ text: UnsafeRawBufferPointer, known: Int?) {
        self.text = text
        self.known = known
    }

    static func rewrite(with rewriter: inout ReferenceRewriter) throws(ManifestProblem) {
        var first = DASHManifest(rewriter.text, known: nil)
        try first.readDocument(with: &rewriter)
        var second = DASHManifest(rewriter.text, known: first.deepest)
        try second.readDocument(with: &rewriter)
    }

    private mutating func readDocument(with rewriter: inout ReferenceRewriter) throws(ManifestProblem) {
        var tokens = try XMLTokens(text)
        var hasRoot = false
        while let token = try tokens.next() {
            switch token {
            case .start(let name, let isEmpty):
                guard !hasRoot || !open.isEmpty else { throw .notXML }
                hasRoot = true
                try begin(name, tokens.attributes, with: &rewriter)
                if isEmpty { try end(name, with: &rewriter) }
            case .end(let name): try end(name, with: &rewriter)
            case .text(let range):
                guard !open.isEmpty || text[range].allSatisfy(\.isASCIIWhitespace) else { throw .notXML }
                content.append(range, isLiteral: false)
            case .literal(let range):
                guard !open.isEmpty else { throw .notXML }
                content.append(range, isLiteral: true)
            case .other: content.tear()
            }
        }
        guard hasRoot, open.isEmpty else { throw .notXML }
    }
}

// MARK: Elements

extension DASHManifest {
    private mutating func begin(
        _ name: Range<Int>, _ attributes: [XMLTokens.Attribute], with rewriter: inout ReferenceRewriter
    ) throws(ManifestProblem) {
        guard open.count < Self.depthLimit else { throw ManifestProblem("its elements are nested too deeply") }
        let (element, isOwn, namespace) = try identify(name, attributes)
        let base = open.isEmpty ? rewriter.place.folder : open.last?.base
        let level = element?.level ?? open.last?.level ?? 0
        if element == .baseURL, let parent = open.last {
            guard !parent.hasContent else { throw ManifestProblem("a BaseURL comes after what it is for") }
            deepest = max(deepest, parent.level)
        } else if element?.isReference == false, !open.isEmpty {
            open[open.count - 1].hasContent = true
        }
        if known != nil, open.last?.isOwn == true { DASHOtherTexts.weigh(content, in: text, with: &rewriter) }
        if isOwn, let known {
            for attribute in attributes {
                readAttribute(attribute, of: element, from: base, isShared: level < known, with: &rewriter)
            }
        }
        open.append(
            Open(name: name, element: element, isOwn: isOwn, namespace: namespace, level: level, base: base))
        content.begin(afterChild: false)
    }

    private mutating func end(_ name: Range<Int>, with rewriter: inout ReferenceRewriter) throws(ManifestProblem) {
        guard let ended = open.popLast(), text[ended.name].elementsEqual(text[name]) else { throw .notXML }
        if known != nil, ended.isOwn {
            if let element = ended.element, element.isReference {
                try readReference(element, with: &rewriter)
            } else {
                DASHOtherTexts.weigh(content, in: text, with: &rewriter)
            }
        }
        content.begin(afterChild: true)
    }

    /// - Returns: nil for an element that is not known to have references, or is another's; and whether it is the MPD's own, as all
    ///   are that it is in.
    private func identify(
        _ name: Range<Int>, _ attributes: [XMLTokens.Attribute]
    ) throws(ManifestProblem) -> (element: DASHElement?, isOwn: Bool, namespace: DASHNamespace) {
        var namespace = open.last?.namespace ?? DASHNamespace(ofRoot: text[name])
        namespace.read(attributes, in: text)
        let local = namespace.localName(text[name])
        let isInside = open.isEmpty || open.last?.element != nil
        let element = local.flatMap { isInside ? DASHElement(rawValue: String(decoding: $0, as: UTF8.self)) : nil }
        guard !open.isEmpty || element == .mpd else { throw ManifestProblem("it is not an MPD") }
        let isOwn = open.last?.isOwn ?? true && local.map { !DASHOtherTexts.areOpaque(in: $0) } ?? false
        return (element, isOwn, namespace)
    }

    /// - Parameter isShared: whether elements further in use it, each from a `BaseURL` of its own.
    private func readAttribute(
        _ attribute: XMLTokens.Attribute, of element: DASHElement?, from base: [UInt8]?, isShared: Bool,
        with rewriter: inout ReferenceRewriter
    ) {
        let (name, value) = (text[attribute.name], text[attribute.value])
        let isKnown = element?.references.contains { name.elementsEqual($0.utf8) } ?? false
        let isLink = element != nil && name.elementsEqual("xlink:href".utf8)
        if isKnown || isLink, XMLText.isVeiled(value) {
            rewriter.weigh(XMLText.meaning(of: value))
        } else if isKnown {
            rewriter.rewrite(attribute.value, from: isShared ? nil : base, isTemplate: element == .segmentTemplate)
        } else if isLink {
            // Players differ in what it is relative to.
            let folder = rewriter.place.folder
            rewriter.rewrite(attribute.value, from: base == folder ? folder : nil)
        } else if DASHOtherTexts.mayRefer(name) {
            DASHOtherTexts.weigh(value, with: &rewriter)
        }
    }
}

// MARK: Texts

extension DASHManifest {
    /// Reads the text of an element that has just ended.
    private mutating func readReference(
        _ element: DASHElement, with rewriter: inout ReferenceRewriter
    ) throws(ManifestProblem) {
        let isTorn = content.isTorn
        let range = content.range.map { trimmed($0) } ?? 0..<0
        if isTorn {
            rewriter.weigh(content.meaning(in: text))
        } else if XMLText.isVeiled(text[range]) {
            rewriter.weigh(XMLText.meaning(of: text[range]))
        }
        guard element == .baseURL else {
            if !isTorn { rewriter.rewrite(range, from: rewriter.place.folder) }
            return
        }
        guard let parent = open.last, parent.element?.level != nil else { return }
        let base = isTorn ? nil : readBase(range, in: parent, with: &rewriter)
        // Where there are several, players choose one.
        open[open.count - 1].base = !parent.hasBaseURL || parent.base == base ? base : nil
        open[open.count - 1].hasBaseURL = true
    }

    /// What references in the element with a `BaseURL` are relative to.
    private func readBase(
        _ range: Range<Int>, in parent: Open, with rewriter: inout ReferenceRewriter
    ) -> [UInt8]? {
        let outer = open.count > 1 ? open[open.count - 2].base : rewriter.place.folder
        switch rewriter.target(of: range) {
        case .elsewhere: return nil
        case .relative: return outer.flatMap { RelativeReference.folder(text[range], from: $0) }
        case .video(let path):
            rewriter.replace(range, by: path, from: outer)
            guard outer != nil else { return nil }
            let names = text[path].prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
            return names.lastIndex(of: UInt8(ascii: "/")).map { Array(names[...$0]) } ?? []
        }
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        guard let first = text[range].firstIndex(where: { !$0.isASCIIWhitespace }),
            let last = text[range].lastIndex(where: { !$0.isASCIIWhitespace })
        else { return range.lowerBound..<range.lowerBound }
        return first..<last + 1
    }
}
