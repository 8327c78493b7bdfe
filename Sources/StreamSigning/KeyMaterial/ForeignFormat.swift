/// What people bring in place of a key: each is called by its name, with the command that makes a key of it.
///
/// The tests run every command, with a file of that kind for `FILE`.
enum ForeignFormat: CaseIterable {
    case certificate, certificateRequest, encrypted, pkcs7, pkcs12, javaKeyStore
    case openSSHPrivate, openSSHPublic, ssh2Public, otherSSHKey, puTTY, xmlKey
    case ellipticCurveKey, dsaKey, openPGP, token, html, xml

    /// What makes a key of a `RSAKeyValue`, whose numbers are a JWK's in standard base64.
    private static let xmlCommand = #"""
        python3 -c 'import json,re,sys;print(json.dumps({"kty":"RSA"}|{{"Modulus":"n","Exponent":"e","InverseQ":"qi"}.get(\#
        k,k.lower()):v.translate({43:45,47:95,61:None,10:None,13:None,32:None})for k,v in \#
        re.findall(r"<(\w+)>([^<]+)</",sys.stdin.read())}))' <FILE >key.jwk
        """#

    var error: KeyError {
        let (what, advice) = text
        return KeyError(self == .encrypted ? .encrypted : .unsupported, "\(what): \(advice)")
    }

    private var text: (what: String, advice: String) {
        let makeOne = "RS256 needs RSA, so make a key with `streamsign key generate --out key.json`"
        return switch self {
        case .certificate:
            (
                "a certificate, which holds no private key",
                "take its public key out with `openssl x509 -pubkey -noout -in FILE >public.pem`"
            )
        case .certificateRequest:
            (
                "a certificate request, not a key",
                "take its public key out with `openssl req -pubkey -noout -in FILE >public.pem`"
            )
        case .encrypted:
            ("the key is encrypted", "decrypt it with `openssl pkey -in FILE -out key.pem`")
        case .pkcs7:
            (
                "PKCS#7, which holds certificates and no private key",
                "take a public key out with "
                    + "`openssl pkcs7 -print_certs -in FILE | openssl x509 -pubkey -noout >public.pem`"
            )
        case .pkcs12:
            (
                "a PKCS#12 file",
                "take the key out with `openssl pkcs12 -nocerts -nodes -in FILE -out key.pem`, "
                    + "and with -legacy too if it is an old one"
            )
        case .javaKeyStore:
            (
                "a Java key store",
                "convert it with `keytool -importkeystore -srckeystore FILE -deststoretype PKCS12 "
                    + "-destkeystore key.p12`, then `openssl pkcs12 -nocerts -nodes -in key.p12 -out key.pem`"
            )
        case .openSSHPrivate:
            (
                "an OpenSSH private key",
                "rewrite a copy of it with `cp FILE key.pem && ssh-keygen -p -N '' -m PEM -f key.pem`"
            )
        case .openSSHPublic:
            ("an OpenSSH public key", "convert it with `ssh-keygen -e -m PKCS8 -f FILE >public.pem`")
        case .ssh2Public:
            (
                "an SSH2 public key",
                "convert it with `ssh-keygen -i -f FILE >key.pub && ssh-keygen -e -m PKCS8 -f key.pub >public.pem`"
            )
        case .otherSSHKey: ("not an RSA key but an SSH key of another type", makeOne)
        case .puTTY: ("a PuTTY key", "convert it with `puttygen FILE -O private-openssh -o key.pem`")
        case .xmlKey: ("an XML key of .NET", "convert it with `\(Self.xmlCommand)`")
        case .ellipticCurveKey: ("not an RSA key but an elliptic-curve key", makeOne)
        case .dsaKey: ("not an RSA key but a DSA key", makeOne)
        case .openPGP: ("an OpenPGP key, which is for mail and files", makeOne)
        case .token: ("a token, not a key", "name the key that signed it, or that is to verify it")
        case .html:
            (
                "an HTML page, not a key",
                "the address leads to a page for people, so give the one of the JWK Set itself"
            )
        case .xml: ("XML, not a key", "if it was fetched, it may be the error of a server, so look at it")
        }
    }

    /// Recognises what is neither JSON, PEM nor DER; nil for anything else.
    init?(_ text: UnsafeRawBufferPointer) {
        let bytes = text.bindMemory(to: UInt8.self)
        func has(_ text: StaticString) -> Bool { bytes.firstIndex(of: text, from: 0) != nil }
        func begins(_ prefix: StaticString) -> Bool {
            UnsafeBufferPointer(rebasing: bytes.prefix(prefix.utf8CodeUnitCount)).isEqual(to: prefix)
        }
        if bytes.starts(with: [0xFE, 0xED, 0xFE, 0xED]) || bytes.starts(with: [0xCE, 0xCE, 0xCE, 0xCE]) {
            self = .javaKeyStore
        } else if has("ssh-rsa AAAA") {
            self = .openSSHPublic
        } else if has("---- BEGIN SSH2") {
            self = .ssh2Public
        } else if begins("ssh-") || begins("ecdsa-sha2-") || begins("sk-ssh-") {
            self = .otherSSHKey
        } else if begins("PuTTY-User-Key-File-") {
            self = .puTTY
        } else if begins("<") {
            let head = bytes.prefix(512).map(\.asciiLowercased)
            let isPage = head.withUnsafeBufferPointer { head in
                head.firstIndex(of: "<html", from: 0) != nil || head.firstIndex(of: "<!doctype html", from: 0) != nil
            }
            self = isPage ? .html : has("<RSAKeyValue") ? .xmlKey : .xml
        } else if begins("ey"), bytes.count(where: { $0 == UInt8(ascii: ".") }) == 2 {
            self = .token
        } else {
            return nil
        }
    }
}
