internal import FoundationEssentials

/// The figures of a run, as a table for a person and as JSON for a program.
struct Report: Encodable {
    let figures: [Figure]
    let notes: [Note]

    init(figures: [Figure]) {
        self.figures = figures
        notes = Note.all.filter { figures.contains(where: $0.isAbout) }
    }

    /// One line a figure: name, value, unit, spread of the rounds, bound, and whether it holds. Then the notes.
    var text: String {
        ([table] + notes.map { "\($0.figures.map { $0 + "*" }.joined(separator: " ")): \($0.text)" })
            .joined(separator: "\n")
    }

    private var table: String {
        let rows = [["figure", "value", "unit", "min … max", "bound", ""]] + figures.map(\.row)
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            let cells = row.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - row[column].count)
                return column == 1 ? space + row[column] : row[column] + space
            }
            return cells.joined(separator: "  ").trimmingTrailingSpace
        }
        return lines.joined(separator: "\n")
    }

    /// `{"figures":[{"name":…,"value":…,"unit":…,"bound":…,"holds":…}],"notes":[{"figures":[…],"text":…}]}`
    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(self).write(to: URL(filePath: path))
    }
}

extension Figure {
    fileprivate var row: [String] {
        let range = spread.map { "\($0.lowerBound.shortText) … \($0.upperBound.shortText)" }
        let verdict = bound == nil ? "" : holds ? "holds" : "DOES NOT HOLD"
        return [name, value.shortText, unit, range ?? "", bound?.description ?? "", verdict]
    }
}

extension Double {
    /// Whole from 1000 on, else up to three places behind the point.
    var shortText: String {
        guard abs(self) < 1000 else { return String(Int(rounded())) }
        let rounded = (self * 1000).rounded() / 1000
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }
}

extension String {
    fileprivate var trimmingTrailingSpace: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
