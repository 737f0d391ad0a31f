#!/bin/busybox sh
# The guest's first process: mounts, loads the drivers, brings the network up, runs the tests, switches the machine off.
/bin/busybox mkdir -p /proc /sys /dev /tmp /usr/bin /sbin
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mount -t debugfs debugfs /sys/kernel/debug
while read -r module; do insmod "/modules/$module" || echo "guest: found $module refused, expected it loaded"; done </modules/order
# QEMU's user network: the host is 10.0.2.2.
ip link set lo up
ip address add 10.0.2.15/24 dev eth0
ip link set eth0 up
ip route add default via 10.0.2.2
port=$(sed -n 's/.*cqd_port=\([0-9]*\).*/\1/p' /proc/cmdline)
node /app/inside.mjs 10.0.2.2 "$port"
echo "guest: ended with exit code $?"
poweroff -f
