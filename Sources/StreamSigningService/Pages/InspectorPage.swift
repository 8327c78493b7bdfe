#if Service
    /// The page that shows what a token says and why it is refused: `/inspector` on the API's address.
    enum InspectorPage {
        static let page = Page(html: PackageResources.inspector_html)
    }
#endif
