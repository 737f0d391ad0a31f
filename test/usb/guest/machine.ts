import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus } from "node:os";

export interface MachineOptions {
  readonly kernel: string;
  readonly image: string;
  /** TCP port of the host at which the guest asks for its plan. */
  readonly planPort: number;
  /** Every line of the guest's console. */
  readonly onLine: (line: string) => void;
  /** No line for so long: the guest hangs. */
  readonly silenceMs: number;
  /** The whole run. */
  readonly limitMs: number;
  /** Default: QEMU. */
  readonly program?: string;
}

/** How a machine ended: by itself, or killed by the watchdog, for a reason. */
export interface MachineEnd {
  readonly hang: string | undefined;
}

/** One processor in plain emulation: KVM is often missing where tests run, and two processors have hung. */
const MACHINE = [
  ...["-M", "microvm,pcie=off,rtc=on", "-accel", "tcg,thread=multi,tb-size=512", "-cpu", "Nehalem"],
  ...["-m", "1024", "-smp", "1", "-nodefaults", "-nographic", "-serial", "stdio", "-no-reboot"],
  ...["-netdev", "user,id=n0", "-device", "virtio-net-device,netdev=n0"],
];

/**
 * The emulated time stamp counter runs as fast as this machine's. The kernel would measure it against a timer, which fails
 * on a busy host and leaves the guest without a clock.
 */
function timeStampKhz(): number {
  const mhz = Math.max(...cpus().map(({ speed }) => speed));
  return Math.max(maximumKhz(), mhz * 1000) || 2_000_000;
}

function maximumKhz(): number {
  try {
    return Number(readFileSync("/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq", "utf8"));
  } catch {
    return 0;
  }
}

function kernelArguments(planPort: number): string {
  const clock = `tsc=reliable tsc_early_khz=${timeStampKhz()} no_timer_check`;
  return `console=ttyS0 loglevel=1 panic=-1 ${clock} random.trust_cpu=on mitigations=off cqd_port=${planPort}`;
}

/** Runs a guest to its end. A watchdog kills one that hangs. @throws Error when QEMU cannot be started. */
export function runMachine(options: MachineOptions): Promise<MachineEnd> {
  const { image, kernel, limitMs, planPort, program = "qemu-system-x86_64", silenceMs } = options;
  const boot = ["-kernel", kernel, "-initrd", image, "-append", kernelArguments(planPort)];
  const child = spawn(program, [...MACHINE, ...boot], { stdio: ["ignore", "pipe", "pipe"] });
  let hang: string | undefined;
  const kill = (reason: string) => {
    hang ??= reason;
    child.kill("SIGKILL");
  };
  const total = setTimeout(() => kill(`found it running after ${limitMs} ms`), limitMs);
  const silence = setTimeout(() => kill(`found no line for ${silenceMs} ms`), silenceMs);
  readLines(child, (line) => {
    silence.refresh();
    options.onLine(line);
  });
  const killNow = () => child.kill("SIGKILL");
  process.once("exit", killNow);
  return new Promise<MachineEnd>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => resolve({ hang }));
  }).finally(() => {
    clearTimeout(total);
    clearTimeout(silence);
    process.off("exit", killNow);
  });
}

function readLines({ stdout, stderr }: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [stdout, stderr]) {
    let rest = "";
    stream?.setEncoding("utf8");
    stream?.on("data", (text: string) => {
      const lines = (rest + text).split(/\r*\n/);
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(line);
    });
  }
}
