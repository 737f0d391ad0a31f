import { walkBody } from "./code-walk.ts";
import type { Finding } from "./finding.ts";
import type { Instruction } from "./instructions.ts";
import type { ModuleParts } from "./module-parts.ts";
import { type HardwareTarget, OPCODE_FEATURES } from "./target.ts";

export interface CodeCheck {
  /** FEATURE_* that the module's instructions, types and constants need. */
  readonly features: number;
  readonly findings: readonly Finding[];
}

/** Where something was seen first. */
interface Place {
  readonly instruction: string;
  readonly functionIndex: number;
  readonly at: number;
}

/** Walk all functions for banned instructions and for features that the target lacks. @throws MalformedModule. */
export function checkCode(bytes: Uint8Array, parts: ModuleParts, target: HardwareTarget): CodeCheck {
  const survey = new Survey(parts.features);
  parts.bodies.forEach((body, index) => {
    const ofLocals = walkBody(bytes, body, (instruction) => survey.see(instruction, index));
    survey.features |= ofLocals;
  });
  return {
    features: survey.features,
    findings: [...bannedFindings(survey), ...featureFindings(survey, target)],
  };
}

class Survey {
  features: number;
  readonly banned = new Map<string, Place>();
  /** First instruction that needs each feature. */
  readonly firstOf = new Map<number, Place>();

  constructor(features: number) {
    this.features = features;
  }

  see({ at, features, opcode }: Instruction, functionIndex: number): void {
    const place = () => ({ instruction: opcode.name, functionIndex, at });
    if (opcode.isBanned && !this.banned.has(opcode.name)) this.banned.set(opcode.name, place());
    for (const feature of OPCODE_FEATURES.keys()) {
      if (features & feature && !this.firstOf.has(feature)) this.firstOf.set(feature, place());
    }
    this.features |= features;
  }
}

function placeText({ at, functionIndex, instruction }: Place): string {
  return `${instruction} in function ${functionIndex} at byte ${at}`;
}

function bannedFindings({ banned }: Survey): Finding[] {
  return [...banned.values()].map((place) => ({
    code: "instruction",
    found: placeText(place),
    expected: "a memory of fixed size and direct calls",
    nextStep: "take out what grows the memory or calls through a table, then build again",
  }));
}

function featureFindings({ features, firstOf }: Survey, target: HardwareTarget): Finding[] {
  return [...OPCODE_FEATURES]
    .filter(([feature]) => features & feature & ~target.features)
    .map(([feature, name]) => {
      const place = firstOf.get(feature);
      return {
        code: "feature",
        found: place ? `${name} (${placeText(place)})` : `${name} in the types of functions or globals`,
        expected: `none: hardware of class "${target.name}" has no ${name}`,
        nextStep: "build it for this class (cqd build --target), or flash a board that has them",
      };
    });
}
