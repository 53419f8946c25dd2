package notify

import (
	"fmt"
	"unsafe"

	"git.sr.ht/~jackmordaunt/go-toast/wintoast"
	"github.com/go-ole/go-ole"
	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

// The keys below HKEY_CURRENT_USER by which Windows knows a program that shows
// toasts, and the class that it calls when one is clicked.
const (
	programsKey = `SOFTWARE\Classes\AppUserModelId\`
	classesKey  = `SOFTWARE\Classes\CLSID\`
)

// announce makes the program known to Windows, with the command line that
// starts it again for a click on a toast that outlived it.
//
// Windows would also open a URL for a click, but a scheme that is ours could be
// opened by every web page. A COM class can be called by programs of the same
// person alone, which could start ours anyway, and the click arrives with its
// button: parseActivation reads it like a stranger's letter all the same.
func announce(o Options) error {
	activator := activatorOf(o.AppID)
	for _, value := range []struct{ key, name, text string }{
		{programsKey + o.AppID, "DisplayName", o.AppName},
		{programsKey + o.AppID, "CustomActivator", activator},
	} {
		if err := remember(value.key, value.name, value.text); err != nil {
			return err
		}
	}
	if len(o.Restart) == 0 {
		return nil
	}
	// The program's path may hold blanks, and is then put in quotes. Windows adds
	// -Embedding.
	return remember(classesKey+activator+`\LocalServer32`, "", windows.ComposeCommandLine(o.Restart))
}

func remember(path, name, value string) error {
	key, _, err := registry.CreateKey(registry.CURRENT_USER, path, registry.SET_VALUE)
	if err != nil {
		return fmt.Errorf("make the program known to Windows: %w", err)
	}
	defer func() { _ = key.Close() }()
	if err := key.SetStringValue(name, value); err != nil {
		return fmt.Errorf("make the program known to Windows: %w", err)
	}
	return nil
}

// listen has Windows call clicked with every click from now on, on a thread of
// its own, until stop is called. The library holds one callback for the whole
// process.
func listen(appID string, clicked func(program, arguments string)) (stop func(), err error) {
	// The calls of this process come from whichever thread Go runs them on: with
	// this every one of them belongs to the process's multithreaded apartment.
	var usage uintptr
	hr, _, _ := combase("CoIncrementMTAUsage").Call(uintptr(unsafe.Pointer(&usage)))
	if err := failed(hr); err != nil {
		return nil, fmt.Errorf("speak to Windows: %w", err)
	}
	wintoast.SetActivationCallback(func(program, arguments string, _ []wintoast.UserData) { clicked(program, arguments) })
	const manyClicks = 1 // REGCLS_MULTIPLEUSE
	var registered uint32
	hr, _, _ = combase("CoRegisterClassObject").Call(
		uintptr(unsafe.Pointer(ole.NewGUID(activatorOf(appID)))), uintptr(unsafe.Pointer(wintoast.ClassFactory)),
		uintptr(ole.CLSCTX_LOCAL_SERVER), manyClicks, uintptr(unsafe.Pointer(&registered)))
	if err := failed(hr); err != nil {
		return nil, fmt.Errorf("listen for clicks on toasts: %w", err)
	}
	return func() { _, _, _ = combase("CoRevokeClassObject").Call(uintptr(registered)) }, nil
}
