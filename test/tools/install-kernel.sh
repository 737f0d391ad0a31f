#!/usr/bin/env bash
# Debian's kernel for the guest of the USB test: downloaded and unpacked into a cache folder, never installed.
set -euo pipefail

cache="${XDG_CACHE_HOME:-$HOME/.cache}/cqd-readout/guest-kernel"
[ -e "$cache/vmlinuz" ] && exit 0

if [ "$(uname -m)" != x86_64 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "guest kernel: needs Debian on x86-64; npm run test:usb will be skipped"
  exit 0
fi

package=$(apt-cache depends linux-image-amd64 2>/dev/null | sed -n 's/.*Depends: \(linux-image-[^ ]*\)$/\1/p' | head -n 1)
if [ -z "$package" ]; then
  echo "guest kernel: found no package linux-image-amd64; run apt-get update. npm run test:usb will be skipped"
  exit 0
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
if ! apt-get download -qq -o APT::Sandbox::User=root "$package"; then
  echo "guest kernel: apt-get could not download $package; npm run test:usb will be skipped"
  exit 0
fi

# The kernel and the drivers of the bus and of the guest's network, a tenth of the whole.
dpkg-deb --fsys-tarfile ./*.deb | tar -x --wildcards './boot/vmlinuz-*' './lib/modules/*/kernel/drivers/usb/*' \
  './lib/modules/*/kernel/drivers/hid/*' './lib/modules/*/kernel/drivers/virtio/*' \
  './lib/modules/*/kernel/drivers/net/virtio_net.ko' './lib/modules/*/kernel/drivers/net/net_failover.ko' \
  './lib/modules/*/kernel/net/core/failover.ko'
mkdir -p "$cache/modules"
find lib/modules -name '*.ko' -exec mv -t "$cache/modules" {} +
# Last: it says that all is there.
mv boot/vmlinuz-* "$cache/vmlinuz"
echo "guest kernel: $package unpacked into $cache"
