// firmware/bench/tof-plan.ts, field by field. Addresses count from the start of the module's memory.
#ifndef TOF_PLAN_H
#define TOF_PLAN_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TILE = 8, GATES_MAX = 64 };
/** Stands for a sample that must not be used. */
static const float UNUSABLE_E = 1e30f;

/** One pole of the response, as firmware/stages/response.ts has it. */
typedef struct {
  double tau;
  float height, earlier, inverseTau;
} Pole;

typedef struct {
  double spanNs, templateStepNs;
  double t0MinNs, timeOffsetNs, responseTauNs, detectionSigma, lowSignalSigma, misfitChi2;
  double rangeScale, sigmaScale, amplitudeScale, ambientScale;
  double perNs, originStepNs, lastOrigin;
  double mainTau, tailTau;
  float mainHeight, mainEarlier, mainInverseTau, tailHeight, tailEarlier, tailInverseTau;
  float leak, unit, noiseVarianceE2, gainE16, darkScale;
  uint32_t poles, width, gates, paddedGates, templateCount, saturationDn;
  uint32_t samples, offsetMap, darkMap, badMap, timeMap, rangeLine, ambientLine, flagsLine;
  uint32_t templates, templateScales, edges, counters;
} TofPlan;

/** Eight columns of a line. */
typedef struct {
  int32_t codes[GATES_MAX][TILE]; // less 32768
  float electrons[TILE][GATES_MAX];
  uint32_t saturatedGates[TILE];
} Tile;

/** Shares of a return that the gates collect, and their derivatives by its time, 1/ns. */
typedef struct {
  float shares[GATES_MAX], slopes[GATES_MAX];
} Response;

/** What the matched filter finds in a column. */
typedef struct {
  double positionNs, amplitudeE, backgroundE, meanE, limitE;
} Start;

/** Result of a fit; `found` is false when no return can be fitted. */
typedef struct {
  bool found;
  uint32_t signalGates;
  double limitE, positionNs, amplitudeE, backgroundE, amplitudeVariance, positionVariance, misfit;
} Fit;

/** Sums of the normal equations: f share, g slope, r residual, every term times its weight. */
typedef struct {
  double ff, f1, fg, one, g1, gg, fr, r1, gr, rr;
} Sums;

void loadTile(const TofPlan *plan, const uint8_t *memory, uint32_t column, Tile *tile);
/** Starts of the tile's eight columns. */
void matchTile(const TofPlan *plan, const uint8_t *memory, uint32_t column, const Tile *tile, Start *starts);
void respond(const TofPlan *plan, const uint8_t *memory, double positionNs, Response *response);
double expShort(double x);
/** Of a pixel with clipped gates; sets the fit's signalGates. */
Sums evaluateClipped(const TofPlan *plan, const float *electrons, const Response *response, Fit *fit);
void startClipped(const TofPlan *plan, const uint8_t *memory, const float *electrons, Fit *fit);
Fit fitPixel(const TofPlan *plan, const uint8_t *memory, const float *electrons, uint32_t usableGates, Start start);
/** Of a fit without clipped gates: mean and variance of its time over the likelihood, where it is wide. */
void averageTime(const TofPlan *plan, const uint8_t *memory, const float *electrons, Fit *fit);
bool insideWindow(const TofPlan *plan, double positionNs);
/** As firmware/stages/line.ts processPixels(), one return a pixel. */
void tofLine(const TofPlan *plan, uint8_t *memory);
#endif
