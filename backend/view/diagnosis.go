package view

// DiagnosisRequest names what to look at; nothing means everything.
type DiagnosisRequest struct {
	Checks []Check `json:"checks"`
}

// Diagnosis is what was found, in the order of Checks.
type Diagnosis struct {
	Findings []Finding `json:"findings"`
	// Report is the whole as a text that can be passed on: it names nobody.
	Report Document `json:"report"`
}

// Finding is the result of one check. The sentence for it is found by Check
// and Code.
type Finding struct {
	Check Check        `json:"check"`
	State FindingState `json:"state"`
	// Code says what was found: one of the check's own, or a problem's.
	Code string            `json:"code"`
	Args map[string]string `json:"args,omitempty"`
	// TookMS is how long it took, in milliseconds.
	TookMS int64 `json:"took_ms"`
	// Message and Action are filled only where the command line prints them.
	Message string `json:"message,omitempty"`
	Action  string `json:"action,omitempty"`
}

// FindingState says how a check came out.
type FindingState string

// The states of findings.
const (
	FindingOK      FindingState = "ok"
	FindingTrouble FindingState = "trouble"
	// FindingUnknown: it could not be found out, or there is nothing to check.
	FindingUnknown FindingState = "unknown"
)

// Check is one thing that the diagnosis looks at.
type Check string

// The checks.
const (
	CheckKeychain      Check = "keychain"
	CheckNotifications Check = "notifications"
	CheckTray          Check = "tray"
	CheckOpener        Check = "opener"
	CheckPorts         Check = "ports"
	CheckClock         Check = "clock"
	CheckReachMeta     Check = "reach_meta"
	CheckReachLinkedIn Check = "reach_linkedin"
	CheckAppMeta       Check = "app_meta"
	CheckAppLinkedIn   Check = "app_linkedin"
	CheckDatabase      Check = "database"
	CheckFolder        Check = "folder"
	CheckVersions      Check = "versions"
)

// Checks lists every check, in the order in which they are shown.
func Checks() []Check {
	return []Check{
		CheckKeychain, CheckReachMeta, CheckReachLinkedIn, CheckAppMeta, CheckAppLinkedIn, CheckPorts, CheckOpener,
		CheckNotifications, CheckTray, CheckClock, CheckDatabase, CheckFolder, CheckVersions,
	}
}
