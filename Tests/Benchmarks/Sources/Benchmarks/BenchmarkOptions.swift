/// What the command line asks for.
struct BenchmarkOptions {
    /// A wrong command line, or a question for help.
    struct Usage: Error {
        let problem: String?

        static let text = """
            usage: Benchmarks [--only PREFIX]… [--list] [--json FILE] [--enforce]

              --only PREFIX   the figures whose name begins so, e.g. --only allocations; may be given several times
              --json FILE     also write the figures to FILE
              --enforce       exit with 1 when a figure that was taken does not hold its bound
              --list          print the names of all figures and measure none

            STREAMSIGN_BINARY names the streamsign program that figures of a whole process are taken from.
            """
    }

    /// Of the names of the figures that are wanted; all are if there is none.
    private var prefixes: [String] = []
    private(set) var jsonPath: String?
    private(set) var enforces = false
    private(set) var lists = false

    /// Whether a figure of this name is wanted.
    func wants(_ name: String) -> Bool {
        prefixes.isEmpty || prefixes.contains { name.hasPrefix($0) }
    }

    init(_ arguments: some Sequence<String>) throws {
        var arguments = arguments.makeIterator()
        while let argument = arguments.next() {
            switch argument {
            case "--only":
                guard let prefix = arguments.next() else { throw Usage(problem: "--only needs a prefix") }
                prefixes.append(prefix)
            case "--json":
                guard let path = arguments.next() else { throw Usage(problem: "--json needs a file") }
                jsonPath = path
            case "--enforce": enforces = true
            case "--list": lists = true
            case "-h", "--help": throw Usage(problem: nil)
            default: throw Usage(problem: "unknown argument '\(argument)'")
            }
        }
    }
}
