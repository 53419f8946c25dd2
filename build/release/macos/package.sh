#!/usr/bin/env bash
#
# Makes the disk image for macOS. It needs a Mac with Xcode's tools, and has
# never been run by the project's own tests, which have none: read what it says.
#
#   build/release/macos/package.sh OUT
#
#   SIGN_AS     name of the "Developer ID Application" certificate in the keychain;
#               without it the app is signed for this Mac alone
#   NOTARY      profile that "xcrun notarytool store-credentials" has stored;
#               without it the image is not notarised, and other Macs refuse it
#
# The order matters: the programs are signed before the app that holds them, the
# image after it, and Apple's ticket is stapled to the image last.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

[ "$(uname -s)" = Darwin ] || { echo "this needs macOS" >&2; exit 1; }
out=${1:?say where the image goes}
version=$(make -s version)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
app="$work/image/Kontent Connect.app"
programs="$app/Contents/MacOS"

# One program for both kinds of processor.
mkdir -p "$programs" "$app/Contents/Resources"
for arch in arm64 amd64; do
  rm -rf build/bin
  GOARCH=$arch CGO_ENABLED=1 make build
  mkdir "$work/$arch"
  cp build/bin/kontent build/bin/kontent-connect "$work/$arch/"
done
for program in kontent kontent-connect; do
  lipo -create -output "$programs/$program" "$work/arm64/$program" "$work/amd64/$program"
done

sed "s/@VERSION@/$version/" build/release/macos/Info.plist >"$app/Contents/Info.plist"
plutil -lint "$app/Contents/Info.plist" build/release/macos/entitlements.plist
cp LICENSE "$app/Contents/Resources/"

# The icon, at the sizes that macOS asks for.
icons="$work/kontent-connect.iconset"
mkdir "$icons"
for size in 16 32 128 256 512; do
  cp "build/icons/app/kontent-connect-$size.png" "$icons/icon_${size}x$size.png"
done
cp "$icons/icon_32x32.png" "$icons/icon_16x16@2x.png"
cp build/icons/app/kontent-connect-64.png "$icons/icon_32x32@2x.png"
cp "$icons/icon_256x256.png" "$icons/icon_128x128@2x.png"
cp "$icons/icon_512x512.png" "$icons/icon_256x256@2x.png"
iconutil --convert icns --output "$app/Contents/Resources/kontent-connect.icns" "$icons"

# The hardened runtime, which notarisation asks for.
identity=${SIGN_AS:--}
timestamp=(--timestamp)
[ "$identity" != - ] || timestamp=(--timestamp=none)
for what in "$programs/kontent" "$programs/kontent-connect" "$app"; do
  codesign --force --options runtime "${timestamp[@]}" --sign "$identity" \
    --entitlements build/release/macos/entitlements.plist "$what"
done
codesign --verify --strict --deep --verbose=2 "$app"

ln -s /Applications "$work/image/Applications"
image="$out/kontent-connect-$version-macos.dmg"
mkdir -p "$out"
hdiutil create -fs HFS+ -format UDZO -volname "Kontent Connect" -srcfolder "$work/image" -ov "$image"
if [ "$identity" != - ]; then
  codesign --sign "$identity" --timestamp "$image"
fi
if [ -n "${NOTARY:-}" ]; then
  xcrun notarytool submit "$image" --keychain-profile "$NOTARY" --wait
  xcrun stapler staple "$image"
  spctl --assess --type open --context context:primary-signature --verbose "$image"
else
  echo "not notarised: other Macs will refuse to open it" >&2
fi
