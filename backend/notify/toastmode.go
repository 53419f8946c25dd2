package notify

// surroundings is what Windows says about toasts at present. What it did not
// say is unsaid.
type surroundings struct {
	setting  int32 // NotificationSetting of the program
	mode     int32 // ToastNotificationMode: do not disturb, from Windows 11 22H2
	presence int32 // QUERY_USER_NOTIFICATION_STATE
}

const unsaid = int32(-1)

// Values of the three, as Windows' headers number them.
const (
	settingEnabled = int32(0) // above: switched off for the program, by the person, by a rule, by a manifest

	modeUnrestricted = int32(0) // above: priority only, alarms only

	presenceBusy         = int32(2) // a program fills the screen
	presenceGame         = int32(3) // a game does
	presencePresentation = int32(4)
	presenceQuietTime    = int32(6) // the first hour on a new computer
)

// state says what becomes of a toast. That the screen is locked, or that an
// application of the store fills it, keeps none away.
func (s surroundings) state() State {
	switch {
	case s.setting > settingEnabled:
		return Denied
	case s.mode > modeUnrestricted:
		return Silenced
	}
	switch s.presence {
	case presenceBusy, presenceGame, presencePresentation, presenceQuietTime:
		return Silenced
	}
	if s.setting == unsaid {
		return Unknown
	}
	return Available
}
