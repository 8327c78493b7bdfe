import StreamSigningClient
import Testing

@Suite("The proxy of a client")
struct HTTPProxyTests {
    @Test(
        "is at a host and a port, and its name and password are not shown",
        arguments: [
            ("http://proxy.example:3128", "proxy.example:3128"), ("http://proxy.example:3128/", "proxy.example:3128"),
            ("HTTP://proxy.example", "proxy.example:80"), ("proxy.example:3128", "proxy.example:3128"),
            ("proxy.example", "proxy.example:80"), ("10.0.0.1:8080", "10.0.0.1:8080"), ("[::1]:3128", "[::1]:3128"),
            ("http://me:geheim@proxy.example:3128", "proxy.example:3128"),
            ("me:geheim@proxy.example:1", "proxy.example:1"),
        ])
    func read(_ text: String, _ description: String) throws {
        let proxy = try HTTPProxy(text)
        var dumped = ""
        dump(proxy, to: &dumped)
        #expect("\(proxy)" == description)
        for shown in ["\(proxy)", String(reflecting: proxy), dumped] { #expect(!shown.contains("geheim")) }
    }

    @Test(
        "is nothing else, and what was given is not repeated",
        arguments: [
            "", "http://", "http://:3128", "https://me:geheim@proxy.example", "socks5://me:geheim@proxy.example",
            "http://me:geheim@proxy.example:0", "http://me:geheim@proxy.example:65536",
            "http://me:geheim@proxy.example/path",
            "http://me:geheim@proxy.example?a=b", "http://me:geheim@proxy.example#a", "http://a b/", "geheim:proxy",
        ])
    func refused(_ text: String) {
        let error = #expect(throws: ClientError.self) { try HTTPProxy(text) }
        #expect(error?.code == .invalidArgument && error?.description.contains("geheim") == false)
    }

    /// Exceptions, a URL, and whether it is asked without the proxy.
    static let exceptions: [(list: String, url: String, isException: Bool)] = [
        ("", "https://a.example/", false), ("*", "https://a.example/", true), ("a.example", "https://a.example/", true),
        ("A.Example", "https://a.EXAMPLE/", true), ("example", "https://a.example/", true),
        ("a.example", "https://b.a.example/", true), ("a.example", "https://ba.example/", false),
        ("a.example", "https://a.example.com/", false), (".a.example", "https://b.a.example/", true),
        (".a.example", "https://a.example/", false), ("*.a.example", "https://b.a.example/", true),
        ("*.a.example", "https://a.example/", false), ("b.example, a.example", "https://a.example/", true),
        ("b.example a.example", "https://a.example/", true), (",, a.example ,", "https://a.example/", true),
        ("a.example", "https://a.example./", true),
        // At one port alone.
        ("a.example:8443", "https://a.example:8443/", true), ("a.example:8443", "https://a.example/", false),
        ("a.example:443", "https://a.example/", true), ("a.example:80", "http://a.example/", true),
        ("192.0.2.7:8443", "https://192.0.2.7:8443/", true), ("192.0.2.7:8443", "https://192.0.2.7/", false),
        ("[2001:db8::7]:8443", "https://[2001:db8::7]:8443/", true),
        // By address, which a name is not looked up for.
        ("192.0.2.7", "https://192.0.2.7/", true), ("192.0.2.7", "https://192.0.2.77/", false),
        ("192.0.2.0/24", "https://192.0.2.7/", true), ("192.0.2.0/24", "https://192.0.3.7/", false),
        ("2001:db8::7", "https://[2001:db8::7]/", true), ("[2001:db8::7]", "https://[2001:db8::7]/", true),
        ("2001:db8::/32", "https://[2001:db8::7]/", true), ("0.0.0.0/0", "https://a.example/", false),
        ("2.7", "https://192.0.2.7/", false), ("7", "https://192.0.2.7/", false),
        // This machine needs no proxy to itself.
        ("", "http://localhost:8787/", true), ("", "http://127.0.0.1:8787/", true), ("", "http://127.9.9.9/", true),
        ("", "http://[::1]:8787/", true), ("", "http://localhost.example/", false), ("", "http://128.0.0.1/", false),
        // No entries.
        (".", "https://a.example/", false), ("*.", "https://a.example/", false), (":443", "https://a.example/", false),
        ("http://a.example", "https://a.example/", false), ("192.0.2.0/33", "https://192.0.2.0/", false),
    ]

    @Test("is not asked for exceptions", arguments: exceptions)
    func unproxied(_ list: String, _ url: String, _ isException: Bool) throws {
        let connections = try OutboundConnections(environment: [
            "HTTPS_PROXY": "proxy.example:3128", "HTTP_PROXY": "proxy.example:3128", "NO_PROXY": list,
        ])
        #expect((connections.proxies.proxy(for: url) == nil) == isException)
    }

    /// Variables, and the proxies that follow for a URL of each scheme.
    static let environments: [(variables: [String: String], encrypted: String?, unencrypted: String?)] = [
        ([:], nil, nil),
        (["HTTPS_PROXY": "a:1"], "a:1", nil), (["HTTP_PROXY": "a:1"], nil, "a:1"),
        (["HTTPS_PROXY": "a:1", "https_proxy": "b:2"], "b:2", nil),
        (["http_proxy": "b:2", "HTTP_PROXY": "a:1"], nil, "b:2"),
        (["HTTPS_PROXY": "a:1", "https_proxy": ""], "a:1", nil), (["HTTPS_PROXY": ""], nil, nil),
        // A client of a CGI program chooses this one.
        (["HTTP_PROXY": "a:1", "REQUEST_METHOD": "GET"], nil, nil),
        (["http_proxy": "a:1", "REQUEST_METHOD": "GET"], nil, "a:1"),
        (["HTTPS_PROXY": "a:1", "no_proxy": "service.example", "NO_PROXY": ""], nil, nil),
        (["HTTPS_PROXY": "a:1", "no_proxy": "", "NO_PROXY": "service.example"], nil, nil),
        (["HTTPS_PROXY": "a:1", "no_proxy": "other.example", "NO_PROXY": "service.example"], "a:1", nil),
    ]

    @Test("is chosen by the environment and the URL's scheme", arguments: environments)
    func environment(_ variables: [String: String], _ encrypted: String?, _ unencrypted: String?) throws {
        let proxies = try OutboundConnections(environment: variables).proxies
        #expect(proxies.proxy(for: "https://service.example/a?b").map { "\($0)" } == encrypted)
        #expect(proxies.proxy(for: "http://service.example/").map { "\($0)" } == unencrypted)
        #expect(proxies.proxy(for: "nonsense") == nil)
    }

    @Test("names the variable that cannot be used, and nothing of its value")
    func unusable() {
        let error = #expect(throws: ClientError.self) {
            try OutboundConnections(environment: ["HTTPS_PROXY": "socks5://me:geheim@proxy.example:1080"])
        }
        #expect(error?.reason == "HTTPS_PROXY: only proxies that are asked over HTTP are supported: http://HOST:PORT")
    }
}
