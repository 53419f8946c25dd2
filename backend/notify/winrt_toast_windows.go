package notify

import (
	"fmt"
	"unsafe"

	"github.com/go-ole/go-ole"
	"golang.org/x/sys/windows"
)

// pushToast shows a toast in the place of one with the same tag.
func pushToast(appID, tag, toastXML string) error {
	toast, err := newToast(toastXML)
	if err != nil {
		return fmt.Errorf("make a toast: %w", err)
	}
	defer toast.Release()
	named, err := as(toast, toastNotification2)
	if err != nil {
		return fmt.Errorf("name the toast: %w", err)
	}
	defer named.Release()
	if err := withTexts(named, putTag, tag); err != nil {
		return fmt.Errorf("name the toast: %w", err)
	}
	if err := withTexts(named, putGroup, toastGroup); err != nil {
		return fmt.Errorf("name the toast: %w", err)
	}
	notifier, err := newNotifier(appID)
	if err != nil {
		return err
	}
	defer notifier.Release()
	if err := call(notifier, notifierShow, uintptr(unsafe.Pointer(toast))); err != nil {
		return fmt.Errorf("show the toast: %w", err)
	}
	return nil
}

func newToast(toastXML string) (*ole.IUnknown, error) {
	made, err := ole.RoActivateInstance(xmlClass)
	if err != nil {
		return nil, err
	}
	defer made.Release()
	document, err := as(&made.IUnknown, xmlDocument)
	if err != nil {
		return nil, err
	}
	defer document.Release()
	loader, err := as(document, xmlDocumentIO)
	if err != nil {
		return nil, err
	}
	defer loader.Release()
	if err := withTexts(loader, loadXML, toastXML); err != nil {
		return nil, err
	}
	factory, err := statics(toastClass, toastFactory)
	if err != nil {
		return nil, err
	}
	defer factory.Release()
	var toast *ole.IUnknown
	err = call(factory, createToast, uintptr(unsafe.Pointer(document)), uintptr(unsafe.Pointer(&toast)))
	return toast, err
}

func newNotifier(appID string) (*ole.IUnknown, error) {
	manager, err := statics(managerClass, managerStatics)
	if err != nil {
		return nil, err
	}
	defer manager.Release()
	id, err := newText(appID)
	if err != nil {
		return nil, err
	}
	defer id.free()
	var notifier *ole.IUnknown
	if err := call(manager, createNotifierWithID, uintptr(id), uintptr(unsafe.Pointer(&notifier))); err != nil {
		return nil, fmt.Errorf("speak for %s: %w", appID, err)
	}
	return notifier, nil
}

// removeToast takes a toast from the screen and out of the list of those that
// have gone. One that is not there is no error.
func removeToast(appID, tag string) error {
	manager, err := statics(managerClass, managerStatics2)
	if err != nil {
		return err
	}
	defer manager.Release()
	history, err := ask(manager, getHistory)
	if err != nil {
		return fmt.Errorf("find the toasts: %w", err)
	}
	defer history.Release()
	if err := withTexts(history, removeGroupedTagWithID, tag, toastGroup, appID); err != nil && !isNotFound(err) {
		return fmt.Errorf("take the toast back: %w", err)
	}
	return nil
}

// lookAround asks Windows what would become of a toast.
func lookAround(appID string) surroundings {
	s := surroundings{setting: unsaid, mode: unsaid, presence: unsaid}
	if notifier, err := newNotifier(appID); err == nil {
		defer notifier.Release()
		setting, err := number(notifier, notifierGetSetting)
		switch {
		case err == nil:
			s.setting = setting
		case isNotFound(err):
			s.setting = settingEnabled // nobody has switched off what was never heard of
		}
	}
	if mode, err := notificationMode(); err == nil {
		s.mode = mode
	}
	var presence int32
	query := windows.NewLazySystemDLL("shell32.dll").NewProc("SHQueryUserNotificationState")
	if hr, _, _ := query.Call(uintptr(unsafe.Pointer(&presence))); failed(hr) == nil {
		s.presence = presence
	}
	return s
}

// notificationMode is do not disturb. An earlier Windows 10 or 11 does not say
// it to anybody: its focus assist shows only in what SHQueryUserNotificationState
// says of games and presentations.
func notificationMode() (int32, error) {
	manager, err := statics(managerClass, managerStatics5)
	if err != nil {
		return unsaid, err
	}
	defer manager.Release()
	mine, err := ask(manager, getDefault)
	if err != nil {
		return unsaid, err
	}
	defer mine.Release()
	modes, err := as(mine, managerForUser3)
	if err != nil {
		return unsaid, err
	}
	defer modes.Release()
	return number(modes, getMode)
}
