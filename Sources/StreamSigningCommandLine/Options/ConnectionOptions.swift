package import ArgumentParser

/// Whose certificate a server that is asked may have. The proxies are in the environment alone: their URLs hold passwords.
package struct ConnectionOptions: ParsableArguments {
    @Option(
        name: .customLong("ca-file"), parsing: .unconditional,
        help: ArgumentHelp(
            """
            A PEM file of the authorities that vouch for the server's certificate, in place of the system's. If not given: \
            SSL_CERT_FILE.
            """, valueName: "file"),
        completion: .file())
    package var authoritiesFile: String?

    package init() {}
}
