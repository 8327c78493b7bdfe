internal import Foundation

/// Foundation's reading of what the library reads and writes itself.
public enum SecondOpinion {
    private struct AnyValue: Decodable {
        init(from decoder: any Decoder) {}
    }

    /// Whether Foundation takes it for JSON.
    public static func isJSON(_ text: String) -> Bool {
        (try? JSONDecoder().decode(AnyValue.self, from: Data(text.utf8))) != nil
    }

    /// The names of a JSON object's members, in alphabetical order; empty if it is none.
    public static func memberNames(of text: String) -> [String] {
        let object = try? JSONDecoder().decode([String: AnyValue].self, from: Data(text.utf8))
        return object.map { $0.keys.sorted() } ?? []
    }

    /// Base64 in either alphabet, whatever else stands in between.
    public static func base64(_ text: String) -> [UInt8]? {
        Data(base64Encoded: text, options: .ignoreUnknownCharacters).map(Array.init)
    }

    /// Base64 in lines of 64 characters.
    public static func base64Lines(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
    }

    /// base64url without padding.
    public static func base64URL(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
