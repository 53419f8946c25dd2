package notify

import (
	"errors"
	"fmt"
	"syscall"
	"unsafe"

	"github.com/go-ole/go-ole"
	"golang.org/x/sys/windows"
)

// What follows is written here because the toast library keeps its objects to
// itself, and has no tags, no history and no settings. Nor does it make strings
// that hold a character outside of the basic plane: it counts it as one unit of
// the two that it is, and the end of the toast is cut off.

// method is the place of a method in the table of a WinRT interface, which
// begins with the six of IInspectable.
type method int

// The interfaces of Windows.UI.Notifications and Windows.Data.Xml.Dom that we
// use, and their methods (windows.ui.notifications.idl, windows.data.xml.dom.idl).
const (
	xmlDocument   = "{F7F3A506-1E87-42D6-BCFB-B8C809FA5494}"
	xmlDocumentIO = "{6CD0E74E-EE65-4489-9EBF-CA43E87BA637}"
	loadXML       = method(6)

	toastFactory = "{04124B20-82C6-4229-B109-FD9ED4662B53}"
	createToast  = method(6)

	toastNotification2 = "{9DFB9FD1-143A-490E-90BF-B9FBA7132DE7}"
	putTag             = method(6)
	putGroup           = method(8)

	managerStatics       = "{50AC103F-D235-4598-BBEF-98FE4D1A3AD4}"
	createNotifierWithID = method(7)

	notifierShow       = method(6) // of IToastNotifier
	notifierGetSetting = method(8)

	managerStatics2        = "{7AB93C52-0E48-4750-BA9D-1A4113981847}"
	getHistory             = method(6)
	removeGroupedTagWithID = method(8) // of IToastNotificationHistory

	managerStatics5 = "{D6F5F569-D40D-407C-8989-88CAB42CFD14}"
	getDefault      = method(6)
	managerForUser3 = "{3EFCB176-6CC1-56DC-973B-251F7AACB1C5}" // from Windows 11 22H2
	getMode         = method(6)
)

const (
	managerClass = "Windows.UI.Notifications.ToastNotificationManager"
	toastClass   = "Windows.UI.Notifications.ToastNotification"
	xmlClass     = "Windows.Data.Xml.Dom.XmlDocument"

	longestTable = 32
)

// notFound is Windows' word for what it has never heard of: a program that has
// not shown a toast yet, a toast that is no longer there.
const notFound = uintptr(windows.ERROR_NOT_FOUND)&0xFFFF | 0x80070000

// call calls a method of an object. Pointers that are turned into numbers in the
// call itself, and only those, stay valid until it returns.
//
//go:uintptrescapes
func call(o *ole.IUnknown, m method, arguments ...uintptr) error {
	table := (*[longestTable]uintptr)(unsafe.Pointer(o.RawVTable))
	hr, _, _ := syscall.SyscallN(table[m], append([]uintptr{uintptr(unsafe.Pointer(o))}, arguments...)...)
	return failed(hr)
}

func failed(hr uintptr) error {
	result := uint32(hr)    //nolint:gosec // G115: what stands above its 32 bits is nobody's
	if int32(result) >= 0 { //nolint:gosec // G115: the sign says it
		return nil
	}
	return ole.NewError(uintptr(result))
}

func isNotFound(err error) bool {
	var refused *ole.OleError
	return errors.As(err, &refused) && refused.Code() == notFound
}

// text is a string of Windows' own. It is to be freed.
type text uintptr

func newText(s string) (text, error) {
	units, err := windows.UTF16FromString(s)
	if err != nil {
		return 0, err
	}
	var made text
	hr, _, _ := combase("WindowsCreateString").Call(
		uintptr(unsafe.Pointer(&units[0])), uintptr(len(units)-1), uintptr(unsafe.Pointer(&made)))
	return made, failed(hr)
}

func (t text) free() { _, _, _ = combase("WindowsDeleteString").Call(uintptr(t)) }

// withTexts calls a method that takes texts, and nothing else.
func withTexts(o *ole.IUnknown, m method, texts ...string) error {
	var lent []uintptr
	for _, s := range texts {
		t, err := newText(s)
		if err != nil {
			return err
		}
		defer t.free()
		lent = append(lent, uintptr(t))
	}
	return call(o, m, lent...)
}

// ask returns the object that a method gives.
func ask(o *ole.IUnknown, m method) (given *ole.IUnknown, err error) {
	err = call(o, m, uintptr(unsafe.Pointer(&given)))
	return given, err
}

// number returns the number that a method gives.
func number(o *ole.IUnknown, m method) (n int32, err error) {
	err = call(o, m, uintptr(unsafe.Pointer(&n)))
	return n, err
}

// statics returns what a class offers without an object of it.
func statics(class, iface string) (*ole.IUnknown, error) {
	factory, err := ole.RoGetActivationFactory(class, ole.NewGUID(iface))
	if err != nil {
		return nil, fmt.Errorf("find %s: %w", class, err)
	}
	return &factory.IUnknown, nil
}

// as returns another interface of an object.
func as(o *ole.IUnknown, iface string) (*ole.IUnknown, error) {
	found, err := o.QueryInterface(ole.NewGUID(iface))
	if err != nil {
		return nil, err
	}
	return &found.IUnknown, nil
}

func combase(name string) *windows.LazyProc {
	return windows.NewLazySystemDLL("combase.dll").NewProc(name)
}
