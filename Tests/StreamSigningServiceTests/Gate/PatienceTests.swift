import Foundation
import NIOCore
import StreamSigningPlatform
import Testing

@testable import StreamSigningGate

@Suite("Patience with a text that is being written")
struct PatienceTests {
    private func file(size: Int64) -> MediaFile {
        var status = file_status()
        status.size = size
        return MediaFile(
            OpenFile(descriptor: open("/dev/null", O_RDONLY)), FileState(status), MediaType("a.m3u8"),
            text: ByteBuffer(),
            entityTag: "", isSettled: false)
    }

    private func at(_ milliseconds: Int64) -> NIODeadline { .uptimeNanoseconds(0) + .milliseconds(milliseconds) }

    @Test("believes what has stayed as it is, from the end of the first look to the beginning of the last")
    func rest() {
        var patience = Patience(at: at(0))
        #expect(patience.rested(at: at(5)) == nil)
        patience.note(file(size: 1), rest: .milliseconds(20), before: nil, at: at(5))
        patience.note(file(size: 1), rest: .milliseconds(20), before: nil, at: at(15))
        #expect(patience.rested(at: at(24)) == nil)
        #expect(patience.rested(at: at(25)) == file(size: 1).state)
    }

    @Test("begins again when it has changed")
    func change() {
        var patience = Patience(at: at(0))
        patience.note(file(size: 1), rest: .milliseconds(20), before: nil, at: at(5))
        patience.note(file(size: 2), rest: .milliseconds(20), before: nil, at: at(20))
        #expect(patience.rested(at: at(39)) == nil)
        #expect(patience.rested(at: at(40)) == file(size: 2).state)
    }

    @Test("ends, with what it was before, or else with what it is")
    func end() {
        var patience = Patience(at: at(0))
        #expect(!patience.isOver(at: at(499)) && patience.isOver(at: at(500)))
        #expect(patience.best == nil)
        patience.noteTear(before: nil)
        #expect(patience.best == nil)
        patience.note(file(size: 1), rest: .seconds(1), before: nil, at: at(5))
        patience.noteTear(before: nil)
        #expect(patience.best?.state == file(size: 1).state)
        patience.note(file(size: 1), rest: .seconds(1), before: file(size: 9), at: at(5))
        #expect(patience.best?.state == file(size: 9).state)
    }
}
