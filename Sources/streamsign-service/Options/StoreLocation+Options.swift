internal import StreamSigningCommandLine
internal import StreamSigningService

extension StoreLocation {
    /// The value of an option, or of the environment variable that replaces it.
    /// - Parameter isOnCommandLine: whether every user of this machine may see it, so that it must not hold a password.
    init(option name: String, _ text: String, isOnCommandLine: Bool, databaseOnly: Bool = false) throws {
        let rights = try FileRightsPolicy.fromEnvironment()
        do throws(StoreError) {
            self =
                databaseOnly
                ? try StoreLocation(databaseURL: text) : try StoreLocation(text, rights: rights)
        } catch {
            throw CommandFailure.unusable(name, error.reason)
        }
        guard !isOnCommandLine || !hasPassword else {
            throw CommandFailure.unusable(
                name,
                """
                a password on the command line can be seen by every user of this machine: put the URL in \
                STREAMSIGN_DATABASE_URL, or the password in PGPASSWORD or a password file (PGPASSFILE)
                """)
        }
    }
}
