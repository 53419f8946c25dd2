; The installer for Windows: for the person who runs it, without an
; administrator. Made on any system by makensis; build/release says how.
;
;   ARCH      amd64 or arm64      VERSION   0.1.0
;   STAGE     folder of the files OUT       file to write

Unicode true
; On ARM the installer itself is of the kind that every Windows there runs.
!if "${ARCH}" == "amd64"
  Target amd64-unicode
!endif
SetCompressor /SOLID lzma
; When a file was written says nothing, and would make every installer another.
SetDateSave off
ManifestDPIAware true
RequestExecutionLevel user

!include "LogicLib.nsh"
!include "MUI2.nsh"
!include "WinVer.nsh"
!include "Win\COM.nsh"
!include "Win\Propkey.nsh"

!define PRODUCT "Kontent Connect"
; Windows files the window, its entry in the start menu and its notifications
; under this name: it has to be the agent's (backend/agent).
!define APP_ID "Kontent.KontentConnect"
; The name of the entry that starts the agent at login (backend/autostart).
!define LOGIN_ENTRY "kontent-connect"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\KontentConnect"
!define LINK "$SMPROGRAMS\${PRODUCT}.lnk"

Name "${PRODUCT}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Kontent Connect"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText "${PRODUCT} ${VERSION}"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "${PRODUCT}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "${PRODUCT} Setup"
VIAddVersionKey /LANG=0 "CompanyName" "Kontent"
VIAddVersionKey /LANG=0 "LegalCopyright" "Kontent Connect authors"

!define MUI_ICON "${STAGE}\kontent-connect.ico"
!define MUI_UNICON "${STAGE}\kontent-connect.ico"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\kontent-connect.exe"

!insertmacro MUI_PAGE_LICENSE "${STAGE}\LICENSE.txt"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "PortugueseBR"
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Spanish"

LangString TooOld ${LANG_PORTUGUESEBR} "O Kontent Connect precisa do Windows 10 ou mais novo."
LangString TooOld ${LANG_ENGLISH} "Kontent Connect needs Windows 10 or later."
LangString TooOld ${LANG_SPANISH} "Kontent Connect necesita Windows 10 o posterior."
LangString DataStays ${LANG_PORTUGUESEBR} "Seus projetos, contas e histórico ficam neste computador. Para removê-los também, cancele e execute antes: $\"$INSTDIR\kontent.exe$\" forget --everything --yes"
LangString DataStays ${LANG_ENGLISH} "Your projects, accounts and history stay on this computer. To remove them too, cancel and first run: $\"$INSTDIR\kontent.exe$\" forget --everything --yes"
LangString DataStays ${LANG_SPANISH} "Sus proyectos, cuentas e historial quedan en este equipo. Para quitarlos también, cancele y ejecute antes: $\"$INSTDIR\kontent.exe$\" forget --everything --yes"

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_ICONSTOP "$(TooOld)" /SD IDOK
    Abort
  ${EndIf}
FunctionEnd

Function un.onInit
  MessageBox MB_OKCANCEL|MB_ICONINFORMATION "$(DataStays)" /SD IDOK IDOK +2
  Abort
FunctionEnd

; The programs end before their files are written or deleted. The agent is
; asked to; what is left of them is ended by force, which loses nothing: all
; they know is written as they learn it.
!macro EndPrograms
  ${If} ${FileExists} "$INSTDIR\kontent.exe"
    nsExec::Exec '"$INSTDIR\kontent.exe" quit'
    Pop $0
  ${EndIf}
  ReadEnvStr $1 USERNAME
  nsExec::Exec 'taskkill /F /FI "USERNAME eq $1" /IM kontent-connect.exe'
  Pop $0
  nsExec::Exec 'taskkill /F /FI "USERNAME eq $1" /IM kontent.exe'
  Pop $0
!macroend

Section "install"
  !insertmacro EndPrograms
  SetOutPath "$INSTDIR"
  File "${STAGE}\kontent-connect.exe"
  File "${STAGE}\kontent.exe"
  File "${STAGE}\LICENSE.txt"
  !pragma warning push
  !pragma warning disable 7010 ; where no licences were listed there are none
  File /nonfatal /r "${STAGE}\third-party"
  !pragma warning pop
  WriteUninstaller "$INSTDIR\uninstall.exe"
  Call MakeLink
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${PRODUCT}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\kontent-connect.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "Kontent Connect authors"
  WriteRegStr HKCU "${UNINSTALL}" "URLInfoAbout" "https://github.com/kontent/kontent-connect"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

; The entry in the start menu carries the APP_ID, without which Windows shows
; no notification of ours under its name. CreateShortcut cannot write it.
Function MakeLink
  CreateShortcut "${LINK}" "$INSTDIR\kontent-connect.exe"
  !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IShellLink} r0 ""
  ${If} $0 P= 0
    Return
  ${EndIf}
  ${IUnknown::QueryInterface} $0 '("${IID_IPersistFile}",.r1)'
  ${IUnknown::QueryInterface} $0 '("${IID_IPropertyStore}",.r2)'
  ${If} $1 P<> 0
  ${AndIf} $2 P<> 0
    ${IPersistFile::Load} $1 '("${LINK}",2)'
    System::Call 'OLEAUT32::SysAllocString(w "${APP_ID}")p.r5'
    System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID})p.r3'
    System::Call '*${SYSSTRUCT_PROPVARIANT}(${VT_BSTR},,p r5)p.r4'
    ${IPropertyStore::SetValue} $2 '($3,$4)'
    ${IPropertyStore::Commit} $2 ""
    ${IPersistFile::Save} $1 '("${LINK}",1)'
    System::Call 'OLEAUT32::SysFreeString(p r5)'
    System::Free $3
    System::Free $4
  ${EndIf}
  !insertmacro ComHlpr_SafeRelease $2
  !insertmacro ComHlpr_SafeRelease $1
  !insertmacro ComHlpr_SafeRelease $0
FunctionEnd

; What made the program known to Windows for its notifications, and the class
; that those call, which stands with it.
!macro Unknow app
  ReadRegStr $0 HKCU "Software\Classes\AppUserModelId\${app}" "CustomActivator"
  StrCpy $1 $0 1
  ${If} $1 == "{" ; or the key of all classes would go
    DeleteRegKey HKCU "Software\Classes\CLSID\$0"
  ${EndIf}
  DeleteRegKey HKCU "Software\Classes\AppUserModelId\${app}"
!macroend

Section "Uninstall"
  !insertmacro EndPrograms
  Delete "${LINK}"
  Delete "$INSTDIR\kontent-connect.exe"
  Delete "$INSTDIR\kontent.exe"
  Delete "$INSTDIR\LICENSE.txt"
  RMDir /r "$INSTDIR\third-party"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; only when nothing else is in it
  DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "${LOGIN_ENTRY}"
  DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "${LOGIN_ENTRY}"
  !insertmacro Unknow "${APP_ID}"
  !insertmacro Unknow "${APP_ID}.Demo"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
