// C twin of firmware/stages/clipped.ts.
#include "tof-plan.h"
#include <float.h>
#include <math.h>

static const double PI = 3.141592653589793, INVERSE_ROOT_2_PI = 0.3989422804014327, Z_LARGEST = 36, SIGNAL_SIGMAS = 3;

static double most(double a, double b) { return a > b ? a : b; }

/** Density over the probability above z of the normal distribution. */
static double hazard(double z) {
  const double size = fabs(z) < Z_LARGEST ? fabs(z) : Z_LARGEST;
  const double above = ((PI - 1.0) * size + sqrt(size * size + 2.0 * PI)) / PI;
  if (z >= 0.0) return above + (z - size);
  const double density = expShort(-0.5 * size * size) * INVERSE_ROOT_2_PI;
  return density / (1.0 - density / above);
}

Sums evaluateClipped(const TofPlan *plan, const float *electrons, const Response *response, Fit *fit) {
  Sums s = {0};
  fit->signalGates = 0;
  for (uint32_t k = 0; k < plan->gates; k++) {
    const double y = electrons[k], f = response->shares[k], g = response->slopes[k];
    const double mu = fit->amplitudeE * f + fit->backgroundE;
    const double variance = most(mu, 0.0) + plan->noiseVarianceE2;
    double w = 1.0 / variance;
    double wr = w * (y - mu);
    if (y >= UNUSABLE_E) {
      const double noise = sqrt(variance);
      const double z = (fit->limitE - mu) / noise;
      const double h = hazard(z);
      w *= h * (h - z);
      wr = h / noise;
    } else {
      s.rr += wr * (y - mu);
      if (mu - fit->backgroundE > SIGNAL_SIGMAS * sqrt(variance)) fit->signalGates++;
    }
    s.ff += w * f * f;
    s.f1 += w * f;
    s.fg += w * f * g;
    s.one += w;
    s.g1 += w * g;
    s.gg += w * g * g;
    s.fr += wr * f;
    s.r1 += wr;
    s.gr += wr * g;
  }
  return s;
}

static double varianceOf(const TofPlan *plan, double y) { return most(y, 0.0) + plan->noiseVarianceE2; }

static void fitLinear(const TofPlan *plan, const float *electrons, const float *shares, Fit *fit) {
  double one = 0, f1 = 0, ff = 0, y1 = 0, fy = 0;
  for (uint32_t k = 0; k < plan->gates; k++) {
    const double y = electrons[k], f = shares[k];
    if (y >= UNUSABLE_E) continue;
    const double w = 1.0 / varianceOf(plan, y);
    one += w;
    f1 += w * f;
    ff += w * f * f;
    y1 += w * y;
    fy += w * f * y;
  }
  fit->amplitudeE = (one * fy - f1 * y1) / most(one * ff - f1 * f1, DBL_MIN);
  fit->backgroundE = (y1 - fit->amplitudeE * f1) / one;
}

static double squaresLeft(const TofPlan *plan, const float *electrons, const float *shares, const Fit *fit) {
  double sum = 0;
  for (uint32_t k = 0; k < plan->gates; k++) {
    const double y = electrons[k];
    const bool clipped = y >= UNUSABLE_E;
    const double mu = fit->amplitudeE * shares[k] + fit->backgroundE;
    const double left = clipped ? most(fit->limitE - mu, 0.0) : y - mu;
    sum += left * left / varianceOf(plan, clipped ? fit->limitE : y);
  }
  return sum;
}

void startClipped(const TofPlan *plan, const uint8_t *memory, const float *electrons, Fit *fit) {
  Fit best = {0};
  double least = INFINITY;
  for (uint32_t index = 0; index < plan->templateCount; index++) {
    const double place = index * plan->templateStepNs;
    Fit trial = {.limitE = fit->limitE, .positionNs = place < plan->spanNs ? place : plan->spanNs};
    Response response;
    respond(plan, memory, trial.positionNs, &response);
    fitLinear(plan, electrons, response.shares, &trial);
    const double left = squaresLeft(plan, electrons, response.shares, &trial);
    if (!(trial.amplitudeE > 0.0 && left < least)) continue;
    least = left;
    best = trial;
  }
  fit->amplitudeE = (float)best.amplitudeE;
  fit->backgroundE = (float)best.backgroundE;
  fit->positionNs = best.positionNs;
}
