package provider

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/kontent/kontent-connect/backend/social"
)

const maxScopeLength = 128

func scopes(value json.RawMessage) ([]social.Scope, error) {
	if value == nil || string(value) == "null" {
		return nil, nil
	}
	var text string
	if json.Unmarshal(value, &text) != nil {
		return nil, errTokenScope
	}
	return SplitScopes(text), nil
}

// SplitScopes splits a list at commas or white space, after undoing URL
// escapes (linkedin.md 1.5). What cannot be a scope is left out.
func SplitScopes(list string) []social.Scope {
	if plain, err := url.QueryUnescape(list); err == nil {
		list = plain
	}
	words := strings.FieldsFunc(list, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
	split := make([]social.Scope, 0, len(words))
	for _, word := range words {
		split = append(split, social.Scope(word))
	}
	return CleanScopes(split)
}

// CleanScopes leaves out what cannot be a scope, and what comes twice.
func CleanScopes(scopes []social.Scope) []social.Scope {
	clean := make([]social.Scope, 0, len(scopes))
	for _, s := range scopes {
		if ValidToken(string(s)) && len(s) <= maxScopeLength && !slices.Contains(clean, s) {
			clean = append(clean, s)
		}
	}
	return clean
}
