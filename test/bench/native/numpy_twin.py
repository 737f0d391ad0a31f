"""The matched filter in numpy, vectorised over a line: the protocol of main.c, on the same memories.

match_int32 takes the module's integers, so that its results are the same numbers; match_float32 takes what BLAS is fast at.
"""

import struct
import sys
import time

import numpy as np

CODE_MIDDLE = 32768
# tof-plan.h: 17 f64, 11 f32, then words.
NUMBERS = struct.Struct("<17d11f18I")
SPAN_NS, STEP_NS = 0, 1
GAIN_E16 = 17 + 9
WORDS = 17 + 11
(_, WIDTH, GATES, PADDED, TEMPLATES, LIMIT, SAMPLES, OFFSET) = range(WORDS, WORDS + 8)
(TEMPLATE_ROWS, TEMPLATE_SCALES) = range(WORDS + 14, WORDS + 16)


class Line:
    """Views of a memory."""

    def __init__(self, memory, plan):
        p = NUMBERS.unpack_from(memory, plan)
        take = lambda kind, at, count: np.frombuffer(memory, kind, count, p[at])
        self.gates, self.width = p[GATES], p[WIDTH]
        self.span, self.step, self.gain, self.limit = p[SPAN_NS], p[STEP_NS], p[GAIN_E16], p[LIMIT]
        self.planes = take("<u2", SAMPLES, self.gates * self.width).reshape(self.gates, self.width)
        self.offset = take("<u2", OFFSET, self.width)
        rows = take("<i2", TEMPLATE_ROWS, p[TEMPLATES] * p[PADDED]).reshape(-1, p[PADDED])
        self.templates = np.ascontiguousarray(rows[:, : self.gates])
        self.scales = take("<f4", TEMPLATE_SCALES, 2 * p[TEMPLATES]).reshape(-1, 2)
        self.columns = np.arange(self.width)


def match(line, kind):
    """Return time, amplitude, mean and background of every column."""
    codes = np.minimum(line.planes, line.limit).astype(kind)
    correlations = line.templates.astype(kind) @ codes
    best = np.argmax(correlations, axis=0)
    top = correlations[best, line.columns].astype(float)
    inner = np.clip(best, 1, len(correlations) - 2)
    before = correlations[inner - 1, line.columns].astype(float)
    after = correlations[inner + 1, line.columns].astype(float)
    curvature = before + after - 2 * top
    bent = (curvature < 0) & (inner == best)
    vertex = np.where(bent, np.clip(0.5 * (before - after) / np.where(bent, curvature, 1), -0.5, 0.5), 0)
    position = np.minimum((best + vertex) * line.step, line.span)
    amplitude = np.maximum(top * line.scales[best, 0], 0)
    mean = (codes.sum(axis=0) / line.gates * 16 - line.offset) * line.gain
    return position, amplitude, mean, mean - amplitude * line.scales[best, 1]


CASES = {"match_int32": np.int32, "match_float32": np.float32}


def main():
    memories, lines = [], {}
    for command in iter(sys.stdin.buffer.readline, b""):
        verb, *words = command.decode().split()
        if verb == "open":
            memories.append(sys.stdin.buffer.read(int(words[0])))
            print(len(memories) - 1, flush=True)
            continue
        if verb == "run":
            index, plan, count = int(words[0]), int(words[2]), int(words[3])
            line = lines.setdefault((index, plan), Line(memories[index], plan))
            start = time.perf_counter_ns()
            for _ in range(count):
                match(line, CASES[words[1]])
            print(time.perf_counter_ns() - start, flush=True)
            continue
        position, amplitude, mean, background = match(lines[int(words[0]), int(words[1])], np.int32)
        sys.stdout.buffer.write(np.stack([position, amplitude, background, mean], axis=1).tobytes())
        sys.stdout.buffer.flush()


main()
