internal import StreamSigningCommandLine
internal import StreamSigningService

extension FileRightsPolicy {
    /// What the setting `file-rights` accepts.
    static let expected = "refuse or warn"

    /// The value of the setting in the environment, for commands other than `serve`.
    static func fromEnvironment() throws -> FileRightsPolicy {
        let text = try OptionValue("STREAMSIGN_FILE_RIGHTS", Environment["STREAMSIGN_FILE_RIGHTS"])
        return try text?.converted(expecting: expected) { FileRightsPolicy(rawValue: $0) } ?? .refuse
    }
}
