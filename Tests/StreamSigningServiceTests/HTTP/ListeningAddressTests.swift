import NIOCore
import StreamSigningPlatform
import Testing

@testable import StreamSigningHTTP

@Suite("Addresses to listen on")
struct ListeningAddressTests {
    @Test(
        "are written with brackets where they need them, and lead to this machine",
        arguments: [
            ("127.0.0.1", "127.0.0.1:80", "127.0.0.1:80"), ("0.0.0.0", "0.0.0.0:80", "127.0.0.1:80"),
            ("::", "[::]:80", "[::1]:80"), ("0:0::0", "[0:0::0]:80", "[::1]:80"), ("::1", "[::1]:80", "[::1]:80"),
            ("fe80::1", "[fe80::1]:80", "[fe80::1]:80"), ("localhost", "localhost:80", "localhost:80"),
        ])
    func text(_ host: String, _ text: String, _ local: String) {
        let address = ListeningAddress(host: host, port: 80)
        #expect("\(address)" == text && "\(address.local)" == local)
    }

    @Test("that cannot be had are named with whose they are, and why")
    func failures() {
        let address = ListeningAddress(host: "fe80::1", port: 8787)
        let unknown = ServiceFailure(address, of: .gate, SocketAddressError.unsupported)
        #expect(unknown.subject == "[fe80::1]:8787" && unknown.reason.hasPrefix("this host does not exist"))
        #expect(unknown.listener == .gate)
        let taken = ServiceFailure(address, of: .api, IOError(errnoCode: EADDRINUSE, reason: "bind"))
        #expect(taken.reason == "address already in use" && taken.listener == .api)
    }
}
