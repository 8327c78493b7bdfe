/// Some entries of a ``RevocationTrie`` in arrays without gaps, ordered by hash, then subject, then end, the latest first.
///
/// The order puts the entries of one subject that are in force at any moment side by side, from its first one on. Of viewers and
/// videos each entry knows the strongest of those up to itself. So a few binary searches decide, however many name the same
/// subject.
final class RevocationLeaf: Sendable {
    let entries: [Entry]
    /// One for each entry, with viewers and videos. Tokens and sessions are refused as a whole, and have none.
    let moments: [Moment]
    /// Of each entry how many bytes its subject has, then the subject, then the reason.
    let texts: [UInt8]

    static let empty = RevocationLeaf(Builder(of: []))

    init(_ builder: consuming Builder) {
        builder.findStrongest()
        entries = builder.entries
        moments = builder.moments
        texts = builder.texts
    }

    /// - Parameter leaves: in the order of their hashes.
    convenience init(joining leaves: [RevocationLeaf]) {
        self.init(Builder(of: leaves.map { ($0, $0.entries.indices) }))
    }

    var count: Int { entries.count }

    /// The index of the strongest entry in force that refuses a token which names this subject.
    func firstMatch(
        hash: UInt32, id: UnsafeBufferPointer<UInt8>, issuedAt: NumericDate?, at now: NumericDate
    ) -> Int? {
        let start = entries.indices.partitioningIndex { entries[$0].hash >= hash }
        guard start < count, entries[start].hash == hash else { return nil }
        let first = (start..<count).partitioningIndex { entries[$0].hash != hash || order($0, id) >= 0 }
        let end = (first..<count).partitioningIndex { index in
            entries[index].hash != hash || order(index, id) != 0 || entries[index].until <= now.seconds
        }
        guard first < end else { return nil }
        guard !moments.isEmpty else { return first }
        let strongest = Int(moments[end - 1].strongest)
        // A whole second, so the fraction of `iat` does not matter.
        guard let issuedAt, issuedAt.seconds >= moments[strongest].issuedBefore else { return strongest }
        return nil
    }

    func revocation(_ index: Int, kind: RevocationSubject.Kind) -> Revocation {
        let (entry, subject) = (entries[index], texts.subjectRange(of: entries[index]))
        let reason = subject.upperBound..<textEnd(of: index)
        let text = { [texts] (range: Range<Int>) in String(decoding: texts[range], as: UTF8.self) }
        return Revocation(
            checked: entry.id, subject: RevocationSubject(checked: text(subject), kind: kind),
            issuedBefore: moments.isEmpty ? nil : NumericDate(secondsSince1970: moments[index].issuedBefore),
            until: NumericDate(secondsSince1970: entry.until), created: NumericDate(secondsSince1970: entry.created),
            reason: reason.isEmpty ? nil : text(reason))
    }

    /// Less than 0 if an entry's subject comes before `id`, 0 if it is the same, more if it comes after.
    func order(_ index: Int, _ id: UnsafeBufferPointer<UInt8>) -> Int {
        texts.withUnsafeBufferPointer { bytes in
            UnsafeBufferPointer(rebasing: bytes[texts.subjectRange(of: entries[index])]).order(to: id)
        }
    }

    /// Where the texts of some entries are.
    func textRange(of indices: Range<Int>) -> Range<Int> {
        guard let last = indices.last else { return 0..<0 }
        return entries[indices.lowerBound].textStart..<textEnd(of: last)
    }

    private func textEnd(of index: Int) -> Int {
        index + 1 < count ? entries[index + 1].textStart : texts.count
    }
}

extension [UInt8] {
    /// Where an entry's subject is among the texts of its leaf.
    func subjectRange(of entry: RevocationLeaf.Entry) -> Range<Int> {
        let start = entry.textStart + 1
        return start..<start + Int(self[entry.textStart])
    }
}

extension Range<Int> {
    /// The first index at which `isAfter` holds, which then holds at all that follow; the end if it holds at none.
    func partitioningIndex(_ isAfter: (Int) -> Bool) -> Int {
        var (low, high) = (lowerBound, upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if isAfter(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
