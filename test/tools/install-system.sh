#!/usr/bin/env bash
# System packages that the tests use. Installs what is missing on Debian as root; elsewhere names it and goes on:
# test-all.ts counts what cannot run as skipped (and, in CI, as failed).
set -euo pipefail

missing=()
command -v chromium >/dev/null 2>&1 || missing+=(chromium)
command -v python3 >/dev/null 2>&1 || missing+=(python3)
{ python3 -c 'import numpy' || /usr/bin/python3 -c 'import numpy'; } >/dev/null 2>&1 || missing+=(python3-numpy)
# gcc alone has neither headers nor start code.
{ echo '#include <math.h>
int main(void) { return 0; }' | gcc -xc -o /dev/null -; } >/dev/null 2>&1 || missing+=(gcc libc6-dev)
{ command -v iverilog && command -v vvp; } >/dev/null 2>&1 || missing+=(iverilog)
command -v verilator >/dev/null 2>&1 || missing+=(verilator)
command -v yosys >/dev/null 2>&1 || missing+=(yosys)
{ command -v vcd2fst && command -v fst2vcd; } >/dev/null 2>&1 || missing+=(gtkwave)
{ command -v wasm2c && command -v wasm-validate; } >/dev/null 2>&1 || missing+=(wabt)
command -v arm-none-eabi-gcc >/dev/null 2>&1 || missing+=(gcc-arm-none-eabi)
# The C library's headers and object files: gcc-arm-none-eabi alone has none.
[ -e "$(arm-none-eabi-gcc -print-file-name=libc.a 2>/dev/null)" ] || missing+=(libnewlib-arm-none-eabi)
command -v qemu-system-arm >/dev/null 2>&1 || missing+=(qemu-system-arm)
# The guest of npm run test:usb: an emulated PC, a shell, what unpacks the kernel, and what reads its descriptors.
command -v qemu-system-x86_64 >/dev/null 2>&1 || missing+=(qemu-system-x86)
[ -x /bin/busybox ] || missing+=(busybox-static)
command -v xz >/dev/null 2>&1 || missing+=(xz-utils)
command -v lsusb >/dev/null 2>&1 || missing+=(usbutils)
# What node-hid's binary is linked to.
ldconfig -p 2>/dev/null | grep -q libudev.so.1 || missing+=(libudev1)
ldconfig -p 2>/dev/null | grep -q libusb-1.0.so.0 || missing+=(libusb-1.0-0)

guest="$(dirname "$0")/install-guest.sh"
if [ ${#missing[@]} -eq 0 ]; then
  echo "system packages: chromium, python3, numpy, gcc, gtkwave, iverilog, verilator, yosys, wabt, gcc-arm-none-eabi,"
  echo "  libnewlib-arm-none-eabi, qemu-system-arm, qemu-system-x86, busybox-static, xz-utils and usbutils are there"
  bash "$guest"
  exit 0
fi

echo "system packages: missing ${missing[*]}"
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "install them with your package manager (Debian: sudo apt-get install ${missing[*]}) to run every test"
  exit 0
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq || echo "apt-get update failed; trying with the package lists that are there"
if ! apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; then
  echo "apt-get could not install ${missing[*]}; the tests that need them will not run"
fi
bash "$guest"
