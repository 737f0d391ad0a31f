#!/usr/bin/env python3
"""EMVA 1288 figures of a data set by numpy alone, printed as one JSON object.

    check_emva.py DIR

Nothing of this package is used: the descriptor is split and the PNG files are read here, the equations are those of
EMVA 1288 Release 4 Linear in docs/capture.md, written down a second time, with two more figures that the standard
leaves out: K and responsivity by weighted fits.
"""

import json
import struct
import sys
import zlib
from pathlib import Path

import numpy as np

DESCRIPTOR = "EMVA1288descriptor.txt"


def read_png(path):
    """Samples of a 16-bit greyscale PNG; every chunk's checksum is compared."""
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n", f"{path} is no PNG"
    at, compressed, size = 8, b"", None
    while at < len(data):
        length, = struct.unpack_from(">I", data, at)
        kind, body = data[at + 4:at + 8], data[at + 8:at + 8 + length]
        checksum, = struct.unpack_from(">I", data, at + 8 + length)
        assert checksum == zlib.crc32(kind + body), f"{path}: chunk {kind} is damaged"
        if kind == b"IHDR":
            size = struct.unpack(">IIBBBBB", body)
        elif kind == b"IDAT":
            compressed += body
        at += 12 + length
    width, height, depth, colour, compression, filtering, interlace = size
    assert (depth, colour, compression, filtering, interlace) == (16, 0, 0, 0, 0), f"{path}: {size}"
    lines = np.frombuffer(zlib.decompress(compressed), np.uint8).reshape(height, 1 + 2 * width)
    assert np.all(lines[:, 0] == 0), f"{path}: a filter that this reader does not know"
    return lines[:, 1:].copy().view(">u2").astype(np.int64)


def read_series(folder):
    """(bits, width, height) and a list of [exposure ns, photons, [images]]."""
    size, series = None, []
    for line in (folder / DESCRIPTOR).read_text(encoding="ascii").splitlines():
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if words[0] == "n":
            size = [int(word) for word in words[1:]]
        elif words[0] == "b":
            series.append([float(words[1]), float(words[2]), []])
        elif words[0] == "d":
            series.append([float(words[1]), 0.0, []])
        elif words[0] == "i":
            series[-1][2].append(folder.joinpath(*words[1].split("\\")))
        else:
            assert words[0] == "v", f"unexpected line: {line}"
    return size, series


def load(path, size):
    """One image, as the descriptor says it must be."""
    image = read_png(path)
    assert image.shape == (size[2], size[1]), f"{path}: {image.shape}"
    assert image.max() < 2 ** size[0], f"{path}: a code beyond {size[0]} bits"
    return image


def pair(paths, size):
    """Mean and temporal variance of two images."""
    a, b = (load(path, size) for path in paths)
    difference = a - b
    return (a.mean() + b.mean()) / 2, (np.mean(difference ** 2) - difference.mean() ** 2) / 2


def stack(paths, size):
    """Mean of a stack, and the variances of its pattern: total, row, column, pixel."""
    images = np.stack([load(path, size) for path in paths])
    count, rows, columns = images.shape
    noise = images.var(axis=0, ddof=1).mean()
    average = images.mean(axis=0)
    mean = average.mean()
    total = average.var(ddof=1) - noise / count
    of_columns = np.mean((average.mean(axis=0) - mean) ** 2) - noise / count / rows
    of_rows = np.mean((average.mean(axis=1) - mean) ** 2) - noise / count / columns
    # of_columns = column + row/M + pixel/M, and so on; exact but for the M N - 1 of `total`.
    left = rows * columns - rows - columns
    pixel = rows * columns / left * (total - of_columns - of_rows)
    row = (rows * columns - columns) / left * of_rows - rows / left * (total - of_columns)
    column = (rows * columns - rows) / left * of_columns - columns / left * (total - of_rows)
    return mean, np.array([total, pixel, row, column])


def saturation(variance):
    """Index of the highest variance, searched from the bright end; single low points are passed over."""
    highest, found = 0.0, 0
    for i in reversed(range(len(variance))):
        if variance[i] < highest and variance[abs(i - 1)] < highest:
            break
        highest, found = variance[i], i
    return found


def weighted_slope(x, y, deviation):
    """Slope through zero and its standard error."""
    weight = 1 / deviation ** 2
    return np.sum(weight * x * y) / np.sum(weight * x * x), 1 / np.sqrt(np.sum(weight * x * x))


def figures(folder):
    """All figures of a data set."""
    size, series = read_series(folder)
    pixels = size[1] * size[2]
    dark = {s[0]: pair(s[2], size) for s in series if len(s[2]) == 2 and s[1] == 0}
    bright = sorted((s[0], s[1], *pair(s[2], size)) for s in series if len(s[2]) == 2 and s[1] > 0)
    exposure, photons, mean, variance = np.array(bright).T
    dark_mean, dark_variance = np.array([dark[t] for t in exposure]).T
    signal, shot = mean - dark_mean, variance - dark_variance
    saturated = saturation(variance)
    used = slice(0, np.nonzero(signal <= 0.7 * signal[saturated])[0].max() + 1)
    gain = np.sum(signal[used] * shot[used]) / np.sum(signal[used] ** 2)
    response = np.sum(photons[used] * signal[used]) / np.sum(photons[used] ** 2)
    error = np.hypot(variance, dark_variance)[used] * np.sqrt(2 / pixels)
    weighted, weighted_error = weighted_slope(signal[used], shot[used], error)
    eta = response / gain
    slope_mean, _ = np.polyfit(exposure, dark_mean, 1)
    slope_variance, start = np.polyfit(exposure, dark_variance, 1)
    start = max(start, 0.24)
    threshold = (np.sqrt(start) / gain + 0.5) / eta
    (bright_mean, bright_parts), (dark_level, dark_parts) = (
        stack(next(s[2] for s in series if len(s[2]) > 2 and (s[1] > 0) == lit), size) for lit in (True, False))
    with np.errstate(invalid="ignore"):
        dsnu = np.sqrt(dark_parts) / gain
        prnu = 100 * np.sqrt(bright_parts - dark_parts) / (bright_mean - dark_level)
    parts = ("total", "pixel", "row", "column")
    return {
        "pixels": pixels,
        "gainDnPerE": gain,
        "gainWeightedDnPerE": weighted,
        "gainWeightedErrorDnPerE": weighted_error,
        "responsivityDnPerPhoton": response,
        "quantumEfficiency": eta,
        "darkNoiseE": np.sqrt(start - 1 / 12) / gain,
        "thresholdPhotons": threshold,
        "saturationPhotons": photons[saturated],
        "saturationE": eta * photons[saturated],
        "snrMax": np.sqrt(eta * photons[saturated]),
        "dynamicRange": photons[saturated] / threshold,
        "darkCurrentMeanEPerS": slope_mean * 1e9 / gain,
        "darkCurrentVarianceEPerS": slope_variance * 1e9 / gain ** 2 if slope_variance >= 0 else float("nan"),
        "dsnuE": dict(zip(parts, dsnu)),
        "prnuPercent": dict(zip(parts, prnu)),
    }


def main():
    """Print the figures; NaN stands as null."""
    found = figures(Path(sys.argv[1]))
    text = json.dumps(found, default=float)
    print(text.replace("NaN", "null"))


if __name__ == "__main__":
    main()
