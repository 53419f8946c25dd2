package view

import "github.com/kontent/kontent-connect/backend/social"

// enum is one member as the window framework's generator wants it.
type enum[T ~string] struct {
	Value  T
	TSName string
}

// Enums lists every enumeration that crosses to the page, so that its types
// are generated from these and cannot drift.
func Enums() []any {
	return []any{
		enumOf(social.Providers()...),
		enumOf(social.FacebookPage, social.InstagramAccount, social.LinkedInOrganization, social.LinkedInMember),
		enumOf(social.AllCapabilities()...),
		enumOf(social.Granted, social.NotGranted, social.Unavailable, social.Unknown),
		enumOf(social.Healths()...),
		enumOf(social.Causes()...),
		enumOf(social.Reasons()...),
		enumOf(social.ClockExpires, social.ClockNever, social.ClockUnknown),
		enumOf(social.ToldByProvider, social.Assumed),
		enumOf(social.TokenClock, social.RefreshClock, social.DataAccessClock),
		enumOf(social.RedirectLocalhost, social.RedirectNative, social.RedirectRelay, social.RedirectPaste),
		enumOf(social.ProductCommunity, social.ProductShare),
		enumOf(social.TierDevelopment, social.TierStandard),
		enumOf(social.GrantActive, social.GrantRevoking, social.GrantClosed),
		enumOf(social.AccountActive, social.AccountDisconnecting, social.AccountDisconnected),
		enumOf(social.Withdrawn, social.StillListed, social.Unreachable),
		enumOf(social.EventKinds()...),
		enumOf(AttemptWaiting, AttemptReading, AttemptChoosing, AttemptSaving, AttemptDone, AttemptFailed),
		enumOf(Portuguese, English, Spanish),
		enumOf(ThemeSystem, ThemeLight, ThemeDark),
		enumOf(FormatCSV, FormatJSON),
		enumOf(Checks()...),
		enumOf(FindingOK, FindingTrouble, FindingUnknown),
		enumOf(NotificationsAvailable, NotificationsNoService, NotificationsDenied, NotificationsSilenced, NotificationsUnknown),
	}
}

func enumOf[T ~string](values ...T) []enum[T] {
	members := make([]enum[T], 0, len(values))
	for _, v := range values {
		members = append(members, enum[T]{Value: v, TSName: tsName(string(v))})
	}
	return members
}

// tsName turns "facebook_page" or "pt-BR" into a member name: FacebookPage,
// PtBR.
func tsName(value string) string {
	name := make([]byte, 0, len(value))
	upper := true
	for i := range len(value) {
		c := value[i]
		if c == '_' || c == '-' {
			upper = true
			continue
		}
		if upper && c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		upper = false
		name = append(name, c)
	}
	return string(name)
}
