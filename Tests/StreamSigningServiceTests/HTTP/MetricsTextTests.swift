import Testing

@testable import StreamSigningHTTP

@Suite("The text of /metrics")
struct MetricsTextTests {
    @Test("is Prometheus's text format, byte for byte")
    func text() {
        var times = Histogram(bounds: [0.005, 0.5, 1])
        for milliseconds in [1, 5, 6, 700, 2500, -3] { times.note(.milliseconds(milliseconds)) }
        var text = MetricsText()
        text.begin(.counter, "http_requests_total", "Requests answered, by route and status.")
        text.add(3, ["route": "/metrics", "status": "200"])
        text.add(1, ["route": "none", "status": "404"])
        text.begin(.gauge, "confirmation_age_seconds", "Time since the keys were last known to be the store's.")
        text.add(.milliseconds(12_034))
        text.begin(.histogram, "http_request_duration_seconds", "Time from head to answer, by route.")
        text.add(times, ["route": "none"])
        text.begin(.histogram, "change_propagation_seconds", "Time.")
        text.add(Histogram(bounds: [2.5, 5]))
        #expect(
            text.text == """
                # HELP streamsign_http_requests_total Requests answered, by route and status.
                # TYPE streamsign_http_requests_total counter
                streamsign_http_requests_total{route="/metrics",status="200"} 3
                streamsign_http_requests_total{route="none",status="404"} 1
                # HELP streamsign_confirmation_age_seconds Time since the keys were last known to be the store's.
                # TYPE streamsign_confirmation_age_seconds gauge
                streamsign_confirmation_age_seconds 12.034
                # HELP streamsign_http_request_duration_seconds Time from head to answer, by route.
                # TYPE streamsign_http_request_duration_seconds histogram
                streamsign_http_request_duration_seconds_bucket{route="none",le="0.005"} 3
                streamsign_http_request_duration_seconds_bucket{route="none",le="0.5"} 4
                streamsign_http_request_duration_seconds_bucket{route="none",le="1.0"} 5
                streamsign_http_request_duration_seconds_bucket{route="none",le="+Inf"} 6
                streamsign_http_request_duration_seconds_sum{route="none"} \(times.sum)
                streamsign_http_request_duration_seconds_count{route="none"} 6
                # HELP streamsign_change_propagation_seconds Time.
                # TYPE streamsign_change_propagation_seconds histogram
                streamsign_change_propagation_seconds_bucket{le="2.5"} 0
                streamsign_change_propagation_seconds_bucket{le="5.0"} 0
                streamsign_change_propagation_seconds_bucket{le="+Inf"} 0
                streamsign_change_propagation_seconds_sum 0.0
                streamsign_change_propagation_seconds_count 0

                """)
        #expect(abs(times.sum - 3.212) < 1e-9)
    }

    @Test(
        "writes times with three decimals",
        arguments: [
            (Duration.zero, "0.000"), (.milliseconds(7), "0.007"), (.microseconds(1999), "0.001"),
            (.seconds(61), "61.000"), (.milliseconds(-5), "0.000"),
        ])
    func seconds(duration: Duration, text: String) {
        #expect(duration.secondsText == text)
    }
}
