internal import CAllocationCount
internal import Foundation

/// Measures what ``Measurement/all`` names and prints it as a table.
@main
struct Benchmarks {
    static func main() async {
        guard allocation_count_install() else {
            fail("OpenSSL was used before its allocations could be counted", status: 1)
        }
        do {
            let options = try BenchmarkOptions(CommandLine.arguments.dropFirst())
            exit(try await run(options))
        } catch let usage as BenchmarkOptions.Usage {
            guard let problem = usage.problem else {
                print(BenchmarkOptions.Usage.text)
                exit(0)
            }
            fail("\(problem)\n\(BenchmarkOptions.Usage.text)", status: 64)
        } catch {
            fail("\(error)", status: 1)
        }
    }

    /// - Returns: the exit status.
    private static func run(_ options: BenchmarkOptions) async throws -> Int32 {
        let chosen = Measurement.all.filter { $0.names.contains(where: options.wants) }
        guard !chosen.isEmpty else { throw BenchmarkOptions.Usage(problem: "no figure's name begins so") }
        guard !options.lists else {
            print(chosen.flatMap(\.names).filter(options.wants).joined(separator: "\n"))
            return 0
        }
        var figures: [Figure] = []
        var isComplete = true
        for measurement in chosen {
            report("measuring \(measurement.names[0])")
            do {
                figures += try await measurement.figures(where: options.wants)
            } catch {
                // The others are worth having all the same.
                report("\(measurement.names[0]): \(error)")
                isComplete = false
            }
        }
        let report = Report(figures: figures)
        print(report.text)
        if let path = options.jsonPath {
            try report.write(to: path)
        }
        return isComplete && (!options.enforces || figures.allSatisfy(\.holds)) ? 0 : 1
    }

    private static func report(_ line: String) {
        FileHandle.standardError.write(Data("benchmarks: \(line)\n".utf8))
    }

    private static func fail(_ message: String, status: Int32) -> Never {
        report(message)
        exit(status)
    }
}
