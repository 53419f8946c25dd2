package hygiene

import "golang.org/x/sys/windows"

// withoutHeap is WER_FAULT_REPORTING_FLAG_NOHEAP.
const withoutHeap = 1

// noDumps undoes what GOTRACEBACK=wer has asked Go's runtime for, which is to
// let Windows Error Reporting have a crash; and whatever it may still be given,
// it is not given the heap.
func noDumps() {
	windows.SetErrorMode(windows.SEM_FAILCRITICALERRORS | windows.SEM_NOGPFAULTERRORBOX | windows.SEM_NOOPENFILEERRORBOX)
	report := windows.NewLazySystemDLL("kernel32.dll").NewProc("WerSetFlags")
	if report.Find() == nil {
		_, _, _ = report.Call(withoutHeap)
	}
}
