#!/usr/bin/env bash
# What the guest of npm run test:usb is made of and this machine does not have: Debian's kernel, downloaded and unpacked into a
# cache folder, never installed, and the optional package that reads bulk interfaces. What cannot be had is said; the tests
# that need it are skipped.
set -euo pipefail

sources=$(cd "$(dirname "$0")/../.." && pwd)
cache="${XDG_CACHE_HOME:-$HOME/.cache}/cqd-readout"

# The package of the newest kernel, that linux-image-amd64 depends on.
kernel_package() {
  apt-cache depends linux-image-amd64 2>/dev/null | sed -n 's/.*Depends: \(linux-image-[^ ]*\)$/\1/p' | head -n 1
}

unpack_kernel() {
  local package folder
  package=$(kernel_package)
  if [ -z "$package" ] && [ "$(id -u)" -eq 0 ]; then
    apt-get update -qq || true
    package=$(kernel_package)
  fi
  if [ -z "$package" ]; then
    echo "guest: found no package linux-image-amd64; run apt-get update"
    return
  fi
  folder=$(mktemp -d)
  # The kernel and the drivers of the bus and of the guest's network, a tenth of the whole. vmlinuz last: it says that all is there.
  (
    cd "$folder" &&
      apt-get download -qq -o APT::Sandbox::User=root "$package" &&
      dpkg-deb --fsys-tarfile ./*.deb | tar -x --wildcards './boot/vmlinuz-*' './lib/modules/*/kernel/drivers/usb/*' \
        './lib/modules/*/kernel/drivers/hid/*' './lib/modules/*/kernel/drivers/virtio/*' \
        './lib/modules/*/kernel/drivers/net/virtio_net.ko' './lib/modules/*/kernel/drivers/net/net_failover.ko' \
        './lib/modules/*/kernel/net/core/failover.ko' &&
      mkdir -p "$cache/guest-kernel/modules" &&
      find lib/modules -name '*.ko' -exec mv -t "$cache/guest-kernel/modules" {} + &&
      mv boot/vmlinuz-* "$cache/guest-kernel/vmlinuz" &&
      echo "guest: $package unpacked into $cache/guest-kernel"
  ) || echo "guest: the kernel $package could not be downloaded"
  rm -rf "$folder"
}

install_usb_package() {
  local version
  version=$(sed -n 's/^const PACKAGE_VERSION = "\(.*\)";$/\1/p' "$sources/host/transport/bulk/usb-module.ts")
  mkdir -p "$cache/guest-packages"
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$cache/guest-packages" "usb@$version" ||
    echo "guest: the package usb@$version could not be installed"
}

if [ "$(uname -m)" != x86_64 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "guest: needs Debian on x86-64; npm run test:usb will be skipped"
  exit 0
fi
[ -e "$cache/guest-kernel/vmlinuz" ] || unpack_kernel
[ -e "$sources/node_modules/usb" ] || [ -e "$cache/guest-packages/node_modules/usb" ] || install_usb_package
