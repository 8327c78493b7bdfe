import FlyingFox
import Foundation
import StreamSigning

/// `GET /videos/{id}/playback`, with the session's id in the header `Viewer-Session`.
struct PlaybackRoute: HTTPHandler {
    static let path: HTTPRoute = "GET /videos/:id/playback"
    static let sessionHeader = HTTPHeader("Viewer-Session")

    let service: PlaybackService
    let sessions: ViewerSession.Directory

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard let session = request.headers[Self.sessionHeader].flatMap(sessions) else {
            return refuse(.unauthorized, "sign in first")
        }
        do {
            let video = try VideoID(request.routeParameters["id"] ?? "")
            let playback = try service.playback(of: video, in: session, at: NumericDate(Date()))
            return json(.ok, playback)
        } catch let error as InvalidClaim {
            return refuse(.badRequest, error.reason)
        } catch PlaybackService.Refusal.sessionEnded {
            return refuse(.unauthorized, "the session has ended: sign in again")
        } catch PlaybackService.Refusal.notEntitled {
            return refuse(.forbidden, "this video is not among those you may watch")
        }
    }

    private func refuse(_ status: HTTPStatusCode, _ reason: String) -> HTTPResponse {
        json(status, ["error": reason])
    }

    private func json(_ status: HTTPStatusCode, _ value: some Encodable) -> HTTPResponse {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let body = try? encoder.encode(value) else { return HTTPResponse(statusCode: .internalServerError) }
        // Signed URLs are one viewer's: no cache may keep them.
        let headers: HTTPHeaders = [.contentType: "application/json", HTTPHeader("Cache-Control"): "private, no-store"]
        return HTTPResponse(statusCode: status, headers: headers, body: body)
    }
}
