package social

// Health is what an admin needs to know about an account now. It is derived
// from stored facts, the last verdict and the time; it is never stored.
type Health string

// The healths (peers.md C1).
const (
	Healthy      Health = "healthy"
	Expiring     Health = "expiring"
	Reconnect    Health = "reconnect"
	Limited      Health = "limited"
	Unverified   Health = "unverified"
	Missing      Health = "missing"
	Checkpoint   Health = "checkpoint"
	Keychain     Health = "keychain"
	Disconnected Health = "disconnected"
)

// Healths lists every health from the calmest to the most urgent, with
// Disconnected, which asks for nothing, first.
func Healths() []Health {
	return []Health{Disconnected, Healthy, Limited, Unverified, Expiring, Keychain, Missing, Checkpoint, Reconnect}
}

// Worse reports whether h is more urgent than other.
func (h Health) Worse(other Health) bool { return h.rank() > other.rank() }

func (h Health) rank() int {
	for i, known := range Healths() {
		if h == known {
			return i
		}
	}
	return -1
}

// Cause says why a health is what it is.
type Cause string

// The causes. The zero value means that there is nothing to explain.
const (
	CauseExpired           Cause = "expired"
	CauseRevoked           Cause = "revoked"
	CausePasswordChanged   Cause = "password_changed"
	CauseRoleLost          Cause = "role_lost"
	CauseRoleLimited       Cause = "role_limited"
	CauseAppRemoved        Cause = "app_removed"
	CauseDataAccessEnded   Cause = "data_access_ended"
	CausePermissionMissing Cause = "permission_missing"
	CauseNotInGrant        Cause = "not_in_grant"
	CauseRefused           Cause = "refused"
	CauseCheckpoint        Cause = "checkpoint"
	CauseOffline           Cause = "offline"
	CauseRateLimited       Cause = "rate_limited"
	CauseProviderTrouble   Cause = "provider_trouble"
	CauseAppSetup          Cause = "app_setup"
	CauseVersionRetired    Cause = "version_retired"
	CauseTokenMissing      Cause = "token_missing"
	CauseTokenDamaged      Cause = "token_damaged"
	CauseKeychainLocked    Cause = "keychain_locked"
	CauseKeychainAbsent    Cause = "keychain_absent"
	CauseWithdrawalPending Cause = "withdrawal_pending"
)

// Causes lists every cause, for tables that must be complete.
func Causes() []Cause {
	return []Cause{
		CauseExpired, CauseRevoked, CausePasswordChanged, CauseRoleLost, CauseRoleLimited, CauseAppRemoved,
		CauseDataAccessEnded,
		CausePermissionMissing, CauseNotInGrant, CauseRefused, CauseCheckpoint, CauseOffline, CauseRateLimited,
		CauseProviderTrouble, CauseAppSetup, CauseVersionRetired, CauseTokenMissing, CauseTokenDamaged,
		CauseKeychainLocked, CauseKeychainAbsent, CauseWithdrawalPending,
	}
}
