// C twin of firmware/stages/response.ts.
#include "tof-plan.h"
#include <math.h>
#include <string.h>

enum { POLE_TABLES = 4 };

double expShort(double x) {
  const double k = floor(x * 1.4426950408889634 + 0.5);
  const double r = x - k * 0.6931471805599453;
  const double high = 1.0 / 24.0 + r * (1.0 / 120.0 + r * (1.0 / 720.0 + r * (1.0 / 5040.0)));
  const double sum = 1.0 + r * (1.0 + r * (0.5 + r * (1.0 / 6.0 + r * high)));
  const uint64_t bits = (uint64_t)((int64_t)k + 1023) << 52;
  double power;
  memcpy(&power, &bits, sizeof power);
  return sum * power;
}

static inline float least(float value, float most) { return most < value ? most : value; }

static inline float limit(float value, float most) { return least(value < 0 ? 0 : value, most); }

static void respondUnit(const TofPlan *plan, const float *restrict edges, float since, Response *restrict response) {
  const uint32_t gates = plan->paddedGates;
  const float unit = plan->unit, leak = plan->leak;
  for (uint32_t k = 0; k < gates; k++) {
    const float open = limit(edges[k] - since, unit);
    const float close = limit(edges[gates + k] - since, unit);
    response->shares[k] = close - open + leak;
    response->slopes[k] = 0;
  }
}

static void addPole(Pole pole, double after, const float *restrict factors, uint32_t gates, Response *restrict response) {
  const float factor = (float)(expShort(after / pole.tau) * pole.height);
  for (uint32_t k = 0; k < gates; k++) {
    const float opened = factors[k] * factor;
    const float closed = factors[2 * gates + k] * factor;
    const float open = least(factors[gates + k] * factor, pole.height) - least(opened, pole.height);
    const float close = least(factors[3 * gates + k] * factor, pole.height) - least(closed, pole.height);
    const float late = open - close + (opened - closed) * pole.earlier;
    response->shares[k] += late;
    response->slopes[k] += late * pole.inverseTau;
  }
}

void respond(const TofPlan *plan, const uint8_t *memory, double positionNs, Response *response) {
  const double turn = floor(positionNs / plan->originStepNs);
  const double below = turn < plan->lastOrigin ? turn : plan->lastOrigin;
  const double origin = below > 0.0 ? below : 0.0;
  const double after = positionNs - (origin + 0.5) * plan->originStepNs;
  const uint32_t gates = plan->paddedGates;
  const float *edges = (const float *)(memory + plan->edges);
  const float *factors = edges + 2 * gates + (size_t)origin * plan->poles * POLE_TABLES * gates;
  const Pole main = {plan->mainTau, plan->mainHeight, plan->mainEarlier, plan->mainInverseTau};
  respondUnit(plan, edges, (float)(positionNs * plan->perNs), response);
  addPole(main, after, factors, gates, response);
  if (plan->poles != 2) return;
  const Pole tail = {plan->tailTau, plan->tailHeight, plan->tailEarlier, plan->tailInverseTau};
  addPole(tail, after, factors + POLE_TABLES * gates, gates, response);
}
