/// What becomes of secrets and data that every user of the machine can get at.
public enum FileRightsPolicy: String, Sendable, Hashable, CaseIterable {
    /// They are refused, unless the platform gave them their mode, as for a volume of a container.
    case refuse
    /// They are used. For machines on which nobody else has an account, and whose file modes cannot be changed.
    case warn
}
