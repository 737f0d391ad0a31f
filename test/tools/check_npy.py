#!/usr/bin/env python3
"""Judge a folder of `cqd stream --raw --truth --save DIR` with numpy alone, by equations of docs/physics.md.

Nothing of this package is used: arrays are read by numpy.load, the model stands in frame.json, range and sigma
are worked out again by a least-squares search over the gate samples. Prints one line a check and, last,
"N passed, N failed"; exit code 1 when a check fails.
"""

import json
import sys
from pathlib import Path

import numpy as np

LIGHT_M_PER_NS = 0.299792458
PIXELS = 300  # judged by the search, evenly spaced over the good ones
STEP_NS = 0.05
PULSES_WRAPPED = 6  # earlier pulses whose tails are summed

IMAGES = {"range_m": "<f4", "sigma_m": "<f4", "amplitude_e": "<f4", "ambient_e": "<f4", "flags": "|u1"}
TRUTH = {"true_range_m": "<f4", "true_second_range_m": "<f4", "true_second_fraction": "<f4"}
PLANES = {"gates_dn": "<u2", "true_electrons": "<f4"}

results = []


def check(name, passed, detail=""):
    """Record one check and say so."""
    results.append(bool(passed))
    print(f"{'ok  ' if passed else 'FAIL'} {name}{': ' if detail else ''}{detail}")


def step_response(time_ns, tau_ns, pulse_ns):
    """Share of the charge of one pole that has arrived `time_ns` after the edge of a rectangular pulse."""
    def filled(t):
        t = np.maximum(t, 0.0)
        return (t - tau_ns * (1.0 - np.exp(-t / tau_ns))) / pulse_ns
    return filled(time_ns) - filled(time_ns - pulse_ns)


def gate_model(frame, t0_ns):
    """f_k(t0), shape [t0, K]: share of a pulse train's charge that each gate collects."""
    pulse, gating = frame["pulse"], frame["gating"]
    turns = PULSES_WRAPPED if gating["mode"] == "film-bias" else 1  # a swept reset exposes a single pulse
    opened = np.asarray(gating["delaysNs"])[None, :] - np.asarray(t0_ns)[:, None]
    closed = opened + np.asarray(gating["widthsNs"])[None, :]

    def arrived(time_ns):
        # Steady state of a periodic train: pulses before this one still deliver their tails.
        share = np.zeros_like(time_ns)
        for turn in range(turns):
            late = time_ns + turn * pulse["periodNs"]
            fast = step_response(late, pulse["tauNs"], pulse["widthNs"])
            slow = step_response(late, pulse["slowTailTauNs"], pulse["widthNs"])
            share += (1.0 - pulse["slowTailFraction"]) * fast + pulse["slowTailFraction"] * slow - (turn > 0)
        return share

    leak = gating["extinction"]
    return leak + (1.0 - leak) * (arrived(closed) - arrived(opened))


def variance_e2(frame, mean_e):
    """Shot, reset, read and quantisation noise of a sample whose mean is mean_e electrons."""
    sample = frame["sample"]
    fixed = sample["resetNoiseE"] ** 2 + sample["readNoiseE"] ** 2 + sample["gainEPerDn"] ** 2 / 12.0
    return np.maximum(mean_e, 0.0) + fixed


def linear_fit(weights, model, samples):
    """Weighted least squares for amplitude and background at every t0: arrays [pixel, t0]."""
    s_w = weights.sum(1)[:, None]
    s_f, s_ff = weights @ model.T, weights @ (model**2).T
    s_y = (weights * samples).sum(1)[:, None]
    s_fy, s_yy = (weights * samples) @ model.T, (weights * samples**2).sum(1)[:, None]
    determinant = s_w * s_ff - s_f**2
    amplitude = (s_w * s_fy - s_f * s_y) / determinant
    background = (s_y - amplitude * s_f) / s_w
    chi2 = s_yy - amplitude * s_fy - background * s_y
    return np.where(amplitude > 0.0, chi2, np.inf), amplitude, background


def estimate(frame, samples_e):
    """(range, sigma) in m of every pixel [pixel, K] by a search over t0 with two passes of weights."""
    window = frame["readout"]
    t0 = np.arange(window["t0MinNs"], window["t0MaxNs"], STEP_NS)
    model = gate_model(frame, t0)
    weights = np.ones_like(samples_e)
    for _ in range(3):
        chi2, amplitude, background = linear_fit(weights, model, samples_e)
        best = np.clip(np.argmin(chi2, 1), 1, len(t0) - 2)
        row = np.arange(len(best))
        fitted = amplitude[row, best][:, None] * model[best] + background[row, best][:, None]
        weights = 1.0 / variance_e2(frame, fitted)
    left, mid, right = (chi2[row, best + k] for k in (-1, 0, 1))
    arrival = t0[best] + 0.5 * STEP_NS * (left - right) / (left - 2.0 * mid + right)
    sigma_ns = arrival_sigma(frame, arrival, amplitude[row, best], weights)
    half = LIGHT_M_PER_NS / 2.0
    return half * (arrival - window["timeOffsetNs"]), half * sigma_ns


