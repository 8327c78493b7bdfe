extension String {
    /// As one token of a JSON Pointer (RFC 6901 3).
    package var jsonPointerToken: String {
        replacing("~", with: "~0").replacing("/", with: "~1")
    }
}
