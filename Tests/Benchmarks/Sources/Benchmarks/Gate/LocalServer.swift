internal import Foundation
internal import Glibc

/// Another server, on this machine, with its configuration in a folder of its own.
final class LocalServer {
    let port: UInt16
    let folder: TemporaryFolder
    private let process: ServerProcess

    /// HAProxy, which answers 204 to `/<token>/…` if it finds the token's signature good, with as many threads as the gate has:
    /// one for each processor.
    static func haProxy(verifyingWith publicKeyPEM: String) throws -> LocalServer {
        try LocalServer("haproxy", ["-db", "-f"]) { port, folder in
            let keyPath = try folder.write(publicKeyPEM, to: "key.pem")
            return """
                global
                    nbthread \(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
                defaults
                    mode http
                    timeout client 30s
                    timeout server 30s
                    timeout connect 1s
                frontend authorize
                    bind 127.0.0.1:\(port)
                    http-request set-var(txn.token) path,field(2,/)
                    http-request return status 204 if { var(txn.token),jwt_verify("RS256","\(keyPath)") 1 }
                    http-request return status 401

                """
        }
    }

    /// nginx, which serves the files below a folder to everybody.
    static func nginx(serving media: String) throws -> LocalServer {
        try LocalServer("nginx", ["-g", "daemon off;", "-c"]) { port, folder in
            // Those that are compiled in exist once root has started nginx, and are root's.
            let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
                .map { "\($0)_temp_path \(folder.path($0));" }.joined(separator: " ")
            return """
                user root;
                worker_processes auto;
                pid \(folder.path("nginx.pid"));
                error_log \(folder.path("error.log"));
                events {}
                http {
                    \(temporary)
                    access_log off;
                    sendfile on;
                    tcp_nopush on;
                    keepalive_requests 1000000000;
                    server {
                        listen 127.0.0.1:\(port);
                        root \(media);
                    }
                }

                """
        }
    }

    private init(
        _ program: String, _ options: [String], configuration: (UInt16, TemporaryFolder) throws -> String
    ) throws {
        folder = try TemporaryFolder()
        port = try Self.freePort()
        let path = try folder.write(try configuration(port, folder), to: "\(program).cfg")
        process = try ServerProcess(program, options + [path], log: folder.path("log"))
        try process.wait(forPort: port)
    }

    /// A port that was free a moment ago: neither server takes 0 and tells which it got.
    private static func freePort() throws -> UInt16 {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isKnown = withUnsafeMutableBytes(of: &address) { bytes in
            let address = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress
            return bind(socket, address, length) == 0 && getsockname(socket, address, &length) == 0
        }
        guard isKnown else { throw MeasurementFailure("this machine has no free port") }
        return UInt16(bigEndian: address.sin_port)
    }
}
