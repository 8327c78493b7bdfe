import Testing

@testable import StreamSigning

@Suite("Base64")
struct Base64Tests {
    @Test(
        "writes the vectors of RFC 4648 10",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func vectors(plain: String, text: String) {
        let bytes = Array(plain.utf8)
        #expect(bytes.withUnsafeBytes { Base64.standard.encode($0) } == text)
        #expect(DecodedText(Array(text.utf8), .standard)?.bytes == bytes)
        let unpadded = String(text.prefix { $0 != "=" })
        #expect(bytes.withUnsafeBytes { Base64.url.encode($0) } == unpadded)
        #expect(DecodedText(base64URL: unpadded)?.bytes == bytes)
    }

    @Test("has two alphabets that differ in their last two characters")
    func alphabets() {
        let bytes: [UInt8] = [0xFB, 0xFF, 0xFE]
        #expect(bytes.withUnsafeBytes { Base64.url.encode($0) } == "-__-")
        #expect(bytes.withUnsafeBytes { Base64.standard.encode($0) } == "+//+")
    }

    @Test(
        "base64url refuses padding, the other alphabet, white space, stray bits and impossible lengths",
        arguments: [
            "Zg==", "Zm8=", "=", "====", "Zm9v=", "Zg=", "Z", "Zm9vZ", "Zh", "Zn", "Zm9", "Zm8_x+", "ab/c", "ab+c",
            " Zg",
            "Zg ", "Z g", "Zg\n", "Zm9v\r\n", "Zm9v\t", "Zg\u{0}", "Zm9\u{0}", "Zé8", "Z.g", "Zm9v.", "Zm%3D",
            "Zm9v\u{7F}",
        ])
    func refusedURL(_ text: String) {
        #expect(DecodedText(base64URL: text) == nil)
    }

    @Test(
        "base64 refuses missing or misplaced padding, the other alphabet, white space and stray bits",
        arguments: [
            "Zg", "Zm8", "Zg=", "Zg===", "Zm9v====", "=", "==", "===", "====", "A===", "Z===", "=Zg=", "Z=g=", "Zg=a",
            "Zh==",
            "Zm9=", "ab-_", "Zm9v\n", " Zm9v", "Zm 9", "Zg==Zg==", "Zm9\u{0}",
        ])
    func refusedStandard(_ text: String) {
        #expect(DecodedText(Array(text.utf8), .standard) == nil)
    }

    @Test("refuses every byte that is not of the alphabet, in every place of a group", arguments: 0..<4)
    func alphabet(place: Int) {
        let letters = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        for byte in UInt8.min...UInt8.max {
            var text = Array("AAAA".utf8)
            text[place] = byte
            #expect((DecodedText(text, .url) != nil) == letters.contains(byte), "byte \(byte)")
        }
    }

    @Test("writes a secret as it writes other bytes")
    func secret() {
        for count in 0..<10 {
            let bytes = (0..<UInt8(count)).map { $0 &* 41 }
            let text = bytes.withUnsafeBytes { Base64.standard.encode($0) }
            #expect(Base64.standard.encode(SecretBytes(copying: bytes)).reveal() == text)
        }
    }
}
