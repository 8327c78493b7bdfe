import StreamSigningGate
import StreamSigningOperations

/// A gate beside the API has its sessions made in the same process.
extension SessionOperations: SessionMaker {}
