/// The elements of an MPD that hold references, and those that they are in (ISO/IEC 23009-1 5.3, 5.6).
enum DASHElement: String {
    case mpd = "MPD"
    case period = "Period"
    case adaptationSet = "AdaptationSet"
    case emptyAdaptationSet = "EmptyAdaptationSet"
    case representation = "Representation"
    case subRepresentation = "SubRepresentation"
    case eventStream = "EventStream"
    case segmentBase = "SegmentBase"
    case segmentList = "SegmentList"
    case segmentTemplate = "SegmentTemplate"
    case segmentURL = "SegmentURL"
    case initialization = "Initialization"
    case representationIndex = "RepresentationIndex"
    case bitstreamSwitching = "BitstreamSwitching"
    case baseURL = "BaseURL"
    case location = "Location"
    case patchLocation = "PatchLocation"

    /// Of those that can have a `BaseURL`: how deep they are in each other.
    var level: Int? {
        switch self {
        case .mpd: 0
        case .period: 1
        case .adaptationSet, .emptyAdaptationSet: 2
        case .representation: 3
        case .subRepresentation: 4
        default: nil
        }
    }

    /// The attributes that are references to media.
    var references: [String] {
        switch self {
        case .segmentTemplate: ["media", "index", "initialization", "bitstreamSwitching"]
        case .segmentURL: ["media", "index"]
        case .initialization, .representationIndex, .bitstreamSwitching: ["sourceURL"]
        default: []
        }
    }

    /// Whether its text is a reference.
    var isReference: Bool {
        switch self {
        case .baseURL, .location, .patchLocation: true
        default: false
        }
    }
}
