/// Where a key is in JSON that ought not to have one.
package enum KeyLocation {
    /// The JSON Pointer (RFC 6901) of a member that plainly is a key, or holds one. Nothing of it is checked or kept.
    package static func pointer(in object: JSONValue) -> String? {
        if object["kty"]?.kind == .string { return "/kty" }
        if KeyMaterial.isKeyObject(object) {
            var material = KeyMaterial()
            try? material.readObject(object, layer: 0)
            return material.candidates.isEmpty ? nil : "/keys"
        }
        return KeySearch(object, layer: 0).firstPointer
    }
}
