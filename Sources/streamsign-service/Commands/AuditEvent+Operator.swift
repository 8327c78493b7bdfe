internal import StreamSigning
internal import StreamSigningService

extension AuditEvent {
    /// What the operator did with a command on this machine.
    /// - Parameters:
    ///   - subject: the id of the key or credential; nil for the whole service.
    ///   - account: nil for the whole service.
    static func byOperator(
        _ action: Action, of subject: String?, in account: AccountID?, at time: NumericDate
    ) -> AuditEvent {
        AuditEvent(time: time, action: action, account: account, subject: subject, actor: "cli")
    }
}
