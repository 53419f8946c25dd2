package view

import "github.com/kontent/kontent-connect/backend/social"

// HistoryQuery asks for lines of the timeline, newest first. What is left out
// narrows nothing.
type HistoryQuery struct {
	AccountID social.AccountID   `json:"account_id"`
	ProjectID social.ProjectID   `json:"project_id"`
	Provider  social.Provider    `json:"provider"`
	Kinds     []social.EventKind `json:"kinds"`
	// Text is looked for in the name that a line is about.
	Text string `json:"text"`
	// BeforeID is the line to go on below; 0 begins with the newest.
	BeforeID int64 `json:"before_id"`
	// Limit is how many lines to return; 0 is as many as there may be.
	Limit int `json:"limit"`
}

// HistoryExport asks for every line that Query wants as a file. Its BeforeID
// and Limit do not count.
type HistoryExport struct {
	Query  HistoryQuery `json:"query"`
	Format Format       `json:"format"`
}

// Format is a form of a file.
type Format string

// The formats.
const (
	FormatCSV  Format = "csv"
	FormatJSON Format = "json"
)

// Document is a file to save.
type Document struct {
	// Name is what to call it.
	Name string `json:"name"`
	Body string `json:"body"`
}
