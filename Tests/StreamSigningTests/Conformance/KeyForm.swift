import Foundation
import StreamSigning
import Testing

/// A row of `Vectors/key-forms/forms.json`: a form of a key that people bring, where it comes from, and what must become of it.
struct KeyForm: Sendable, CustomTestStringConvertible {
    let form: String
    let origin: String
    let content: Data
    let isPrivate: Bool
    /// The key that must come out; of a refused form, out of the command that the refusal names.
    let thumbprint: String?
    /// The id that the text itself gives.
    let id: String?
    /// The id by which one of several keys is chosen.
    let pick: KeyID?
    /// How many keys of a set cannot be used.
    let passedOver: Int
    /// nil for what is read.
    let refusal: (code: KeyError.Code, says: String)?
    /// The file that the command in the refusal writes.
    let makes: String?

    var testDescription: String { "\(form), from \(origin)" }

    init(_ row: JSONRow) throws {
        form = try row.required("form")
        origin = try row.required("from")
        guard let content = Data(base64Encoded: try row.required("content", as: String.self)) else {
            throw JSONRow.Malformed(member: "content")
        }
        self.content = content
        isPrivate = try row.required("half") == "private"
        thumbprint = row.optional("key")
        id = row.optional("id")
        pick = try row.optional("pick", as: String.self).map { try KeyID($0) }
        passedOver = row.optional("passes_over") ?? 0
        makes = row.optional("makes")
        refusal = try row.optional("code", as: String.self).map { code in
            (KeyError.Code(rawValue: code), try row.required("says"))
        }
    }

    static func all() throws -> [KeyForm] {
        try Vectors.rows("key-forms/forms.json").map(KeyForm.init)
    }

    static func read() throws -> [KeyForm] {
        try all().filter { $0.refusal == nil }
    }

    static func refused() throws -> [KeyForm] {
        try all().filter { $0.refusal != nil }
    }

    /// What is refused with a command whose program is on this machine.
    static func convertible() throws -> [KeyForm] {
        try refused().filter { form in
            guard form.makes != nil, case .failure(let error) = form.load() else { return false }
            let program = error.commands.first?.prefix { $0 != " " } ?? ""
            return try Subprocess.run("which", [String(program)], allowing: [0, 1]).status == 0
        }
    }

    /// The public half, loaded for what the form is for.
    func load() -> Result<VerificationKey, KeyError> {
        Result { () throws(KeyError) in
            isPrivate
                ? try SigningKey(importing: content, id: pick).verificationKey
                : try VerificationKey(importing: content, id: pick)
        }
    }
}

extension KeyError {
    /// The commands that the reason names, between backticks.
    var commands: [String] {
        let parts = reason.split(separator: "`", omittingEmptySubsequences: false)
        return parts.indices.filter { $0 % 2 == 1 }.map { String(parts[$0]) }
    }
}
