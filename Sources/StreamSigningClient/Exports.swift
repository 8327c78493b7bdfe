// The client's answers are declared with their wire format, whose target is not a product: importing the client brings them.
@_exported public import StreamSigningWire
