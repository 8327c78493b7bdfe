/// Rows of text in columns, for people: under headings on a terminal, without them for `cut` and `awk`.
package struct TextTable {
    private let headings: [String]
    private var rows: [[String]] = []

    /// - Parameter headings: one a column.
    package init(_ headings: String...) {
        self.headings = headings
    }

    /// Adds a row; what is missing stands as `-`. What could move the cursor is escaped.
    package mutating func append(_ cells: String?...) {
        rows.append(cells.map { $0.map(\.printable) ?? "-" })
    }

    /// The lines. Two spaces or more stand between columns, and none at the end of a line.
    package func text(underHeadings: Bool = Terminal.showsOutput) -> String {
        guard !rows.isEmpty else { return "" }
        let lines = underHeadings ? [headings] + rows : rows
        let widths = headings.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.map { Self.line($0, widths) + "\n" }.joined()
    }

    private static func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = zip(cells, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        return String(padded.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
    }
}
