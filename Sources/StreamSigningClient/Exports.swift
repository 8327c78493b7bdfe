// The answers are declared beside their wire format, which is no library of its own: who imports the client has them.
@_exported public import StreamSigningWire