def arrival_sigma(frame, arrival_ns, amplitude, weights):
    """Cramer-Rao bound of t0 with amplitude and background unknown."""
    small = 0.01
    model = gate_model(frame, arrival_ns)
    slope = (gate_model(frame, arrival_ns + small) - gate_model(frame, arrival_ns - small)) / (2.0 * small)
    columns = np.stack([amplitude[:, None] * slope, model, np.ones_like(model)], axis=-1)
    information = np.einsum("pki,pk,pkj->pij", columns, weights, columns)
    return np.sqrt(np.linalg.inv(information)[:, 0, 0])


def load(folder, frame):
    """The arrays of a frame, after a check of type and shape."""
    shape = tuple(frame["arrays"]["range_m"]["shape"])
    gates = len(frame["gating"]["delaysNs"])
    arrays = {}
    for names, expected in ((IMAGES, shape), (TRUTH, shape), (PLANES, (gates, *shape))):
        for name, dtype in names.items():
            array = arrays[name] = np.load(folder / f"{name}.npy", allow_pickle=False)
            fits = array.dtype.str == dtype and array.shape == expected
            check(f"{folder.name}/{name} is {dtype} {expected}", fits, f"{array.dtype.str} {array.shape}")
    return arrays


def check_values(name, frame, arrays):
    """What must hold in every pixel."""
    invalid = frame["flagBits"]["noReturn"] | frame["flagBits"]["bad"] | frame["flagBits"]["missing"]
    lost = (arrays["flags"] & invalid) != 0
    check(f"{name}: range is 0 where the flags say so", np.all(arrays["range_m"][lost] == 0.0))
    check(f"{name}: range and sigma are positive elsewhere",
          np.all(arrays["range_m"][~lost] > -0.5) and np.all(arrays["sigma_m"][~lost] > 0.0))


def check_noise(name, frame, arrays):
    """Samples scatter about the true mean as Poisson and the stated noise say."""
    sample = frame["sample"]
    good = (arrays["flags"] == 0) & (arrays["gates_dn"].max(0) < sample["saturationDn"])
    electrons = (arrays["gates_dn"][:, good].astype(float) - sample["pedestalDn"]) * sample["gainEPerDn"]
    residual = electrons - arrays["true_electrons"][:, good]
    residual -= residual.mean(0)  # the pixel's own offset and dark signal
    gates = residual.shape[0]
    expected = variance_e2(frame, np.broadcast_to(electrons.mean(0), residual.shape))
    ratio = (residual**2).sum() / (expected.sum() * (gates - 1) / gates)
    count = residual.size
    check(f"{name}: variance over Poisson + reset + read + quantisation", abs(ratio - 1.0) < 0.05,
          f"{ratio:.4f}, n = {count}")


def check_ranges(name, frame, arrays):
    """Range and sigma against the search, and against the truth."""
    good = (arrays["flags"] == 0) & (arrays["true_range_m"] > 0) & (arrays["true_second_fraction"] < 0.001)
    rows, columns = np.nonzero(good)
    check(f"{name}: enough good pixels", len(rows) >= 50, str(len(rows)))
    if len(rows) < 50:
        return
    pick = np.linspace(0, len(rows) - 1, min(PIXELS, len(rows))).astype(int)
    at = (rows[pick], columns[pick])
    samples = arrays["gates_dn"][(slice(None), *at)].T.astype(float)
    samples = (samples - frame["sample"]["pedestalDn"]) * frame["sample"]["gainEPerDn"]
    range_m, sigma_m = estimate(frame, samples)
    saved_m, saved_sigma_m = arrays["range_m"][at], arrays["sigma_m"][at]
    apart = np.abs(saved_m - range_m) / saved_sigma_m
    check(f"{name}: range agrees with the search", np.median(apart) < 0.1 and apart.max() < 1.0,
          f"median {np.median(apart):.3f} sigma, largest {apart.max():.3f} sigma, n = {len(pick)}")
    ratio = saved_sigma_m / sigma_m
    check(f"{name}: sigma agrees with the bound", abs(np.median(ratio) - 1.0) < 0.05, f"median ratio {np.median(ratio):.4f}")
    z = (saved_m - arrays["true_range_m"][at]) / saved_sigma_m
    rms = np.sqrt(np.mean(z**2))
    limit = 4.0 / np.sqrt(2.0 * len(z))  # 4 sigma of the rms of n standard normal numbers
    check(f"{name}: error over sigma", abs(rms - 1.0) < limit and np.abs(z).max() < 6.0,
          f"rms {rms:.3f} (within {limit:.3f} of 1), largest {np.abs(z).max():.2f}")


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: check_npy.py DIR, a folder written by `cqd stream --raw --truth --save DIR`")
    folders = sorted(path.parent for path in Path(sys.argv[1]).glob("frame-*/frame.json"))
    check("the folder holds saved frames", len(folders) > 0, f"{len(folders)} in {sys.argv[1]}")
    for folder in folders:
        frame = json.loads((folder / "frame.json").read_text())
        arrays = load(folder, frame)
        check_values(folder.name, frame, arrays)
        check_noise(folder.name, frame, arrays)
        check_ranges(folder.name, frame, arrays)
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
