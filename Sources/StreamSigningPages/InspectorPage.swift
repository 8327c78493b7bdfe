/// The page that shows what a token says and why it is refused: `/inspector` on the API's address.
package enum InspectorPage {
    package static let page = Page(html: PackageResources.inspector_html)
}
